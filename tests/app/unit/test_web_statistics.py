"""The page of numbers over time, and its files."""

import csv
import html
import io
import re
from datetime import date, timedelta

import pytest

from content.content import Content
from desk.durations import step_of
from desk.suppression import FEW
from road.account import Role
from road.audit import AuditKind
from road.clock import day_of
from road.outcome import Outcome
from road.session import Session
from road.turn import Address, Channel
from tests.app.unit.web_stage import NOW, Operator, Stage
from web.flow import topic_title

PAGE = "/console/statistics"
TODAY = day_of(NOW)


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


async def count(stage: Stage, counts: dict[str, int], *, days_ago: int = 0) -> None:
    """Something was counted on a day."""
    address, now = Address(Channel.TELEGRAM, "700000009"), stage.now
    stage.now = now - days_ago * 86_400
    names = tuple(name for name, number in counts.items() for _ in range(number))
    remembered = await stage.store.load(stage.store.person(address))
    await stage.store.change(remembered, Outcome(session=Session(address=address, locale="en"), counts=names))
    stage.now = now


async def supervisor(stage: Stage, **more: object) -> Operator:
    return await stage.at_console("boss", Role.SUPERVISOR)


def table(page: str, name: str) -> dict[str, list[str]]:
    """Rows by their name."""
    body = page.split(f'id="{name}-table"')[1].split("</table>")[0].split("<tbody>")[1]
    rows = (re.findall(r"<t[hd][^>]*>([^<]*)<", row) for row in body.split("<tr>")[1:])
    return {html.unescape(row[0]): [html.unescape(cell) for cell in row[1:]] for row in rows}


async def test_an_empty_period_says_so_and_shows_no_table(stage: Stage) -> None:
    page = (await (await supervisor(stage)).sees(PAGE)).text
    assert "Nothing was counted in this period." in page
    assert "<table" not in page


async def test_the_overview_is_of_the_days_asked_for(stage: Stage) -> None:
    boss = await supervisor(stage)
    await count(stage, {"messages": 9, "answers:health:uk": 6, "handed:health:uk": 2, "why:reopened": 1, "crisis": 1})
    await count(stage, {"messages": 90}, days_ago=7)
    page = (await boss.sees(f"{PAGE}?days=7")).text
    assert "Counted on 1 of 7 days." in page
    assert list(table(page, "overview").values()) == [["9"], ["6"], ["2"], ["75%"], ["1"], ["1"]]
    assert table((await boss.sees(f"{PAGE}?days=28")).text, "overview")["Messages"] == ["99"]


async def test_numbers_under_five_by_subject_and_language_are_not_on_the_page(stage: Stage) -> None:
    counts = {"answers:health:uk": 40, "answers:health:ar": 2, "answers:protection:uk": 30, "answers:protection:ar": 6}
    await count(stage, counts)
    page = (await (await supervisor(stage)).sees(PAGE)).text
    shown = [
        int(cell)
        for name in ("answers", "languages", "subjects")
        for row in table(page, name).values()
        for cell in row
        if cell != "not shown"
    ]
    assert min(shown) >= FEW
    grid, languages = table(page, "answers"), table(page, "languages")
    assert grid["Health"][5] == "not shown"
    assert (languages["Ukrainian"][0], languages["Mongolian"][0]) == ("70", "not shown"), "nought is small too"
    assert grid["Total"][-1] == "78"


async def test_single_topics_are_told_most_asked_first_and_no_small_one(stage: Stage) -> None:
    answers = {"find_doctor_dentist": 30, "health_care_rights": 50, "pregnancy_birth": 2, "mhpss_counselling": 9}
    await count(stage, {"answers:health:uk": 91, **{f"topic:answers:health:{name}": n for name, n in answers.items()}})
    page = (await (await supervisor(stage)).sees(PAGE)).text
    rights, doctor = (topic_title(name, stage.content, "en") for name in ("health_care_rights", "find_doctor_dentist"))
    assert table(page, "topics") == {rights: ["50", "not shown"], doctor: ["30", "not shown"]}
    birth = topic_title("pregnancy_birth", stage.content, "en")
    assert birth not in (await (await supervisor(stage)).sees(f"{PAGE}/topics.csv?days=7")).text


async def test_sensitive_subjects_are_one_group_without_a_name(stage: Stage) -> None:
    await count(stage, {"handed:sensitive:uk": 12, "handed:health:uk": 11})
    page = (await (await supervisor(stage)).sees(PAGE)).text
    assert table(page, "subjects")["Urgent or private (one group)"][1] == "12"


