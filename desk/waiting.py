"""What somebody who waits is told of the queue, and when that has changed enough to be told again."""

from collections.abc import Mapping
from typing import Final

import msgspec

from desk import transitions
from desk.routing import hands_of, line_of
from road.account import Roster
from road.case import Case

NEAR: Final = 3
"""Near the head of the queue every place counts."""

FALLEN_TO: Final = 2 / 3
"""Further back a place is worth a message when it has fallen by a third."""

GROWN: Final = 2.0
"""An expected wait is worth a message when it has doubled: whoever planned by it must know."""

SHORTEST_S: Final = 300.0
"""Waits below it count as one: it is the shortest that is told (`actions.standing`)."""


class Wait(msgspec.Struct, frozen=True):
    """Where somebody stands in the queue.

    Attributes:
        place: 0 when nobody is there who could take the case.
        expected_s: None when nothing is known.
    """

    place: int
    expected_s: float | None = None


def wait_of(case: Case, ahead: Mapping[str, int], roster: Roster) -> Wait:
    """Where a waiting case stands.

    Args:
        ahead: Waiting cases before it by the name of their line.
    """
    if not roster.seeing(case.visibility):
        return Wait(0)
    hands, line = hands_of(roster), line_of(case)
    place = hands.place(line, ahead)
    return Wait(place, hands.expected_wait_s(line, place))


def told(case: Case, wait: Wait, now: float) -> Case:
    """The case of a person who was told so."""
    return transitions.told(case, at=now, place=wait.place, wait_s=wait.expected_s)


def matters(case: Case, wait: Wait) -> bool:
    """Whether the person must hear it: it differs enough from what they were told."""
    if case.told_at is None:
        return True
    if not (wait.place and case.told_place):
        return wait.place != case.told_place
    return _place_matters(case.told_place, wait.place) or _wait_matters(case.told_wait_s, wait.expected_s)


def _place_matters(told: int, now: int) -> bool:
    return (told != now and min(told, now) <= NEAR) or now <= told * FALLEN_TO


def _wait_matters(told_s: float | None, now_s: float | None) -> bool:
    if now_s is None:
        return False
    return told_s is None or now_s >= GROWN * max(told_s, SHORTEST_S)
