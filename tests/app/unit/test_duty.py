"""When staff reads next, Hungarian holidays and the end of summer time included."""

from datetime import datetime

import pytest

from desk.duty import duty_hours, next_duty
from road.clock import BUDAPEST
from road.errors import SettingsError

WORKDAYS = duty_hours("Mo-Fr 09:00-17:00; PH off")


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=BUDAPEST).timestamp()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T02:00", "2026-11-23T09:00"),  # night before Monday morning
        ("2026-11-20T18:30", "2026-11-23T09:00"),  # Friday evening: Monday
        ("2026-10-22T20:00", "2026-10-26T09:00"),  # 23 October is a holiday; clocks change on the 25th
        ("2026-12-24T17:30", "2026-12-28T09:00"),  # Christmas
    ],
)
def test_the_next_duty_is_found(now: str, expected: str) -> None:
    assert next_duty(WORKDAYS, at(now)) == at(expected)


def test_within_duty_hours_nothing_is_promised() -> None:
    assert next_duty(WORKDAYS, at("2026-11-23T10:00")) is None


def test_without_duty_hours_no_time_is_told() -> None:
    assert duty_hours("") is None
    assert next_duty(None, at("2026-11-23T02:00")) is None


def test_malformed_hours_name_the_setting() -> None:
    with pytest.raises(SettingsError, match="HOTLINE_DUTY_HOURS"):
        duty_hours("weekdays nine to five")
