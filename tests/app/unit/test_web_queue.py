"""The queue page: what each account is shown of a long queue."""

import html
import re

import pytest

from content.content import Content
from desk.routing import WIDEN_AFTER_S
from road.account import Role
from road.case import Call
from tests.app.unit.web_stage import NOW, Operator, Stage
from web.queue import FOR_ME, OTHERS

FRESH = NOW - 60
LONG_AGO = NOW - WIDEN_AFTER_S - 1


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


async def on_duty(stage: Stage, name: str, role: Role = Role.OPERATOR, **skills: object) -> Operator:
    """A member of staff with these skills at the console."""
    operator = await stage.at_console(name, role)
    await stage.account(name, role, **skills)
    await stage.store.set_duty(name, on=True)
    return operator


async def part(operator: Operator, name: str, path: str = "/console") -> str:
    """A section of a page, up to the next one."""
    page = (await operator.sees(path)).text
    assert f'id="{name}"' in page
    return re.split(r"<section|<details", page.split(f'id="{name}"')[1])[0]


def rows(page: str) -> list[str]:
    return re.findall(r'<li id="case-(\w+)"', page)


async def test_an_operator_is_offered_the_lines_they_know_and_sees_the_others_apart(stage: Stage) -> None:
    anna = await on_duty(stage, "anna", locales=("uk",))
    await on_duty(stage, "bela", locales=("ar",))
    await stage.person_waits(1, locale="uk", opened_at=FRESH)
    await stage.person_waits(2, locale="ar", opened_at=FRESH)
    offered, others = await part(anna, "waiting"), await part(anna, "others")
    assert rows(offered) == ["CASE1"]
    assert "cases/CASE1/claim" in offered
    assert rows(others) == ["CASE2"]
    assert "claim" not in others


@pytest.mark.parametrize("more", [{"critical": True, "opened_at": FRESH}, {"opened_at": LONG_AGO}])
async def test_critical_cases_and_those_that_have_waited_long_are_for_everybody(
    stage: Stage, more: dict[str, object]
) -> None:
    anna = await on_duty(stage, "anna", locales=("uk",))
    await on_duty(stage, "bela", locales=("ar",))
    await stage.person_waits(1, locale="ar", **more)
    assert rows(await part(anna, "waiting")) == ["CASE1"]
    assert rows(await part(anna, "others")) == []


async def test_a_language_that_nobody_on_duty_speaks_is_offered_to_all(stage: Stage) -> None:
    anna = await on_duty(stage, "anna", locales=("uk",))
    await stage.person_waits(1, locale="mn", opened_at=FRESH)
    assert rows(await part(anna, "waiting")) == ["CASE1"]


async def test_of_a_long_queue_the_first_are_shown_with_the_total(stage: Stage) -> None:
    anna = await on_duty(stage, "anna", locales=("uk",))
    await on_duty(stage, "bela", locales=("ar",))
    for number in range(FOR_ME + 3):
        await stage.person_waits(number, locale="uk", opened_at=FRESH - number)
    for number in range(100, 100 + OTHERS + 4):
        await stage.person_waits(number, locale="ar", opened_at=FRESH - number / 10)
    offered, others = await part(anna, "waiting"), await part(anna, "others")
    assert len(rows(offered)) == FOR_ME
    assert rows(offered)[0] == f"CASE{FOR_ME + 2}"
    assert f"{FOR_ME} of {FOR_ME + 3}" in offered
    assert len(rows(others)) == OTHERS
    assert f'<span class="count">{OTHERS + 4}</span>' in others


async def test_my_cases_stand_apart_and_those_of_colleagues_only_with_supervisors(stage: Stage) -> None:
    anna, bela = await on_duty(stage, "anna"), await on_duty(stage, "bela")
    boss = await on_duty(stage, "boss", Role.SUPERVISOR)
    await stage.person_waits(1)
    await anna.does("cases/CASE1/claim")
    assert rows(await part(anna, "mine")) == ["CASE1"]
    assert rows((await bela.sees()).text) == []
    held = await part(boss, "held", "/console/now")
    assert rows(held) == ["CASE1"]
    assert "with anna" in held


async def test_badges_say_what_matters_before_a_case_is_opened(stage: Stage) -> None:
    anna = await on_duty(stage, "anna")
    call = Call(group="now", since=NOW - 60, next_at=NOW + 60)
    await stage.person_waits(1, critical=True, call=call, minor=True, due_at=NOW + 5, undelivered=True)
    page = await part(anna, "waiting")
    for words in ("critical", "staff is being called", "under 18", "deadline close", "not reached"):
        assert words in page
    await stage.changes("CASE1", call=Call(group="now", since=NOW - 60, taken_by="bela"))
    assert "bela takes it" in await part(anna, "waiting")
    await stage.changes("CASE1", due_at=NOW + 36_000)
    assert "deadline close" not in await part(anna, "waiting")


async def test_a_row_grows_older_by_the_minute(stage: Stage) -> None:
    anna = await on_duty(stage, "anna")
    await stage.person_waits(1, opened_at=NOW - 240)
    assert "waiting 4 min" in await part(anna, "waiting")
    stage.now += 45
    await stage.store.be_present(["anna"])
    assert "waiting 4 min" in await part(anna, "waiting")
    stage.now += 20
    assert "waiting 5 min" in await part(anna, "waiting")


async def test_a_claim_is_refused_with_its_reason(stage: Stage) -> None:
    anna = await on_duty(stage, "anna", locales=("uk",), capacity=1)
    await on_duty(stage, "bela", locales=("ar",))
    await stage.person_waits(1, locale="ar", opened_at=FRESH)
    refused = await anna.does("cases/CASE1/claim")
    assert refused.status_code == 409
    assert "After five minutes it is offered to you too" in refused.text
    for number in (2, 3):
        await stage.person_waits(number, locale="uk")
    assert (await anna.does("cases/CASE2/claim")).status_code == 303
    full = await anna.does("cases/CASE3/claim")
    assert full.status_code == 409
    assert "your hands are full" in full.text
    await stage.person_waits(4, locale="uk", critical=True)
    assert (await anna.does("cases/CASE4/claim")).status_code == 303, "a critical case is taken beyond the capacity"


async def test_a_supervisor_may_take_what_others_are_asked_first(stage: Stage) -> None:
    boss = await on_duty(stage, "boss", Role.SUPERVISOR, locales=("hu",))
    await on_duty(stage, "bela", locales=("ar",))
    await stage.person_waits(1, locale="ar", opened_at=FRESH)
    assert "cases/CASE1/claim" in await part(boss, "others")
    assert (await boss.does("cases/CASE1/claim")).status_code == 303


async def test_the_page_never_asks_for_more_cases_than_it_shows(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    boss = await on_duty(stage, "boss", Role.SUPERVISOR)
    limits = []
    for name in ("queue", "waiting", "alarms"):
        ask = getattr(stage.store, name)

        async def asked(which: object, *, limit: int, ask: object = ask) -> object:
            limits.append(limit)
            return await ask(which, limit=limit)  # type: ignore[operator]

        monkeypatch.setattr(stage.store, name, asked)
    await boss.sees()
    assert len(limits) >= 3
    assert max(limits) <= 100


async def test_texts_of_rows_are_escaped(stage: Stage) -> None:
    anna = await on_duty(stage, "anna")
    evil = "<script>1</script>"
    await stage.person_waits(1, call=Call(group="now", since=NOW, taken_by=evil))
    page = await part(anna, "waiting")
    assert html.escape(evil) in page
    assert evil not in page
