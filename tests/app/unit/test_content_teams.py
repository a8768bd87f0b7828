"""Teams and targets: what staff writes into `teams.yml`, and what it is told when something is wrong."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from content.content import Content
from content.folder import read
from content.proof import Proof
from content.team import Served, read_teams
from desk.calendar import is_open, next_opening
from road.case import Priority
from road.clock import BUDAPEST
from road.team import Closure, ExtraDay, Target
from tests.app.fixtures.folder import FOLDER, MONDAY_MORNING, copy_to, edit, faults, load

TEAMS = "teams.yml"
DOCS = Path(__file__).parents[3] / "docs/content.md"
SERVED = Served(("en", "uk", "hu"), ("safety", "papers", "home_again", "conversation"))


def test_a_team_is_read_with_its_hours_closures_and_extra_days() -> None:
    desk = load(FOLDER).teams["desk"]
    assert desk.closures == (Closure(start=date(2026, 12, 24), until=date(2027, 1, 3), reason="Christmas"),)
    assert desk.extra == (ExtraDay(date=date(2026, 12, 12), hours="10:00-14:00", reason="worked for the 24th"),)
    assert not desk.focal
    assert is_open(desk, MONDAY_MORNING)


def test_a_team_serves_its_locales_and_groups_and_without_any_all() -> None:
    teams = load(FOLDER).teams
    assert teams["desk"].serves("vi", "papers")
    assert not teams["desk"].serves("vi", "safety")
    assert not teams["desk"].serves("vi", "")
    assert teams["points"].serves("uk", "safety")
    assert teams["points"].serves("uk", "")
    assert not teams["points"].serves("vi", "safety")


def test_every_priority_has_targets_and_an_empty_one_promises_nothing() -> None:
    targets = load(FOLDER).targets
    assert targets[Priority.CRITICAL] == Target(first_response_minutes=5, resolution_minutes=60)
    assert targets[Priority.ORDINARY] == Target(first_response_minutes=120, resolution_minutes=None)


def test_of_the_real_team_nobody_is_told_a_time_before_staff_gives_its_hours(content: Content) -> None:
    assert content.teams
    assert next_opening(content.teams.values(), MONDAY_MORNING) is None
    assert all(target.first_response_minutes for target in content.targets.values())


SPOILED = [
    # old text, new text, what is told
    (
        "Mo-Fr 09:00-12:00,13:00-17:00; PH off",
        "weekdays",
        "teams.yml:5: desk: hours: 'weekdays' is not in OpenStreetMap's",
    ),
    ("Mo-Fr 09:00-12:00,13:00-17:00; PH off", "Mo-Fr 9-17", "teams.yml:5: desk: hours: 'Mo-Fr 9-17' is not in"),
    ("Mo-Fr 09:00-12:00,13:00-17:00", "sunrise-sunset", "teams.yml:5: desk: hours: 'sunrise-sunset; PH off' follows"),
    ("until: 2027-01-03", "until: 2026-01-03", "teams.yml:7: desk: closures: until: 2026-01-03 is before 2026-12-24"),
    (
        "until: 2027-01-03",
        "until: soon",
        "teams.yml:7: closures: until: 'soon' is not a date such as 2026-12-01",
    ),
    ("until: 2027-01-03, ", "", "teams.yml:7: closures: until: missing; must be a date"),
    (
        "{from: 2026-12-24, until: 2027-01-03, reason: Christmas}",
        "{}",
        "teams.yml:7: closures: from: missing; must be a",
    ),
    ("until: 2027", "to: 2027", "teams.yml:7: closures: to: unknown field; allowed: from, until, reason"),
    ('"10:00-14:00"', "Sa 10:00-14:00", "teams.yml:9: desk: extra: hours: 'Sa 10:00-14:00' is not times such as"),
    ('"10:00-14:00"', "10:00-14:99", "teams.yml:9: desk: extra: hours: '10:00-14:99' is not times such as"),
    (
        "[papers, home_again]",
        "[paper]",
        "teams.yml:10: desk: groups: unknown group paper; did you mean papers?; allowed: ",
    ),
    ("locales: [en, uk]", "locales: [en, ua]", "teams.yml:14: points: locales: unknown locale ua; allowed: en, uk"),
    ("focal: true", "focal: perhaps", "teams.yml:15: focal: 'perhaps' is not true or false"),
    ("id: points", "id: desk", "teams.yml:11: teams: desk stands here a second time"),
    ("id: points", "id: the points", "teams.yml:11: the points: id: 'the points' is not a name of small letters"),
    ("name: Desk", "name:", "teams.yml:4: desk: name: missing"),
    ("teams:\n", "team:\n", "teams.yml:2: team: unknown field; allowed: teams, targets"),
    ("teams:\n", "team:\n", "teams.yml: teams: missing"),
    ("closures:\n      - {from", "closures:\n      - [from", "teams.yml:7:"),
    ("minutes: 30,", "minutes: -30,", "teams.yml:18: raised: first_response_minutes: -30 is not 1 or more"),
    ("minutes: 30,", "minutes: half,", "raised: first_response_minutes: 'half' is not a whole number, or empty"),
    ("resolution_minutes: 60", "resolution_minutes: 4", "resolution_minutes: 4 is less than first_response_minutes, 5"),
    ("  raised:", "  high:", "teams.yml:18: targets: unknown priority high; allowed: critical, raised, ordinary"),
    ("  raised:", "  high:", "teams.yml:17: targets: raised: missing; every priority has targets"),
]


@pytest.mark.parametrize(("old", "new", "told"), SPOILED)
def test_a_spoiled_team_is_named_with_its_line(old: str, new: str, told: str) -> None:
    text, proof = (FOLDER / TEAMS).read_text(), Proof()
    assert old in text
    read_teams(text.replace(old, new, 1), proof.sheet(TEAMS), SERVED)
    found = [str(fault) for fault in proof.faults()]
    assert any(told in fault for fault in found), found


def test_the_check_of_the_folder_names_faulty_teams(tmp_path: Path) -> None:
    folder = copy_to(tmp_path)
    edit(folder, TEAMS, "groups: [papers", "groups: [paper")
    (fault,) = faults(folder)
    assert fault.startswith("teams.yml:10: desk: groups: unknown group paper; did you mean papers?; allowed: safety,")


def test_the_example_in_the_docs_is_sound_and_does_what_they_say(content: Content) -> None:
    (example,) = re.findall(r"```yaml\n(teams:.*?)```", DOCS.read_text(), re.DOTALL)
    served, proof = Served(tuple(content.languages), tuple({topic.group for topic in content.topics.values()})), Proof()
    teams, _ = read_teams(example, proof.sheet(TEAMS), served)
    assert proof.faults() == []
    thursday_evening = datetime(2026, 12, 24, 18, tzinfo=BUDAPEST)
    opening = next_opening([teams["hotline"]], thursday_evening.timestamp())
    assert opening == datetime(2026, 12, 29, 10, tzinfo=BUDAPEST).timestamp()


def test_a_folder_of_before_promises_nothing_and_is_served(tmp_path: Path) -> None:
    folder = copy_to(tmp_path)
    (folder / TEAMS).unlink()
    content, found = read(folder)
    assert [str(fault) for fault in found] == ["teams.yml: is missing"]
    assert content.teams == {}
    assert set(content.targets.values()) == {Target()}


def test_a_faulty_team_is_not_reckoned_with(tmp_path: Path) -> None:
    folder = copy_to(tmp_path)
    edit(folder, TEAMS, '"24/7"', "always")
    assert list(read(folder)[0].teams) == ["desk"]
