"""The record of what staff does, its page, and who learns who a person is."""

import html

import pytest
from msgspec.structs import replace

from content.content import Content
from desk.identity import is_reason, may_reveal
from road.account import Account, Role
from road.audit import AuditEntry, AuditKind, days_back
from road.case import Case, CaseState, Visibility
from road.clock import day_of
from road.errors import StoreUnavailable
from road.turn import Address, Channel
from tests.app.unit.web_stage import FOCAL, NOW, PASSWORD, Operator, Stage, wrote
from web import audit

EVIL = "<script>alert(1)</script>"
REASON = "The police asked, her life is in danger"
CHAT = "700000001"


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


async def noted(stage: Stage, *kinds: AuditKind) -> list[AuditEntry]:
    return [*await stage.store.audited([day_of(stage.now)], kinds or tuple(AuditKind))]


def rows(page: str) -> list[str]:
    return page.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:] if "<tbody>" in page else []


async def test_a_look_at_a_transcript_is_noted_once_in_a_quarter_of_an_hour(stage: Stage) -> None:
    await stage.person_waits(1, wrote("hello"))
    anna, bela = await stage.at_console("anna"), await stage.at_console("bela")
    for _ in range(5):
        await anna.sees("/console/cases/CASE1")
    await bela.sees("/console/cases/CASE1")
    assert [(each.kind, each.by, each.case_id) for each in await noted(stage)] == [
        (AuditKind.LOOK, "anna", "CASE1"),
        (AuditKind.LOOK, "bela", "CASE1"),
    ]
    stage.now += 900
    await anna.sees("/console/cases/CASE1")
    assert len(await noted(stage)) == 3
    assert "hello" not in repr(await noted(stage))


async def test_a_page_that_comes_back_after_a_failed_deed_is_a_look_too(stage: Stage) -> None:
    await stage.person_waits(1, wrote("hello"))
    anna = await stage.at_console("anna")
    refused = await anna.does("cases/CASE1/answer", text="x")
    assert "hello" in refused.text
    assert len(await noted(stage, AuditKind.LOOK)) == 1


async def test_what_cannot_be_noted_is_not_shown(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    await stage.person_waits(1, wrote("hello"), critical=True)
    eva = await stage.at_console("eva", Role.SUPERVISOR)

    async def gone(*_: object, **__: object) -> None:
        raise StoreUnavailable("x")

    monkeypatch.setattr(stage.store, "note", gone)
    looked, revealed = await eva.sees("/console/cases/CASE1"), await eva.does("cases/CASE1/identity", why=REASON)
    assert (looked.status_code, revealed.status_code) == (503, 503)
    assert "hello" not in looked.text
    assert CHAT not in revealed.text


async def test_a_case_that_one_may_not_see_leaves_no_look(stage: Stage) -> None:
    await stage.person_waits(1, visibility=FOCAL)
    anna = await stage.at_console("anna")
    await anna.sees("/console/cases/CASE1")
    await anna.sees("/console/cases/NOSUCH")
    assert await noted(stage) == []


async def test_changes_of_accounts_are_noted_with_who_and_whom(stage: Stage) -> None:
    boss = await stage.at_console("boss", Role.ADMINISTRATOR)
    fields = {"name": "nadia", "role": "focal", "locale": "uk", "password": "nine and three words"}
    await boss.does("accounts", **fields)
    await boss.does("accounts/edit", **fields)
    await boss.does("accounts/password", name="nadia", password="a very new password")
    await boss.does("accounts", **fields)  # refused: there is one of this name
    assert [(each.kind, each.by, each.about) for each in await noted(stage)] == [
        (AuditKind.ACCOUNT_MADE, "boss", "nadia"),
        (AuditKind.ACCOUNT_CHANGED, "boss", "nadia"),
        (AuditKind.PASSWORD, "boss", "nadia"),
    ]
    assert "new password" not in repr(await noted(stage))


@pytest.mark.parametrize(("name", "about"), [("anna", "anna"), ("what is my password", "")])
async def test_logins_failed_in_a_row_are_noted_once_and_only_names_of_accounts(
    stage: Stage, name: str, about: str
) -> None:
    await stage.account("anna")
    for _ in range(7):
        await stage.browser().post("/console/login", data={"name": name, "password": "wrong"})
    assert [(each.by, each.about) for each in await noted(stage, AuditKind.GUESSING)] == [("", about)]
    assert PASSWORD not in repr(await noted(stage))


async def filled(stage: Stage) -> None:
    """Looks of two days by two colleagues at two cases, and a reveal."""
    for number, by in enumerate(("anna", "bela", "anna")):
        for off in (0.0, -86_400.0):
            look = AuditEntry(at=NOW + off + number, kind=AuditKind.LOOK, by=by, case_id=f"CASE{number}")
            await stage.store.note(look)
    await stage.store.note(AuditEntry(at=NOW + 9, kind=AuditKind.REVEAL, by="bela", case_id="CASE0", why=EVIL))
    for name in ("anna", "bela"):
        await stage.account(name)


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("", 7),
        ("?account=anna", 4),
        ("?case=case0", 3),
        ("?kind=reveal", 1),
        (f"?day={day_of(NOW)}", 4),
        (f"?day={day_of(NOW)}&account=bela&kind=look", 1),
        ("?account=nobody", 0),
        ("?kind=nonsense&day=nonsense&until=nonsense&count=nonsense", 7),
        ("?day=0001-01-01", 7),
        ("?until=9999-12-31", 7),
    ],
)
async def test_the_record_is_read_by_account_case_kind_and_day(stage: Stage, asked: str, count: int) -> None:
    await filled(stage)
    eva = await stage.at_console("eva", Role.SUPERVISOR)
    page = await eva.sees(f"/console/audit{asked}")
    assert page.status_code == 200
    assert len(rows(page.text)) == count


