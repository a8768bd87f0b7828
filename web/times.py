"""Moments and waits in an operator's words."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from babel.dates import format_date, format_datetime, format_time, format_timedelta

from content.wording import cldr
from road.clock import BUDAPEST

_UNIT_GROWS_AT: Final = 2
"""A wait is told in minutes up to two hours and in hours up to two days: operators compare waits."""


def clock_time(at: float, now: float, locale: str) -> str:
    """A moment in Budapest: the time alone for today, with the date before."""
    moment, today = (datetime.fromtimestamp(t, BUDAPEST) for t in (at, now))
    if moment.date() == today.date():
        return format_time(moment, "short", tzinfo=BUDAPEST, locale=cldr(locale))
    return format_datetime(moment, "short", tzinfo=BUDAPEST, locale=cldr(locale))


def day_name(at: float, locale: str) -> str:
    """A day in Budapest, with its weekday."""
    return format_date(datetime.fromtimestamp(at, BUDAPEST).date(), "full", locale=cldr(locale))


def minutes_since(since: float, now: float) -> int:
    """How long ago, at least a minute: what pages say, and therefore what makes them another page."""
    return max(1, int((now - since) / 60))


def age(since: float, now: float, locale: str) -> str:
    """How long ago, in minutes (at least one), hours or days."""
    return _minutes_in_words(minutes_since(since, now), locale)


@lru_cache(maxsize=8192)
def _minutes_in_words(minutes: int, locale: str) -> str:
    return format_timedelta(
        timedelta(minutes=minutes),
        granularity="minute",
        threshold=_UNIT_GROWS_AT,
        format="short",
        locale=cldr(locale),
    )
