"""How long things took, kept as counts: a few hundred steps in place of every single time."""

import math
from collections.abc import Mapping
from typing import Final

GROWTH: Final = 1.1
"""Each step is a tenth longer than the one before, so that what is told lies within 5 % of what was measured."""

LONGEST_S: Final = 400 * 24 * 3600.0
"""Longer times fall into the last step: it bounds how many steps there are (about 180)."""


def step_of(seconds: float) -> int:
    """The step that a time falls into; 0 for less than a second."""
    if seconds < 1.0:
        return 0
    return 1 + math.floor(math.log(min(seconds, LONGEST_S), GROWTH))


def seconds_of(step: int) -> float:
    """The geometric middle of a step."""
    return 0.0 if step == 0 else GROWTH ** (step - 0.5)


def percentile_s(counts: Mapping[int, int], percent: float) -> float | None:
    """The time that so many percent of those counted did not exceed (nearest rank); None when none were counted.

    Args:
        counts: How many fell into each step.
    """
    total, seen = sum(counts.values()), 0
    for step in sorted(counts):
        seen += counts[step]
        if seen and seen >= total * percent / 100:
            return seconds_of(step)
    return None
