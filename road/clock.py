"""The clock as a value that is passed in, so that tests and the night shift can set it."""

import time
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

BUDAPEST = ZoneInfo("Europe/Budapest")

Clock = Callable[[], float]
"""Returns seconds since the epoch."""

system_clock: Clock = time.time


def day_of(at: float) -> date:
    """The day in Budapest."""
    return datetime.fromtimestamp(at, BUDAPEST).date()
