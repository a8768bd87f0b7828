"""The supervisor's page of this moment: what needs somebody."""

import html
import re

import pytest

from content.content import Content
from road.account import Role
from road.case import Call, Visibility
from tests.app.unit.test_web_queue import on_duty, part, rows
from tests.app.unit.web_stage import NOW, Stage
from web import oversight
from web.oversight import COLLEAGUES_CASES

NOW_PAGE = "/console/now"


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


def tiles(page: str) -> dict[str, str]:
    return dict(re.findall(r'id="tile-(\w+)-value">([^<]*)<', page))


async def test_a_supervisor_sees_calls_that_nobody_takes_and_targets_nearly_missed(stage: Stage) -> None:
    boss = await on_duty(stage, "boss", Role.SUPERVISOR)
    await stage.person_waits(1, call=Call(group="now", since=NOW - 60, next_at=NOW + 60))
    await stage.person_waits(2, call=Call(group="now", since=NOW - 60, taken_by="anna"))
    await stage.person_waits(3, due_at=NOW + 5)
    calls, overdue = await part(boss, "calls", NOW_PAGE), await part(boss, "overdue", NOW_PAGE)
    assert re.findall(r'data-case="(\w+)"', calls) == ["CASE1"]
    assert re.findall(r'data-case="(\w+)"', overdue) == ["CASE3"]


async def test_a_supervisor_sees_for_whom_nobody_is_on_duty_and_who_holds_how_much(stage: Stage) -> None:
    boss = await on_duty(stage, "boss", Role.SUPERVISOR, locales=("hu",))
    await on_duty(stage, "anna", locales=("uk",), capacity=3)
    await stage.person_waits(1, locale="mn")
    await stage.person_waits(2, locale="uk", visibility=Visibility.FOCAL)
    page = (await boss.sees(NOW_PAGE)).text
    assert "Mongolian (1)" in page
    assert "Ukrainian (" not in page, "a focal case is not even counted"
    assert "0 of 3" in await part(boss, "staff", NOW_PAGE)


async def test_colleagues_cases_are_shown_of_as_many_as_fit(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oversight, "COLLEAGUES_CASES", 2)
    assert COLLEAGUES_CASES == 50
    boss = await on_duty(stage, "boss", Role.SUPERVISOR)
    for number, name in enumerate(("anna", "anna", "bela"), 1):
        holder = await on_duty(stage, name)
        await stage.person_waits(number)
        await holder.does(f"cases/CASE{number}/claim")
    assert rows(await part(boss, "held", NOW_PAGE)) == ["CASE1", "CASE2"]


async def test_a_surge_is_shown_to_supervisors_with_a_notice_to_copy(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss, anna = await on_duty(stage, "boss", Role.SUPERVISOR), await on_duty(stage, "anna")

    async def surges(topics: object) -> dict[str, int]:
        assert "tp_how_to_apply" in topics  # type: ignore[operator]
        return {"tp_how_to_apply": 23}

    monkeypatch.setattr(stage.store, "surges", surges)
    page = html.unescape((await boss.sees(NOW_PAGE)).text)
    answer = stage.content.answer("tp_how_to_apply", "en", now=NOW)
    assert answer is not None
    assert f"{answer.title}: 23 people in half an hour" in page
    assert answer.plain.strip() in page
    assert "people in half an hour" not in (await anna.sees()).text


async def test_at_a_glance_how_many_wait_how_long_and_who_is_there(stage: Stage) -> None:
    boss = await on_duty(stage, "boss", Role.SUPERVISOR, capacity=1)
    await on_duty(stage, "anna", capacity=3)
    for number, locale in enumerate(("uk", "uk", "ar"), 1):
        await stage.person_waits(number, locale=locale, opened_at=NOW - 600 * number)
    await stage.person_waits(4, undelivered=True, critical=True)
    await stage.person_waits(5, visibility=Visibility.FOCAL, opened_at=NOW - 9000)
    page = (await boss.sees(NOW_PAGE)).text
    assert tiles(page) == {
        "waiting": "4", "longest": "30 mins", "duty": "2", "free": "4", "calls": "0", "overdue": "0", "undelivered": "1"
    }  # fmt: skip
    assert re.findall(r'id="language-(\w+)"', page) == ["uk", "ar"], "most first"
    assert 'data-case="CASE4"' in page


async def test_with_nobody_there_and_nobody_waiting_the_page_says_so(stage: Stage) -> None:
    boss = await stage.at_console("boss", Role.ADMINISTRATOR)
    page = (await boss.sees(NOW_PAGE)).text
    assert tiles(page)["longest"] == "–"
    assert "Nobody is waiting." in page
    assert 'id="tile-duty" class="tile danger"' in page


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.FOCAL, Role.EDITOR])
async def test_the_page_is_not_for_others_and_no_link_leads_there(stage: Stage, role: Role) -> None:
    other = await stage.at_console("carl", role)
    assert (await other.sees(NOW_PAGE)).status_code == 403
    assert NOW_PAGE not in (await other.sees()).text


async def test_it_asks_for_a_bounded_number_of_cases_however_many_are_open(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss, limits = await on_duty(stage, "boss", Role.SUPERVISOR), []
    for name in ("queue", "waiting", "alarms"):
        ask = getattr(stage.store, name)

        async def asked(which: object, *, limit: int, ask: object = ask) -> object:
            limits.append(limit)
            return await ask(which, limit=limit)  # type: ignore[operator]

        monkeypatch.setattr(stage.store, name, asked)
    await boss.sees(NOW_PAGE)
    assert len(limits) >= 2
    assert max(limits) <= 100
