"""Opening hours: from OpenStreetMap syntax to words, and whether it is open now (Hungarian public holidays)."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import NamedTuple, Protocol

from opening_hours import OpeningHours, validate

from content import wording
from content.direction import is_right_to_left
from road.clock import BUDAPEST

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAYS = "PH"
ALWAYS = "24/7"

_DAY = rf"(?:{'|'.join((*DAYS, HOLIDAYS))})"
_TIME = r"\d{2}:\d{2}-\d{2}:\d{2}"
_RULE = re.compile(
    rf"(?P<days>{_DAY}(?:-{_DAY})?(?:,\s?{_DAY}(?:-{_DAY})?)*)?\s*"
    rf"(?P<times>{_TIME}(?:,\s?{_TIME})*|off|closed)?"
)


class Say(Protocol):
    """An interface text in the locale that is being written, as plain text."""

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of a key."""


class Rule(NamedTuple):
    """One rule: on these days (none: every day), at these times; no times means closed."""

    days: tuple[tuple[int, int], ...]
    holidays: bool
    times: tuple[tuple[str, str], ...]


def problem_of(hours: str) -> str | None:
    """What is wrong with opening hours, or None."""
    if not validate(hours):
        return f"{hours!r} is not in OpenStreetMap's opening_hours syntax, such as Mo-Fr 08:00-16:00; PH off"
    try:
        rules(hours)
    except ValueError as error:
        return f"{hours!r} cannot be put into words: {error}; allowed: 24/7, days, times, PH and off, separated by ;"
    return None


@cache
def rules(hours: str) -> tuple[Rule, ...]:
    """The rules of an expression, none for 24/7.

    Raises:
        ValueError: It uses more of the syntax than people are told about.
    """
    return () if hours == ALWAYS else tuple(_rule(part.strip()) for part in hours.split(";"))


def in_words(hours: str, locale: str, say: Say) -> str:
    """For example: Mon–Fri 8:00–16:00, closed on public holidays."""
    found = rules(hours)
    return _joined((_rule_in_words(rule, locale, say) for rule in found), locale) if found else say("hours.always")


def state(hours: str, locale: str, say: Say, now: float) -> str:
    """Whether it is open, and until or from when; "" for what is always open."""
    if hours == ALWAYS:
        return ""
    calendar, moment = _calendar(hours), datetime.fromtimestamp(now, BUDAPEST)
    change = calendar.next_change(moment)
    if calendar.is_open(moment):
        return say("hours.open_until", time=wording.time(change)) if change else say("hours.open_now")
    if change is None:
        return say("hours.closed_now")
    return _opens(change, moment, locale, say)


def _opens(change: datetime, moment: datetime, locale: str, say: Say) -> str:
    days, time = (change.date() - moment.date()).days, wording.time(change)
    if days == 0:
        return say("hours.opens_today", time=time)
    if days == 1:
        return say("hours.opens_tomorrow", time=time)
    day = wording.weekday(change.weekday(), locale) if days < 7 else wording.date(change.date(), locale)
    return say("hours.opens_on", day=day, time=time)


def from_when(opens_at: float, now: float, locale: str, say: Say) -> str:
    """From when it is open, for example: tomorrow (Monday) from 9:00.

    Tomorrow has its weekday beside it: in the small hours people mean by it the day that has begun.
    """
    there, here = (datetime.fromtimestamp(moment, BUDAPEST) for moment in (opens_at, now))
    days, time, weekday = (
        (there.date() - here.date()).days,
        wording.time(there),
        wording.weekday(there.weekday(), locale),
    )
    if days == 0:
        return say("hours.from_today", time=time)
    if days == 1:
        return say("hours.from_tomorrow", day=weekday, time=time)
    day = _joined((weekday, wording.day_of_year(there, locale)), locale)
    return say("hours.from_day", day=day, time=time)


@cache
def _calendar(hours: str) -> OpeningHours:
    return OpeningHours(hours, timezone=BUDAPEST, country="HU", max_interval_days=366)


def _rule(text: str) -> Rule:
    match = _RULE.fullmatch(text)
    if not match or not text:
        raise ValueError(f"{text!r}")
    days = [part.strip() for part in (match["days"] or "").split(",") if part]
    times = match["times"] or "00:00-24:00"
    return Rule(
        tuple(_span(part) for part in days if part != HOLIDAYS),
        HOLIDAYS in days,
        () if times in ("off", "closed") else tuple(_range(part.strip()) for part in times.split(",")),
    )


def _span(part: str) -> tuple[int, int]:
    first, _, last = part.partition("-")
    if HOLIDAYS in (first, last):
        raise ValueError(f"{part!r}")
    return DAYS.index(first), DAYS.index(last or first)


def _range(part: str) -> tuple[str, str]:
    start, _, end = part.partition("-")
    return start, end


def _rule_in_words(rule: Rule, locale: str, say: Say) -> str:
    if rule.holidays and not rule.days and not rule.times:
        return say("hours.closed_on_holidays")
    days = _days_in_words(rule, locale, say)
    if not rule.times:
        return say("hours.closed", days=days)
    times = (say("hours.range", start=_clock(start), end=_clock(end)) for start, end in rule.times)
    return say("hours.on_days", days=days, times=_joined(times, locale))


def _days_in_words(rule: Rule, locale: str, say: Say) -> str:
    if not rule.days and not rule.holidays:
        return say("hours.every_day")
    words = [_span_in_words(span, locale, say) for span in rule.days]
    return _joined([*words, say("hours.holidays")] if rule.holidays else words, locale)


def _span_in_words(span: tuple[int, int], locale: str, say: Say) -> str:
    first, last = (wording.short_weekday(day, locale) for day in span)
    if span == (0, 6):
        return say("hours.every_day")
    return first if first == last else say("hours.days", first=first, last=last)


def _joined(parts: Iterable[str], locale: str) -> str:
    return ("، " if is_right_to_left(locale) else ", ").join(parts)


def _clock(text: str) -> str:
    hour, _, minute = text.partition(":")
    return f"{int(hour)}:{minute}"
