"""When somebody must look at a case although nothing happens: the clock's part of the desk."""

from collections.abc import Iterator
from typing import Final

from desk.calls import beyond, goes_on
from road.case import Case, CaseState

TELL_EVERY_S: Final = 120.0
"""How often the place of somebody who waits is looked at; they are told when it changed."""

NUDGES_S: Final = (180.0, 420.0)
"""A holder who leaves a person unanswered so long is reminded, then asked to hand the case over."""

DANGER_UNANSWERED_S: Final = 45.0
"""A critical message during a conversation without a human reply calls the supervisor (issue D)."""

OVERDUE_AHEAD: Final = 0.2
"""Staff is called when less than this part of the time to a target is left."""


_LOOKED: Final = ("claimed", "answered", "seen")
"""Deeds after which nobody can say that a danger was overlooked."""


def next_look(case: Case) -> float | None:
    """Seconds since the epoch; None when only a message or a deed can change anything."""
    return min(_looks(case), default=None)


def look_again(case: Case, now: float) -> float:
    """When to look again at a case that a look at this moment has not changed."""
    return min([now + TELL_EVERY_S, *(at for at in _looks(case) if at > now)])


def _looks(case: Case) -> Iterator[float]:
    if case.state is CaseState.CLOSED:
        return
    if case.call is not None and case.call.next_at is not None:
        yield case.call.next_at
    if case.care.unsent is not None:
        yield case.care.unsent.send_at
    if case.state is CaseState.WAITING and not case.critical and not case.sensitive:
        yield tell_from(case)
    overdue_at = None if case.overdue_called else overdue_from(case)
    yield from (at for at in (nudge_from(case), danger_from(case), overdue_at) if at is not None)


def nudge_from(case: Case) -> float | None:
    """When the holder of a case who owes an answer is next reminded; None when they owe none or were, often enough."""
    if case.state is not CaseState.ACTIVE or case.unanswered_since is None or case.nudged >= len(NUDGES_S):
        return None
    return case.unanswered_since + NUDGES_S[case.nudged]


def tell_from(case: Case) -> float:
    """From when on somebody who waits may be told their place once more."""
    return (case.told_at or case.queued_at) + TELL_EVERY_S


def danger_from(case: Case) -> float | None:
    """From when on the operator's superiors are called for a danger during a conversation; None without one."""
    if case.state is not CaseState.ACTIVE or not case.alarm or goes_on(case.call, beyond(case.visibility)):
        return None
    return _alarmed_at(case) + DANGER_UNANSWERED_S


def _alarmed_at(case: Case) -> float:
    """When the first danger came that nobody has looked at."""
    at = case.queued_at
    for event in reversed(case.events):
        if event.kind in _LOOKED:
            break
        if event.kind == "raised":
            at = event.at
    return at


def overdue_from(case: Case) -> float | None:
    """From when on the case stands out as about to miss its next target; None without one."""
    target = case.due_at if case.first_answer_at is None else case.resolve_by
    if target is None:
        return None
    return target - OVERDUE_AHEAD * max(0.0, target - case.queued_at)
