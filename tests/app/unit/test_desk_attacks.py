"""What the console must not give: forged ids look like ids that never were, whoever asks."""

import pytest

from content.content import Content
from road.account import Role
from road.case import CaseState
from tests.app.unit.web_stage import FOCAL, Stage, wrote

DEEDS = ("claim", "answer", "note", "release", "seen", "close")
FORGED = (
    "NOSUCH", "case1", "CASE1 ", "CASE1%00", "CASE1%0a", "CASE%31x", "*", "CASE%3f", "..%2f..%2faccounts", "%2e%2e",
    "%00", "-1", "0", "null", "CASE1,CASE2", "hotline:case:CASE1", "C" * 5000, "Ω≈ç√", "CASE1'--", "{{7*7}}",
)  # fmt: skip
FIELDS = {"text": "hello", "outcome": "other", "to": "anna", "consent": "given"}


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


@pytest.mark.parametrize("forged", FORGED)
async def test_a_forged_case_id_finds_nothing_and_changes_nothing(stage: Stage, forged: str) -> None:
    await stage.person_waits(1)
    before = await stage.case("CASE1")
    anna = await stage.at_console("anna")
    assert (await anna.sees(f"/console/cases/{forged}")).status_code == 404
    for deed in DEEDS:
        assert (await anna.does(f"cases/{forged}/{deed}", **FIELDS)).status_code == 404
    assert await stage.case("CASE1") == before


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SUPERVISOR, Role.ADMINISTRATOR])
async def test_what_one_may_not_see_answers_as_what_is_not_there(stage: Stage, role: Role) -> None:
    await stage.person_waits(1, wrote("a helper hurt me", visibility=FOCAL), visibility=FOCAL)
    other = await stage.at_console("anna", role)
    for deed in DEEDS:
        hidden = await other.does(f"cases/CASE1/{deed}", **FIELDS)
        missing = await other.does(f"cases/NOSUCH/{deed}", **FIELDS)
        assert (hidden.status_code, hidden.text) == (404, missing.text)
        assert hidden.headers == missing.headers
    assert len((await stage.case("CASE1")).events) == 1


@pytest.mark.parametrize("deed", ["answer", "close", "release", "claim", "seen"])
async def test_a_closed_case_is_not_written_to_by_a_page_that_stayed_open(stage: Stage, deed: str) -> None:
    await stage.person_waits(1)
    anna = await stage.at_console("anna")
    await anna.does("cases/CASE1/claim")
    await anna.does("cases/CASE1/close", outcome="answered", consent="not_asked")
    closed = await stage.case("CASE1")
    assert closed.state is CaseState.CLOSED
    answer = await anna.does(f"cases/CASE1/{deed}", **FIELDS)
    assert answer.status_code == 409
    assert await stage.case("CASE1") == closed