async def test_the_record_is_paged_and_nothing_is_shown_twice_or_left_out(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PAGE", 2)
    await filled(stage)
    reader = Account(name="eva", role=Role.SUPERVISOR, password_hash="$")
    wanted = audit.Wanted(until=day_of(NOW))
    seen: list[AuditEntry] = []
    while True:
        found = await audit.find(stage.store, reader, wanted, oldest=days_back(day_of(NOW), 20)[-1])
        seen += found.entries
        if found.earlier is None:
            break
        wanted = replace(wanted, until=found.earlier[0], count=found.earlier[1])
        await stage.store.note(AuditEntry(at=NOW + 99, kind=AuditKind.LOOK, by="late", case_id="NEW"))
    everything = await stage.store.audited(days_back(day_of(NOW), 2), tuple(AuditKind))
    assert seen == [entry for entry in reversed(everything) if entry.by != "late"]


async def test_the_button_leads_to_earlier_entries(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "PAGE", 3)
    await filled(stage)
    eva = await stage.at_console("eva", Role.SUPERVISOR)
    assert f'name="until" value="{day_of(NOW)}"' in (first := (await eva.sees("/console/audit")).text)
    assert 'name="count" value="1"' in first
    second = await eva.sees(f"/console/audit?until={day_of(NOW)}&count=1")
    assert len(rows(second.text)) == 3


@pytest.mark.parametrize("locale", ["en", "hu", "uk"])
async def test_the_record_is_told_in_the_readers_language_and_texts_in_it_are_text(stage: Stage, locale: str) -> None:
    for kind in AuditKind:
        await stage.store.note(AuditEntry(at=NOW, kind=kind, by=EVIL, case_id=EVIL, about=EVIL, why=EVIL))
    eva = await stage.at_console("eva", Role.SUPERVISOR)
    await eva.does("locale", locale=locale)
    page = (await eva.sees("/console/audit")).text
    assert len(rows(page)) == len(AuditKind)
    for kind in AuditKind:
        assert stage.content.plain(f"console.audit.kind.{kind}", locale) in page
    assert "<script>" not in page
    assert html.escape(EVIL) in page


async def test_looks_at_reports_about_staff_are_for_focal_points_and_nothing_else_is(stage: Stage) -> None:
    await stage.person_waits(1, visibility=FOCAL)
    await stage.person_waits(2)
    fatima, eva = await stage.at_console("fatima", Role.FOCAL), await stage.at_console("eva", Role.SUPERVISOR)
    for case in ("CASE1", "CASE2"):
        await fatima.sees(f"/console/cases/{case}")
    await fatima.does("cases/CASE1/identity", why=REASON)
    focal, other = (await fatima.sees("/console/audit")).text, (await eva.sees("/console/audit")).text
    assert ("CASE1" in focal, "CASE2" in focal) == (True, False)
    assert ("CASE1" in other, "CASE2" in other) == (False, True)
    assert REASON not in (await eva.sees()).text


async def identity(somebody: Operator, why: str = REASON) -> tuple[int, bool]:
    """The answer, and whether it shows who the person is."""
    answer = await somebody.does("cases/CASE1/identity", why=why)
    return answer.status_code, CHAT in answer.text


async def test_an_identity_is_shown_for_a_reason_and_noted_and_told_to_supervisors(stage: Stage) -> None:
    await stage.person_waits(1)
    eva, iva = await stage.at_console("eva", Role.SUPERVISOR), await stage.at_console("iva", Role.SUPERVISOR)
    answer = await eva.does("cases/CASE1/identity", why=REASON)
    assert CHAT in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert CHAT not in str(answer.url) + repr(answer.headers)
    (entry,) = await noted(stage, AuditKind.REVEAL)
    assert (entry.by, entry.case_id, entry.why) == ("eva", "CASE1", REASON)
    assert CHAT not in repr(entry)
    for path in ("/console/now", "/console/audit"):
        page = (await iva.sees(path)).text
        assert REASON in page
        assert CHAT not in page


@pytest.mark.parametrize("why", ["", "short", " " * 20, "x" * 301])
async def test_without_a_reason_nothing_is_shown_or_noted(stage: Stage, why: str) -> None:
    await stage.person_waits(1)
    eva = await stage.at_console("eva", Role.SUPERVISOR)
    assert await identity(eva, why) == (422, False)
    assert await noted(stage, AuditKind.REVEAL) == []


async def test_an_operator_learns_it_only_in_a_critical_case_of_their_own(stage: Stage) -> None:
    await stage.person_waits(1)
    anna, bela = await stage.at_console("anna"), await stage.at_console("bela")
    assert await identity(anna) == (403, False)
    await anna.does("cases/CASE1/claim")
    assert await identity(anna) == (403, False)
    assert 'id="reveal"' not in (await anna.sees("/console/cases/CASE1")).text
    await stage.changes("CASE1", critical=True)
    assert 'id="reveal"' in (await anna.sees("/console/cases/CASE1")).text
    assert await identity(anna) == (200, True)
    assert await identity(bela) == (403, False)


async def test_of_somebody_at_the_chat_page_nothing_is_known_and_that_is_said(stage: Stage) -> None:
    await stage.person_waits(1)
    found = await stage.store.find_case("CASE1")
    assert found is not None
    session = found[1].session
    assert session is not None
    stage.store._state.people[found[0].person].session = replace(session, address=Address(Channel.WEB, "secret-token"))
    eva = await stage.at_console("eva", Role.SUPERVISOR)
    answer = await eva.does("cases/CASE1/identity", why=REASON)
    assert "knows nothing of them" in answer.text
    assert "secret-token" not in answer.text


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("visibility", Visibility)
def test_who_may_reveal_is_a_supervisor_the_focal_point_or_the_holder_in_danger(
    role: Role, visibility: Visibility
) -> None:
    account = Account(name="x", role=role, password_hash="$")
    case = Case(id="A", person="p", state=CaseState.ACTIVE, opened_at=NOW, locale="en", visibility=visibility)
    by_role = {Visibility.ALL: (Role.SUPERVISOR, Role.FOCAL), Visibility.FOCAL: (Role.FOCAL,)}[visibility]
    assert may_reveal(account, case) is (role in by_role)
    held = replace(case, operator="x", critical=True)
    assert may_reveal(account, held) is account.sees(visibility)
    assert may_reveal(account, replace(held, critical=False)) is (role in by_role)
    assert may_reveal(account, replace(held, state=CaseState.CLOSED)) is (role in by_role)


def test_a_reason_has_ten_to_three_hundred_characters() -> None:
    assert [is_reason("x" * count) for count in (9, 10, 300, 301)] == [False, True, True, False]
