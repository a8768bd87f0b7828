"""A week of opening hours, as a form shows it: each day up to two spans, and what holds on public holidays.

Kept is OpenStreetMap's syntax (`content.hours`). What the form cannot show, such as three spans a day or a night, stays
text.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from content.hours import ALWAYS, DAYS, HOLIDAYS, Rule, rules

MOST_SPANS: Final = 2
"""A day in a form: with a break at noon. No office of the content has more."""

Span = tuple[str, str]
"""From and until, `08:00` and `16:00`; until midnight is `24:00`."""

_SPAN = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)")


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """When something is open.

    Attributes:
        days: Spans of Monday to Sunday, none for a closed day.
        holidays: Spans of public holidays, none where they are closed; None where they are like other days.
    """

    days: tuple[tuple[Span, ...], ...]
    holidays: tuple[Span, ...] | None = None


def week_of(hours: str) -> Week | None:
    """The week that an expression describes, or None for what a form cannot show."""
    try:
        found = () if hours == ALWAYS else rules(hours)
    except ValueError:
        return None
    if not found or _has_days_after_holidays(found):
        return None
    days: list[tuple[Span, ...]] = [()] * len(DAYS)
    holidays: tuple[Span, ...] | None = None
    for rule in found:
        for day in _days_of(rule):
            days[day] = rule.times
        if rule.holidays:
            holidays = rule.times
    week = Week(days=tuple(days), holidays=holidays)
    return week if all(map(fits, (*days, holidays or ()))) else None


def written(week: Week) -> str:
    """The expression of a week, for example: Mo-Fr 08:00-16:00; PH off."""
    alike: dict[tuple[Span, ...], list[int]] = {}
    for day, spans in enumerate(week.days):
        alike.setdefault(spans, []).append(day)
    parts = [f"{_runs(days)} {_times(spans)}" for spans, days in alike.items() if spans] or ["off"]
    if week.holidays is not None:
        parts.append(f"{HOLIDAYS} {_times(week.holidays)}" if week.holidays else f"{HOLIDAYS} off")
    return "; ".join(parts)


def fits(spans: Sequence[Span]) -> bool:
    """Whether a form can take a day's spans: times of that day, one after the other, not too many."""
    if len(spans) > MOST_SPANS or any(not _SPAN.fullmatch("-".join(span)) or span[0] >= span[1] for span in spans):
        return False
    return all(before[1] <= after[0] for before, after in pairwise(spans))


def _has_days_after_holidays(found: Sequence[Rule]) -> bool:
    """A later rule for days would hold on their holidays too, whatever was said of holidays before."""
    told = [rule.holidays for rule in found]
    return any(told[:-1]) and any(rule.days or not rule.holidays for rule in found[told.index(True) + 1 :])


def _days_of(rule: Rule) -> Iterator[int]:
    if not rule.days and not rule.holidays:
        yield from range(len(DAYS))
    for first, last in rule.days:
        yield from (day % len(DAYS) for day in range(first, last + 1 + len(DAYS) * (last < first)))


def _runs(days: Sequence[int]) -> str:
    """Days in OpenStreetMap's words: Mo-Fr, or Mo,We,Fr."""
    parts: list[str] = []
    for day in days:
        if day - 1 in days:
            continue
        last = next(end for end in range(day, len(DAYS)) if end + 1 not in days)
        parts.append(DAYS[day] if last == day else f"{DAYS[day]}{',' if last == day + 1 else '-'}{DAYS[last]}")
    return ",".join(parts)


def _times(spans: Sequence[Span]) -> str:
    return ",".join("-".join(span) for span in spans)
