"""A claim asks who is on duty only where that decides whether the case is this account's to take."""

from typing import Any

import pytest

from content.content import Content
from desk.routing import WIDEN_AFTER_S
from road.account import Role
from road.case import CaseState
from tests.app.unit.web_stage import NOW, Operator, Stage

FRESH = NOW - 60
LONG_AGO = NOW - WIDEN_AFTER_S - 1


class AskedForNothing(Exception):
    """Who is on duty was asked for."""


@pytest.fixture
async def stage(content: Content) -> Stage:
    made = Stage(content)
    await made.account("bela", locales=("ar",))
    await made.store.set_duty("bela", on=True)
    return made


async def anna(stage: Stage, role: Role = Role.OPERATOR) -> Operator:
    operator = await stage.at_console("anna", role)
    await stage.account("anna", role, locales=("uk",))
    return operator


@pytest.mark.parametrize(
    "more",
    [{"locale": "uk", "opened_at": FRESH}, {"locale": "ar", "opened_at": LONG_AGO}, {"locale": "ar", "critical": True}],
)
async def test_of_a_case_that_is_theirs_to_take_nobody_asks_who_else_is_there(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, more: dict[str, Any]
) -> None:
    async def roster() -> None:
        raise AskedForNothing

    operator = await anna(stage)
    await stage.person_waits(1, **more)
    monkeypatch.setattr(stage.store, "roster", roster)
    assert (await operator.does("cases/CASE1/claim")).status_code == 303
    assert (await stage.case("CASE1")).operator == "anna"


async def test_a_case_that_others_are_asked_first_is_refused_with_its_reason(stage: Stage) -> None:
    operator = await anna(stage)
    await stage.person_waits(1, locale="ar", opened_at=FRESH)
    answer = await operator.does("cases/CASE1/claim")
    assert answer.status_code == 409
    assert stage.content.plain("console.notice.not_offered", "en") in answer.text
    assert (await stage.case("CASE1")).state is CaseState.WAITING


async def test_a_case_that_nobody_on_duty_has_the_language_for_is_anybodys(stage: Stage) -> None:
    operator = await anna(stage)
    await stage.person_waits(1, locale="vi", opened_at=FRESH)
    assert (await operator.does("cases/CASE1/claim")).status_code == 303


async def test_a_supervisor_takes_what_others_are_asked_first(stage: Stage) -> None:
    operator = await anna(stage, Role.SUPERVISOR)
    await stage.person_waits(1, locale="ar", opened_at=FRESH)
    assert (await operator.does("cases/CASE1/claim")).status_code == 303
