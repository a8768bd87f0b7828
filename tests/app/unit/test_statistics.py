"""What the counts of a period say."""

import statistics
from datetime import date

import pytest

from desk.durations import step_of
from desk.statistics import answered_share, by_hour, by_weekday, cells, summed, took, topics, total
from desk.tally import OTHER, Measure
from road.case import Priority

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)


def test_days_are_summed_name_by_name() -> None:
    assert summed([{"messages": 2, "crisis": 1}, {"messages": 3}]) == {"messages": 5, "crisis": 1}


def test_a_measure_is_summed_whatever_follows_it_and_not_what_only_begins_like_it() -> None:
    counts = {"answers:health:uk": 3, "answers:health:en": 4, "answersome:x:y": 9}
    assert total(counts, Measure.ANSWERS) == 7


@pytest.mark.parametrize(
    ("counts", "share"), [({"answers:a:en": 3, "handed:a:en": 1}, 0.75), ({"handed:a:en": 1}, 0.0), ({}, None)]
)
def test_the_bots_share_is_of_what_it_answered_or_handed_over(counts: dict[str, int], share: float | None) -> None:
    assert answered_share(counts) == share


def test_a_group_or_a_language_that_is_no_longer_known_counts_among_the_others() -> None:
    counts = {"answers:health:uk": 1, "answers:gone:uk": 2, "answers:health:xx": 4, "answers:gone:xx": 8}
    assert cells(counts, Measure.ANSWERS, ["health"], ["uk"]) == {
        ("health", "uk"): 1, (OTHER, "uk"): 2, ("health", OTHER): 4, (OTHER, OTHER): 8
    }  # fmt: skip


def test_single_topics_are_counted_by_their_group_and_unknown_ones_nowhere() -> None:
    counts = {"topic:answers:health:births": 3, "topic:handed:health:births": 7, "topic:answers:health:gone": 9}
    assert topics(counts, Measure.ANSWERS, {"health": ["births", "doctors"]}) == {"health": {"births": 3, "doctors": 0}}


def test_hours_and_weekdays_that_have_no_count_are_nought() -> None:
    hours = by_hour({"hour:0:messages": 2, "hour:23:messages": 5, "hour:23:handed": 1}, Measure.MESSAGES)
    assert (hours[0], hours[12], hours[23], len(hours)) == (2, 0, 5, 24)
    days = {MONDAY: {"messages": 2}, TUESDAY: {"handed:a:en": 3}, date(2026, 11, 23): {"messages": 5}}
    assert by_weekday(days, Measure.MESSAGES) == [7, 0, 0, 0, 0, 0, 0]
    assert by_weekday(days, Measure.HANDED) == [0, 3, 0, 0, 0, 0, 0]


def test_times_are_told_by_clock_and_priority() -> None:
    waits = [40.0, 90.0, 300.0, 1000.0, 7000.0]
    counts = {f"first:wall:critical:{step_of(wait)}": 1 for wait in waits}
    counts |= {"first:wall:ordinary:1": 1, "first:working:critical:1": 1, "resolution:wall:critical:1": 1}
    cases, median_s, p95_s = took(counts, Measure.FIRST, "wall", [Priority.CRITICAL])
    assert cases == 5
    assert median_s == pytest.approx(statistics.median(waits), rel=0.05)
    assert p95_s == pytest.approx(7000.0, rel=0.05)
    assert took(counts, Measure.FIRST, "wall").cases == 6
    assert took({}, Measure.FIRST, "wall") == (0, None, None)
