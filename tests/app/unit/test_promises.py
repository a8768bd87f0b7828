"""What is promised about a case rests on the hours of the teams that read such cases, and on no others."""

from dataclasses import replace
from typing import Any

import pytest

from actions.promises import next_reading, with_targets
from content.content import Content
from road.case import Priority
from road.team import Target, Team
from tests.app.unit.stage import FOCAL, NIGHT, case

AT_NINE = {"hours": "Mo-Su 09:00-17:00"}
AT_TEN = {"hours": "Mo-Su 10:00-17:00"}
TWO_O_CLOCK = NIGHT
TWO_O_CLOCK_ON_THE_DOT = NIGHT - NIGHT % 3600


def team(name: str, **given: Any) -> Team:
    return Team(id=name, name=name, **given)


def with_teams(content: Content, *teams: Team, **targets: Target) -> Content:
    kept = {priority: targets.get(priority.value, Target()) for priority in Priority}
    return replace(content, teams={each.id: each for each in teams}, targets=kept)


@pytest.mark.parametrize(("teams", "hour"), [
    ((), None),
    ((team("all"),), None),  # nobody has said when
    ((team("all", **AT_NINE),), 9),
    ((team("en", locales=("en",), **AT_NINE), team("uk", locales=("uk",), **AT_TEN)), 10),
    ((team("papers", groups=("papers",), **AT_TEN), team("home", groups=("home",), **AT_NINE)), 10),
    ((team("focal", focal=True, **AT_NINE), team("all", **AT_TEN)), 10),
])  # fmt: skip
def test_the_next_reading_is_that_of_a_team_that_serves_the_case(
    content: Content, teams: tuple[Team, ...], hour: int | None
) -> None:
    waiting = case(locale="uk", group="papers")
    opens = next_reading(with_teams(content, *teams), waiting, TWO_O_CLOCK)
    assert opens == (hour and TWO_O_CLOCK_ON_THE_DOT + (hour - 2) * 3600)


def test_a_focal_case_waits_for_the_focal_points(content: Content) -> None:
    teams = with_teams(content, team("focal", focal=True, **AT_TEN), team("all", **AT_NINE))
    assert next_reading(teams, case(visibility=FOCAL), TWO_O_CLOCK) == TWO_O_CLOCK_ON_THE_DOT + 8 * 3600


def test_targets_count_working_time_and_for_danger_every_minute(content: Content) -> None:
    target = Target(first_response_minutes=30, resolution_minutes=60)
    teams = with_teams(content, team("all", **AT_NINE), ordinary=target, critical=target)
    nine = TWO_O_CLOCK_ON_THE_DOT + 7 * 3600
    ordinary = with_targets(teams, case(queued_at=TWO_O_CLOCK))
    assert (ordinary.due_at, ordinary.resolve_by) == (nine + 1800, nine + 3600)
    critical = with_targets(teams, case(queued_at=TWO_O_CLOCK, critical=True))
    assert (critical.due_at, critical.resolve_by) == (TWO_O_CLOCK + 1800, TWO_O_CLOCK + 3600)
    raised = with_targets(teams, case(queued_at=TWO_O_CLOCK, raised=True))
    assert (raised.due_at, raised.resolve_by) == (None, None)
