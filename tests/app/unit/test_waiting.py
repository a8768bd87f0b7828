"""When somebody who waits is told where they stand."""

import pytest
from msgspec.structs import replace

from desk.waiting import Wait, matters, told, wait_of
from road.account import Roster
from road.case import Visibility
from tests.app.unit.stage import NIGHT, account, case, roster

BUSY = (1200.0,) * 5


def test_with_nobody_who_may_take_it_a_case_has_no_place() -> None:
    assert wait_of(case(), {"all:en:": 4}, Roster()) == Wait(0)
    assert wait_of(case(visibility=Visibility.FOCAL), {}, roster()) == Wait(0)


def test_a_place_counts_those_before_and_the_wait_what_cases_took_lately() -> None:
    two = roster(account("anna", capacity=2), service_s=BUSY)
    assert wait_of(case(), {"all:en:": 4}, two) == Wait(5, 3 * 1200.0 / 2)


@pytest.mark.parametrize(("before", "after", "heard"), [
    (Wait(4), Wait(3), True),
    (Wait(2), Wait(3), True),
    (Wait(3), Wait(3), False),
    (Wait(9), Wait(7), False),
    (Wait(9), Wait(6), True),
    (Wait(9), Wait(20), False),
    (Wait(9), Wait(9, 600.0), True),
    (Wait(9, 600.0), Wait(9), False),
    (Wait(9, 600.0), Wait(9, 1100.0), False),
    (Wait(9, 600.0), Wait(9, 1200.0), True),
    (Wait(9, 0.0), Wait(9, 500.0), False),
    (Wait(9, 0.0), Wait(9, 600.0), True),
    (Wait(9), Wait(0), True),
    (Wait(0), Wait(0), False),
    (Wait(0), Wait(30), True),
])  # fmt: skip
def test_a_change_is_told_when_it_matters(before: Wait, after: Wait, heard: bool) -> None:
    assert matters(told(case(), before, NIGHT), after) is heard


def test_who_was_told_nothing_hears_whatever_is_known() -> None:
    assert matters(replace(case(), told_at=None), Wait(0))
    assert matters(case(), Wait(7))
