"""Which days a page of numbers is about."""

from datetime import date

import pytest

from web.period import LONGEST, Period, asked_period

TODAY = date(2026, 11, 22)


def test_a_page_that_names_no_period_is_about_the_last_four_weeks_with_today() -> None:
    assert asked_period({}, TODAY) == Period(date(2026, 10, 26), TODAY)


def test_so_many_days_count_today() -> None:
    period = asked_period({"days": "7"}, TODAY)
    assert period == Period(date(2026, 11, 16), TODAY)
    assert len(period.days) == 7


def test_from_one_day_to_another_counts_both_and_ends_today_at_the_latest() -> None:
    assert asked_period({"from": "2026-11-20", "to": "2026-11-20"}, TODAY) == Period(*[date(2026, 11, 20)] * 2)
    assert asked_period({"from": "2026-11-20", "to": "2027-01-01"}, TODAY) == Period(date(2026, 11, 20), TODAY)


def test_its_query_asks_for_it_again() -> None:
    period = Period(date(2026, 10, 1), date(2026, 10, 31))
    assert asked_period(dict(part.split("=") for part in period.query.split("&")), TODAY) == period


@pytest.mark.parametrize(
    "asked",
    [
        {"days": "8"},
        {"days": "x"},
        {"from": "2026-11-20"},
        {"to": "2026-11-20"},
        {"from": "2026-11-20", "to": "2026-11-19"},
        {"from": "2026-11-23", "to": "2026-11-24"},
        {"from": "2025-01-01", "to": "2026-11-22"},
        {"from": "20 November", "to": "2026-11-22"},
        {"from": "0001-01-01", "to": "9999-12-31"},
    ],
)
def test_what_is_no_period_is_none(asked: dict[str, str]) -> None:
    assert asked_period(asked, TODAY) is None


def test_the_longest_period_is_as_long_as_counts_are_kept() -> None:
    first = date.fromordinal(TODAY.toordinal() - LONGEST + 1)
    assert asked_period({"from": str(first), "to": str(TODAY)}, TODAY) is not None
    assert asked_period({"from": str(date.fromordinal(first.toordinal() - 1)), "to": str(TODAY)}, TODAY) is None
