"""Whom a case calls, in which order, and how often: again and again until somebody says "I take it"."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from road.account import Account, Roster
from road.case import Call, Visibility

Circle = Callable[[Roster, Visibility], Sequence[Account]]


def on_duty(roster: Roster, visibility: Visibility) -> Sequence[Account]:
    """Who is at work and may take the case."""
    return [each.account for each in roster.seeing(visibility)]


def supervisors(roster: Roster, _visibility: Visibility) -> Sequence[Account]:
    """Who hears when operators do not come; a call carries nothing that they may not read."""
    return [account for account in roster.accounts if account.supervises]


def on_call(roster: Roster, _visibility: Visibility) -> Sequence[Account]:
    """Who is called at any hour."""
    return [account for account in roster.accounts if account.on_call]


def focal_points(roster: Roster, _visibility: Visibility) -> Sequence[Account]:
    """Who alone reads reports about helpers and operators."""
    return [account for account in roster.accounts if account.sees(Visibility.FOCAL)]


class Ladder(msgspec.Struct, frozen=True):
    """The circles that a group of pages calls, one after the other.

    Attributes:
        rungs: Circles, nearest first.
        pause_s: Between two calls.
        again_s: From the last rung on: between calls to everybody; None ends the calls there.
    """

    rungs: tuple[Circle, ...]
    pause_s: float
    again_s: float | None


LADDERS: Final[Mapping[str, Ladder]] = {
    "now": Ladder((on_duty, supervisors, on_call), pause_s=60.0, again_s=120.0),
    "duty": Ladder((on_duty, supervisors), pause_s=300.0, again_s=None),
    "focal": Ladder((focal_points,), pause_s=300.0, again_s=300.0),
    "supervisor": Ladder((supervisors, on_call), pause_s=60.0, again_s=120.0),
}
"""By the `page` column of the catalogue; `supervisor` is for what an operator has left lying. Order: issue D; pauses: a
minute is as long as somebody needs to reach for a phone and read."""


def beyond(visibility: Visibility) -> str:
    """The group called when whoever holds a case does not come; of a focal one nobody hears but focal points."""
    return "focal" if visibility is Visibility.FOCAL else "supervisor"


def goes_on(call: Call | None, group: str) -> bool:
    """Whether a group is being called and nobody has taken it."""
    return call is not None and call.group == group and call.next_at is not None


def scheduled(call: Call, at: float) -> Call:
    """The call with the time of its next ring, after one that was made now."""
    ladder = LADDERS[call.group]
    if call.calls < len(ladder.rungs):
        return replace(call, next_at=at + ladder.pause_s)
    return replace(call, next_at=at + ladder.again_s if ladder.again_s else None)


def callees(group: str, calls: int, roster: Roster, visibility: Visibility) -> tuple[Account, ...]:
    """Who is called now: the circle whose turn it is, or the nearest one beyond it that has anybody; then everybody.

    Args:
        calls: Calls made before this one.
    """
    rungs = LADDERS[group].rungs
    for circle in rungs[calls:]:
        if found := circle(roster, visibility):
            return _each_once(found)
    return _each_once([account for circle in rungs for account in circle(roster, visibility)])


def _each_once(accounts: Sequence[Account]) -> tuple[Account, ...]:
    return tuple({account.name: account for account in accounts}.values())
