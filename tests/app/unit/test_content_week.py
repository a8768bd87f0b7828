"""Opening hours as a form shows them: there and back they stay the same, and the library agrees on when it is open."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from content.content import Content
from content.hours import problem_of
from content.week import Week, week_of, written
from road.clock import BUDAPEST

MONDAY = datetime(2026, 11, 23, tzinfo=BUDAPEST)
"""Of a week without public holidays."""

CHRISTMAS = datetime(2026, 12, 25, tzinfo=BUDAPEST)
"""A public holiday, on a Friday."""

SHUT: tuple[tuple[tuple[str, str], ...], ...] = ((),) * 7
OFFICE = (("08:00", "16:00"),)


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def spans_of(minutes: list[int]) -> tuple[tuple[str, str], ...]:
    ordered = [clock(minute) for minute in sorted(minutes)]
    return tuple(zip(ordered[::2], ordered[1::2], strict=True))


moments = st.integers(0, 24 * 12).map(lambda step: step * 5)
spans = st.sampled_from([0, 2, 4]).flatmap(
    lambda count: st.lists(moments, min_size=count, max_size=count, unique=True).map(spans_of)
)
weeks = st.builds(Week, days=st.tuples(*[spans] * 7), holidays=st.none() | spans)


def is_open(spans: tuple[tuple[str, str], ...], minute: int) -> bool:
    return any(start <= clock(minute) < end for start, end in spans)


@given(weeks)
def test_a_week_is_the_same_after_it_was_written_and_read(week: Week) -> None:
    assert week_of(written(week)) == week
    assert problem_of(written(week)) is None


@given(weeks, st.integers(0, 6), st.integers(0, 24 * 12 - 1).map(lambda step: step * 5))
def test_the_library_says_the_same_of_every_moment(week: Week, day: int, minute: int) -> None:
    calendar = OpeningHours(written(week), timezone=BUDAPEST, country="HU")
    passed = timedelta(minutes=minute)
    assert calendar.is_open(MONDAY + timedelta(days=day) + passed) is is_open(week.days[day], minute)
    holidays = week.days[4] if week.holidays is None else week.holidays
    assert calendar.is_open(CHRISTMAS + passed) is is_open(holidays, minute)


@pytest.mark.parametrize(
    ("hours", "week"),
    [
        ("Mo-Fr 08:00-16:00; PH off", Week(days=(*[OFFICE] * 5, (), ()), holidays=())),
        ("Mo,We 08:00-16:00", Week(days=(OFFICE, (), OFFICE, (), (), (), ()))),
        ("Sa-Mo 08:00-16:00", Week(days=(OFFICE, (), (), (), (), OFFICE, OFFICE))),
        ("08:00-16:00", Week(days=(OFFICE,) * 7)),
        ("Mo-Su 08:00-16:00; We off", Week(days=(OFFICE, OFFICE, (), *[OFFICE] * 4))),
        ("off", Week(days=SHUT)),
    ],
)
def test_what_is_written_in_other_ways_is_read_too(hours: str, week: Week) -> None:
    assert week_of(hours) == week


@pytest.mark.parametrize(
    "hours",
    [
        "24/7",
        "Fr 22:00-02:00",
        "Mo 08:00-09:00,10:00-11:00,12:00-13:00",
        "PH off; Mo-Fr 08:00-16:00",
        "Mo 10:00-12:00,08:00-09:00",
        "Jan-Mar Mo 08:00-16:00",
        "nonsense",
        "",
    ],
)
def test_what_the_form_cannot_show_stays_text(hours: str) -> None:
    assert week_of(hours) is None


def test_a_line_of_days_is_written_as_short_as_it_can_be() -> None:
    assert written(Week(days=(OFFICE, OFFICE, (), OFFICE, OFFICE, OFFICE, ()))) == "Mo,Tu,Th-Sa 08:00-16:00"
    assert written(Week(days=SHUT, holidays=())) == "off; PH off"


def test_every_opening_hours_of_the_content_can_be_shown_in_the_form(content: Content) -> None:
    lines = (line.hours for line in content.lines.values())
    places = (place.opening_hours for place in content.places.values())
    found = {hours for hours in (*lines, *places) if hours not in ("", "24/7")}
    assert len(found) > 5
    weeks = {hours: week_of(hours) for hours in found}
    assert {hours: week and week_of(written(week)) for hours, week in weeks.items()} == weeks
    assert None not in weeks.values()