async def test_times_are_told_by_priority_and_clock(stage: Stage) -> None:
    steps = {f"first:wall:critical:{step_of(240)}": 3, f"first:working:ordinary:{step_of(7000)}": 1}
    await count(stage, steps | {f"first:wall:ordinary:{step_of(90_000)}": 1})
    times = table((await (await supervisor(stage)).sees(PAGE)).text, "times")
    assert times["First answer: critical"] == ["3", "4 mins", "4 mins", "–", "–"]
    assert times["First answer: ordinary"] == ["1", "25 hrs", "25 hrs", "112 mins", "112 mins"]
    assert times["Until the close: all"] == ["0", "–", "–", "–", "–"]


async def test_why_how_it_ended_and_whether_it_helped(stage: Stage) -> None:
    await count(stage, {"why:unsure": 3, "ending:left_queue": 2, "vote:helped": 4, "hour:14:messages": 6})
    page = (await (await supervisor(stage)).sees(PAGE)).text
    assert table(page, "why")["The bot did not understand"] == ["3"]
    assert table(page, "endings")["left the queue"] == ["2"]
    assert list(table(page, "feedback").values()) == [["4"], ["0"], ["0"]]
    assert table(page, "hours")["14:00"] == ["6", "0"]
    assert list(table(page, "weekdays").values()) == [["0", "0"]] * 7


@pytest.mark.parametrize(("locale", "words"), [("hu", "Nyelv szerint"), ("uk", "За мовою")])
async def test_the_page_speaks_the_accounts_language(stage: Stage, locale: str, words: str) -> None:
    boss = await stage.at_console("boss", Role.ADMINISTRATOR)
    await stage.account("boss", Role.ADMINISTRATOR, locale=locale)
    await count(stage, {"messages": 1})
    page = (await boss.sees(PAGE)).text
    assert words in page
    assert "By language" not in page


@pytest.mark.parametrize("query", ["days=8", "from=2026-02-30&to=2026-03-01", "from=<script>&to=x"])
async def test_a_period_that_cannot_be_is_refused_with_the_usual_one(stage: Stage, query: str) -> None:
    await count(stage, {"messages": 1})
    answer = await (await supervisor(stage)).sees(f"{PAGE}?{query}")
    assert answer.status_code == 422
    assert "There are no numbers for such a period" in answer.text
    assert f'value="{TODAY - timedelta(days=27)}"' in answer.text


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.FOCAL, Role.EDITOR])
async def test_neither_page_nor_file_is_for_others(stage: Stage, role: Role) -> None:
    other = await stage.at_console("carl", role)
    assert (await other.sees(PAGE)).status_code == 403
    assert (await other.sees(f"{PAGE}/daily.csv")).status_code == 403
    assert PAGE not in (await other.sees()).text


async def test_every_table_of_the_page_is_there_as_a_file_with_the_same_numbers(stage: Stage) -> None:
    boss = await supervisor(stage)
    await count(stage, {"messages": 1234, "answers:health:uk": 40, "answers:health:ar": 2, "vote:helped": 1})
    page = (await boss.sees(f"{PAGE}?days=7")).text
    addresses = [html.unescape(found) for found in re.findall(r'href="([^"]+\.csv[^"]*)"', page)]
    assert len(addresses) == 11, "of the cases handed over there are too few to be shown"
    for address in addresses:
        answer = await boss.sees(address)
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        name = address.rpartition("/")[2].partition(".")[0]
        header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert len(rows) == len(table(page, name))
        assert all(len(row) == len(header) for row in rows)
    daily = (await boss.sees(f"{PAGE}/daily.csv?days=7")).text
    assert f"\r\n{TODAY},1234,42,0\r\n" in daily
    assert "not shown" in (await boss.sees(f"{PAGE}/answers.csv?days=7")).text


async def test_a_file_is_named_for_its_period_and_its_going_is_noted(stage: Stage) -> None:
    answer = await (await supervisor(stage)).sees(f"{PAGE}/why.csv?from=2026-11-01&to=2026-11-02")
    disposition = answer.headers["content-disposition"]
    assert disposition == 'attachment; filename="hotline-why-2026-11-01-2026-11-02.csv"'
    (noted,) = await stage.store.audited([day_of(stage.now)], [AuditKind.EXPORT])
    assert (noted.kind, noted.by, noted.about) == (AuditKind.EXPORT, "boss", "why 2026-11-01–2026-11-02")


@pytest.mark.parametrize("address", ["nothing.csv", "why.csv?days=8", "..%2Fwhy.csv"])
async def test_what_is_no_table_is_not_found(stage: Stage, address: str) -> None:
    assert (await (await supervisor(stage)).sees(f"{PAGE}/{address}")).status_code == 404


async def test_the_page_has_no_style_and_no_script_of_its_own(stage: Stage) -> None:
    await count(stage, {"messages": 1})
    page = (await (await supervisor(stage)).sees(PAGE)).text
    assert "<canvas" in page
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=", page)


def test_the_days_of_these_tests_are_in_the_period() -> None:
    assert date(2026, 11, 2) <= TODAY
