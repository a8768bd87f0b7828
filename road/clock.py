"""The clock as a value that is passed in, so that tests and the night shift can set it."""

import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

BUDAPEST = ZoneInfo("Europe/Budapest")

Clock = Callable[[], float]
"""Returns seconds since the epoch."""

system_clock: Clock = time.time
