"""Times kept as counts tell medians and percentiles within five per cent of the times themselves."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.durations import LONGEST_S, percentile_s, seconds_of, step_of

TIMES = st.lists(st.floats(min_value=1.0, max_value=LONGEST_S - 1), min_size=1, max_size=60)


def nearest_rank(times: list[float], percent: float) -> float:
    return sorted(times)[max(0, math.ceil(len(times) * percent / 100) - 1)]


@given(TIMES, st.sampled_from([50, 95]))
def test_a_percentile_is_within_five_per_cent_of_the_nearest_rank(times: list[float], percent: float) -> None:
    told = percentile_s(Counter(map(step_of, times)), percent)
    assert told is not None
    assert told == pytest.approx(nearest_rank(times, percent), rel=0.05)


def test_of_nothing_there_is_no_percentile() -> None:
    assert percentile_s({}, 50) is None


def test_less_than_a_second_is_told_as_nothing() -> None:
    assert percentile_s({step_of(0.2): 3}, 50) == 0.0


def test_however_long_things_take_there_are_few_steps() -> None:
    assert step_of(100 * LONGEST_S) == step_of(LONGEST_S) < 200
    assert seconds_of(step_of(60.0)) == pytest.approx(60.0, rel=0.05)
