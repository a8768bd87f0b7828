"""When teams work: weekends, holidays, closures, extra days, night shifts, and the nights on which clocks change."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk.calendar import HORIZON_S, closing, due_at, is_open, next_opening, target_at, working_s_between
from road.case import Priority
from road.clock import BUDAPEST
from road.team import Closure, ExtraDay, Team

HOUR = 3600.0


def at(text: str, fold: int = 0) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=BUDAPEST, fold=fold).timestamp()


def team(hours: str, *closed: str, extra: dict[str, str] | None = None) -> Team:
    """A team; `closed` is a day, or its first and last day with a slash between."""
    spans = [(span.split("/")[0], span.split("/")[-1]) for span in closed]
    return Team(
        id="t",
        name="T",
        hours=hours,
        closures=tuple(Closure(start=date.fromisoformat(a), until=date.fromisoformat(b)) for a, b in spans),
        extra=tuple(ExtraDay(date=date.fromisoformat(day), hours=times) for day, times in (extra or {}).items()),
    )


OFFICE = "Mo-Fr 09:00-17:00; PH off"
SPLIT = "Mo-Fr 08:00-12:00,13:00-17:00; PH off"
NIGHTS = "Mo-Su 22:00-06:00"
ALWAYS = "24/7"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T02:00", "2026-11-23T09:00"),  # night before Monday morning
        ("2026-11-20T18:30", "2026-11-23T09:00"),  # Friday evening: Monday
        ("2026-10-22T20:00", "2026-10-26T09:00"),  # 23 October is a holiday; clocks change on the 25th
        ("2026-12-24T17:30", "2026-12-28T09:00"),  # Christmas
        ("2026-08-19T17:00", "2026-08-21T09:00"),  # 20 August, a Thursday
        ("2026-04-02T17:00", "2026-04-07T09:00"),  # Good Friday to Easter Monday
        ("2027-10-29T17:00", "2027-11-02T09:00"),  # 1 November, a Monday
    ],
)
def test_the_next_opening_is_found_over_weekends_and_hungarian_holidays(now: str, expected: str) -> None:
    assert next_opening([team(OFFICE)], at(now)) == at(expected)


def test_who_works_now_has_no_next_opening() -> None:
    assert next_opening([team(OFFICE)], at("2026-11-23T09:00")) is None
    assert next_opening([team(OFFICE), team("Sa 10:00-12:00")], at("2026-11-21T10:30")) is None


def test_the_present_hours_end_with_the_last_of_the_teams_that_work_now() -> None:
    lunch = at("2026-11-23T12:00")
    assert closing([team(SPLIT)], at("2026-11-23T09:30")) == lunch
    assert closing([team(SPLIT), team(OFFICE)], at("2026-11-23T09:30")) == at("2026-11-23T17:00")
    assert closing([team(SPLIT)], lunch) is None
    assert closing([team(NIGHTS)], at("2026-11-23T23:00")) == at("2026-11-24T06:00")
    assert closing([team("")], lunch) is None


def test_the_first_of_several_teams_counts() -> None:
    assert next_opening([team(OFFICE), team("Sa 10:00-12:00")], at("2026-11-20T18:00")) == at("2026-11-21T10:00")


@pytest.mark.parametrize("hours", ["", "off"])
def test_of_a_team_without_hours_nothing_is_known(hours: str) -> None:
    unknown, now = team(hours), at("2026-11-23T10:00")
    assert not is_open(unknown, now)
    assert next_opening([unknown], now) is None
    assert next_opening([], now) is None
    assert next_opening([unknown, team(OFFICE)], at("2026-11-23T08:00")) == at("2026-11-23T09:00")
    assert working_s_between(unknown, now, now + 1000 * HOUR) == 0
    assert due_at(unknown, now, 60) is None


@pytest.mark.parametrize(
    ("hours", "now", "expected"),
    [
        (OFFICE, "2026-11-23T08:59", False),
        (OFFICE, "2026-11-23T09:00", True),
        (OFFICE, "2026-11-23T17:00", False),
        (SPLIT, "2026-11-23T12:30", False),
        (SPLIT, "2026-11-23T13:00", True),
        (NIGHTS, "2026-11-23T23:59", True),
        (NIGHTS, "2026-11-24T05:59", True),
        (NIGHTS, "2026-11-24T06:00", False),
        ("2026 Dec 12 10:00-12:00", "2026-12-12T11:00", True),
        ("2026 Dec 12 10:00-12:00", "2027-12-12T11:00", False),
        (ALWAYS, "2026-12-25T03:00", True),
    ],
)
def test_a_team_is_open_from_the_first_minute_and_before_the_last(hours: str, now: str, expected: bool) -> None:
    assert is_open(team(hours), at(now)) is expected


@pytest.mark.parametrize(
    ("hours", "start", "end", "worked"),
    [
        (OFFICE, "2026-11-20T16:00", "2026-11-23T10:00", 2),  # a weekend between
        (OFFICE, "2026-04-02T00:00", "2026-04-08T00:00", 16),  # Easter
        (SPLIT, "2026-11-23T11:00", "2026-11-23T14:00", 2),
        (NIGHTS, "2026-11-23T00:00", "2026-11-24T00:00", 8),
        (NIGHTS, "2026-03-28T22:00", "2026-03-29T12:00", 7),  # the night that lacks an hour
        (NIGHTS, "2026-10-24T22:00", "2026-10-25T12:00", 9),  # the night that has one more
        (ALWAYS, "2026-03-29T00:00", "2026-03-30T00:00", 23),
        (ALWAYS, "2026-10-25T00:00", "2026-10-26T00:00", 25),
        ("Su 02:15-02:45", "2026-03-28T00:00", "2026-03-30T00:00", 0),  # within the hour that is left out
        (ALWAYS, "2026-11-24T00:00", "2026-11-23T00:00", 0),
    ],
)
def test_working_time_is_counted_in_real_hours(hours: str, start: str, end: str, worked: float) -> None:
    assert working_s_between(team(hours), at(start), at(end)) == worked * HOUR


def test_hours_within_the_hour_that_is_left_out_are_none() -> None:
    lost = team("Su 12:00-13:00", extra={"2026-03-29": "02:10-02:40"})
    assert next_opening([lost], at("2026-03-28T12:00")) == at("2026-04-05T12:00")


def test_of_the_hour_that_comes_twice_hours_name_the_second() -> None:
    early = team("00:00-02:30")
    assert working_s_between(early, at("2026-10-25T00:00"), at("2026-10-25T12:00")) == 3.5 * HOUR
    assert is_open(early, at("2026-10-25T02:45", fold=0))
    assert not is_open(early, at("2026-10-25T02:45", fold=1))


def test_a_closure_closes_from_its_first_to_its_last_day() -> None:
    closed = team(OFFICE, "2026-12-21/2027-01-03")
    assert next_opening([closed], at("2026-12-18T17:00")) == at("2027-01-04T09:00")
    assert is_open(team(ALWAYS, "2026-12-21"), at("2026-12-20T23:59"))
    assert not is_open(team(ALWAYS, "2026-12-21"), at("2026-12-21T00:00"))
    assert is_open(team(ALWAYS, "2026-12-21"), at("2026-12-22T00:00"))


def test_closures_may_overlap_and_stand_in_any_order() -> None:
    closed = team(ALWAYS, "2026-12-24/2026-12-28", "2026-12-20/2026-12-25", "2026-12-26")
    assert next_opening([closed], at("2026-12-21T12:00")) == at("2026-12-29T00:00")
    assert is_open(closed, at("2026-12-19T23:59"))


def test_a_night_shift_is_cancelled_with_the_day_on_which_it_begins() -> None:
    closed = team(NIGHTS, "2026-12-24")
    assert is_open(closed, at("2026-12-23T23:00"))
    assert not is_open(closed, at("2026-12-24T01:00"))  # the day itself
    assert not is_open(closed, at("2026-12-25T01:00"))  # its night
    assert next_opening([closed], at("2026-12-24T12:00")) == at("2026-12-25T22:00")


def test_days_on_end_are_closed_one_by_one() -> None:
    closed = team("Mo-Fr 00:00-24:00", "2026-11-23")
    assert next_opening([closed], at("2026-11-22T12:00")) == at("2026-11-24T00:00")
    assert is_open(closed, at("2026-11-27T12:00"))


def test_an_extra_day_has_its_own_hours_on_weekends_holidays_and_in_closures() -> None:
    extra = {"2026-12-29": "08:00-09:00", "2026-12-12": "10:00-14:00", "2026-12-25": "10:00-11:00,12:00-13:00"}
    busy = team(OFFICE, "2026-12-28/2027-01-03", extra=extra)
    assert next_opening([busy], at("2026-12-11T17:00")) == at("2026-12-12T10:00")
    assert working_s_between(busy, at("2026-12-25T00:00"), at("2026-12-26T00:00")) == 2 * HOUR
    assert next_opening([busy], at("2026-12-28T12:00")) == at("2026-12-29T08:00")


def test_an_extra_day_takes_the_place_of_the_usual_hours() -> None:
    short = team(NIGHTS, extra={"2026-12-24": "10:00-12:00", "2026-12-31": "20:00-02:00"})
    assert working_s_between(short, at("2026-12-24T06:00"), at("2026-12-25T12:00")) == 2 * HOUR
    assert working_s_between(short, at("2026-12-31T12:00"), at("2027-01-01T12:00")) == 6 * HOUR


def test_a_target_falls_due_in_working_time() -> None:
    office = team(OFFICE)
    assert due_at(office, at("2026-11-20T16:00"), 2 * HOUR) == at("2026-11-23T10:00")
    assert due_at(office, at("2026-11-21T12:00"), HOUR) == at("2026-11-23T10:00")
    assert due_at(office, at("2026-11-23T16:00"), HOUR) == at("2026-11-23T17:00")
    assert due_at(team(NIGHTS), at("2026-03-28T22:00"), 7 * HOUR) == at("2026-03-29T06:00")


def test_what_would_take_more_than_a_year_is_not_known() -> None:
    assert due_at(team("2020 Jan 1 10:00-12:00"), at("2026-11-20T16:00"), 60) is None
    assert due_at(team("Mo[1] 10:00-11:00"), at("2026-11-20T16:00"), 24 * HOUR) is None


def test_a_critical_case_counts_every_minute_and_others_working_time() -> None:
    office, friday = team(OFFICE), at("2026-11-20T18:00")
    assert target_at(office, friday, 5, Priority.CRITICAL) == friday + 300
    assert target_at(team(""), friday, 5, Priority.CRITICAL) == friday + 300
    assert target_at(office, friday, 30, Priority.RAISED) == at("2026-11-23T09:30")
    assert target_at(office, friday, None, Priority.ORDINARY) is None


# Whatever the hours are

FIRST = at("2026-01-01T00:00")
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
MINUTES = st.integers(0, 365 * 24 * 60)
TIMES = st.sampled_from(
    ["09:00-17:00", "08:00-12:00,13:00-16:30", "22:00-06:00", "02:10-02:40", "01:00-02:30,02:45-03:20", "00:00-24:00"]
)
WEEKS = st.sampled_from(["Mo-Fr", "Mo-Su", "Sa-Su", "We,Su"])
CLOCK_CHANGES = [at("2026-03-29T01:59"), at("2026-10-25T02:30"), at("2026-10-25T02:30", fold=1)]
MOMENTS = MINUTES.map(lambda minute: FIRST + 60.0 * minute) | st.sampled_from(CLOCK_CHANGES)


@st.composite
def teams(draw: st.DrawFn) -> Team:
    holidays = draw(st.sampled_from(["", "; PH off"]))
    starts = draw(st.lists(DAYS, max_size=3))
    return Team(
        id="t",
        name="T",
        hours=f"{draw(WEEKS)} {draw(TIMES)}{holidays}",
        closures=tuple(Closure(start=day, until=day + timedelta(days=draw(st.integers(0, 9)))) for day in starts),
        extra=tuple(ExtraDay(date=day, hours=draw(TIMES)) for day in draw(st.lists(DAYS, max_size=3, unique=True))),
    )


@given(teams(), MOMENTS, st.integers(1, 3000))
def test_what_falls_due_after_some_working_time_has_just_that_time_before_it(one: Team, start: float, minutes: int):
    due = due_at(one, start, minutes * 60)
    if due is None:
        assert working_s_between(one, start, start + HORIZON_S) < minutes * 60
    else:
        assert working_s_between(one, start, due) == minutes * 60


@given(teams(), MOMENTS, st.integers(1, 3000))
def test_nothing_falls_due_in_a_closed_time(one: Team, start: float, minutes: int):
    due = due_at(one, start, minutes * 60)
    assert due is None or is_open(one, due - 1)


@given(teams(), MOMENTS, st.integers(1, 3000), st.integers(0, 3000), st.integers(0, 3000))
def test_more_work_or_a_later_start_never_falls_due_earlier(
    one: Team, start: float, minutes: int, more: int, later: int
):
    due = due_at(one, start, minutes * 60)
    for after in (due_at(one, start, (minutes + more) * 60), due_at(one, start + later * 60, minutes * 60)):
        assert due is None or after is None or due <= after


@given(teams(), st.tuples(MOMENTS, MOMENTS, MOMENTS).map(sorted))
def test_working_time_adds_up(one: Team, moments: list[float]):
    first, middle, last = moments
    parts = working_s_between(one, first, middle) + working_s_between(one, middle, last)
    assert working_s_between(one, first, last) == parts <= last - first


@given(teams(), MOMENTS)
@example(team(NIGHTS, "2026-10-24"), at("2026-10-25T02:30"))
def test_between_now_and_the_next_opening_nobody_works(one: Team, now: float):
    opening = next_opening([one], now)
    if is_open(one, now):
        assert opening is None
    elif opening is not None:
        assert is_open(one, opening)
        assert working_s_between(one, now, opening) == 0


@given(teams(), st.integers(0, 24 * 60 - 1))
def test_a_closed_day_without_hours_of_its_own_is_closed(one: Team, minute: int):
    extra = {day.date + timedelta(days=after) for day in one.extra for after in (0, 1)}
    for closure in one.closures:
        if closure.start not in extra:
            assert not is_open(one, at(closure.start.isoformat()) + minute * 60.0)
