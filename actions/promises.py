"""What the calendar lets the hotline promise about a case: when somebody reads, and by when it should be answered."""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from content.content import Content
from desk.calendar import closing, next_opening, target_at, working_s_between
from road.case import Case, Visibility
from road.team import Team


class Pause(NamedTuple):
    """When nobody is expected to read: from when on, and when somebody is again. Seconds since the epoch."""

    until: float
    again: float


def next_reading(content: Content, case: Case, now: float) -> float | None:
    """When one of the case's teams is next expected to read, seconds since the epoch; None when not known, or now."""
    return next_opening(_teams(content, case), now)


def reading_after(content: Content, case: Case, now: float) -> Pause | None:
    """The end of the present hours and when they go on; None when nobody is expected to read now, or all of it is
    not known."""
    teams = tuple(_teams(content, case))
    until = closing(teams, now)
    again = next_opening(teams, until) if until is not None else None
    return Pause(until, again) if until is not None and again is not None else None


def with_targets(content: Content, case: Case) -> Case:
    """The case with the times of its priority's targets, by whichever of its teams can keep them first."""
    target = content.targets[case.priority]
    return replace(
        case,
        due_at=_soonest(content, case, target.first_response_minutes),
        resolve_by=_soonest(content, case, target.resolution_minutes),
    )


def worked_s(content: Content, case: Case, since: float, until: float) -> float | None:
    """Seconds that one of the case's teams worked between two moments, whichever worked most; None when nobody knows.

    It is the team by which the targets count, since it could keep them first.
    """
    teams = (team for team in _teams(content, case) if team.hours or team.extra)
    return max((working_s_between(team, since, until) for team in teams), default=None)


def _soonest(content: Content, case: Case, minutes: int | None) -> float | None:
    times = (target_at(team, case.queued_at, minutes, case.priority) for team in _teams(content, case))
    return min((at for at in times if at is not None), default=None)


def _teams(content: Content, case: Case) -> Iterator[Team]:
    is_focal = case.visibility is Visibility.FOCAL
    return (t for t in content.teams.values() if t.focal is is_focal and t.serves(case.locale, case.group))
