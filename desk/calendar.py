"""When teams work, and when what they promise falls due: pure arithmetic on seconds since the epoch.

A team's working time is its usual hours (Hungarian public holidays known, where the hours name them as `PH`), less
its closures, with its extra days in place of the usual hours. A shift belongs to the day on which it begins: closing
that day cancels all of it, past midnight too. A day is a day in Budapest; what is counted are real seconds, so that
a night on which the clocks change counts as long as it lasts. Of the hour that comes twice, hours name the second.
"""

import heapq
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from opening_hours import OpeningHours, State

from road.case import Priority
from road.clock import BUDAPEST
from road.team import Team

HORIZON_S: Final = 366 * 24 * 3600
"""Nothing is promised further ahead; a team that is closed for a year is one of which nobody knows."""

LONGEST_SHIFT_S: Final = 24 * 3600
"""What is open longer at a stretch is no shift, but days on end; each of them is closed alone."""

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY: Final = timedelta(days=1)


class _Span(NamedTuple):
    start: float
    end: float


def is_open(team: Team, at: float) -> bool:
    """Whether the team works at a moment; never, where its hours are not known."""
    return _next_start(team, at) == at


def next_opening(teams: Iterable[Team], at: float) -> float | None:
    """When the first of the teams begins to work; None when that is not known, or one works already."""
    starts = [start for team in teams if (start := _next_start(team, at)) is not None]
    return None if at in starts else min(starts, default=None)


def closing(teams: Iterable[Team], at: float) -> float | None:
    """When the last of the teams that work at a moment ceases to; None when none works, or nobody has said."""
    running = [next(_working(team, at, at + HORIZON_S), None) for team in teams]
    ends = [span.end for span in running if span is not None and span.start == at]
    return max(ends, default=None)


def working_s_between(team: Team, start: float, end: float) -> float:
    """Seconds that the team works between two moments."""
    return sum(span.end - span.start for span in _working(team, start, end))


def due_at(team: Team, opened_at: float, working_s: float) -> float | None:
    """The moment by which the team will have worked so long; None when it won't within a year, or nobody knows."""
    left = working_s
    for span in _working(team, opened_at, opened_at + HORIZON_S):
        if left <= span.end - span.start:
            return span.start + left
        left -= span.end - span.start
    return None


def target_at(team: Team, opened_at: float, minutes: int | None, priority: Priority) -> float | None:
    """When a target of so many minutes is missed; None when nothing is promised, or nobody knows.

    Critical cases page at any hour: theirs are minutes of the clock.
    """
    if minutes is None:
        return None
    return opened_at + minutes * 60 if priority is Priority.CRITICAL else due_at(team, opened_at, minutes * 60)


def _next_start(team: Team, at: float) -> float | None:
    """The next moment of working time, the given one if it is such."""
    return next((span.start for span in _working(team, at, at + HORIZON_S)), None)


def _working(team: Team, start: float, end: float) -> Iterator[_Span]:
    """Working time between two moments, cut to them, oldest first."""
    off = _off(team)
    usual = (part for span in _opened(team.hours, start, end) for part in _left(span, off))
    for span in _joined(heapq.merge(usual, _extra(team))):
        if span.start >= end:
            return
        if span.end > start:
            yield _Span(max(span.start, start), min(span.end, end))


def _opened(hours: str, start: float, end: float) -> Iterator[_Span]:
    """Open times that touch the time between two moments, begun two days earlier to know when a running one began."""
    if not hours:
        return
    first, last = _midnight(_day(start) - 2 * _DAY), _midnight(_day(end) + _DAY)
    for opens, closes, state, _ in _expression(hours).intervals(first, last):
        span = _Span(opens.timestamp(), closes.timestamp())
        if state is State.OPEN and span.start < span.end:  # none is left within the hour that a change leaves out
            yield span


def _left(span: _Span, off: Iterable[_Span]) -> Iterator[_Span]:
    """What is worked of an open time when some days are off."""
    start = span.start
    for days in off:
        if days.start < span.end and start < days.end:
            if start < days.start:
                yield _Span(start, days.start)
            start = span.end if span.end - span.start <= LONGEST_SHIFT_S else days.end
    if start < span.end:
        yield _Span(start, span.end)


def _joined(spans: Iterable[_Span]) -> Iterator[_Span]:
    """Spans in order of their start, those that meet or overlap made one."""
    running: _Span | None = None
    for span in spans:
        if running and span.start <= running.end:
            running = _Span(running.start, max(running.end, span.end))
        else:
            if running:
                yield running
            running = span
    if running:
        yield running


@lru_cache(maxsize=64)
def _off(team: Team) -> tuple[_Span, ...]:
    """Days on which the usual hours do not hold, in order."""
    closures = [(closure.start, closure.until) for closure in team.closures]
    days = sorted([*closures, *((day.date, day.date) for day in team.extra)])
    return tuple(_joined(_Span(_midnight(a).timestamp(), _midnight(b + _DAY).timestamp()) for a, b in days))


@lru_cache(maxsize=64)
def _extra(team: Team) -> tuple[_Span, ...]:
    """Working time of the extra days, in order."""
    spans: list[_Span] = []
    for day in team.extra:
        at, on = _midnight(day.date).timestamp(), f"{day.date.year} {_MONTHS[day.date.month - 1]} {day.date.day:02}"
        spans += _opened(f"{on} {day.hours}", at, at + LONGEST_SHIFT_S)
    return tuple(sorted(spans))


@lru_cache(maxsize=256)
def _expression(hours: str) -> OpeningHours:
    return OpeningHours(hours, timezone=BUDAPEST, country="HU")


def _day(at: float) -> date:
    return datetime.fromtimestamp(at, BUDAPEST).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BUDAPEST)
