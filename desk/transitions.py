"""How a case changes: one table of states, one function per change."""

from typing import Final

from msgspec.structs import replace

from road.case import Case, CaseEvent, CaseState
from road.errors import NotAllowed

TRANSITIONS: Final = {
    "claimed": (CaseState.WAITING, CaseState.ACTIVE),
    "released": (CaseState.ACTIVE, CaseState.WAITING),
    "left": (CaseState.WAITING, CaseState.CLOSED),
    "closed": (CaseState.ACTIVE, CaseState.CLOSED),
}
"""Deed -> (state it needs, state it leads to). Every other deed leaves the state as it is."""

OUTCOMES: Final = ("answered", "referred", "no_contact", "other")
"""Words an operator may close a case with."""


def opened(case: Case) -> Case:
    """A new case with the first event of its log."""
    return _logged(case, "opened", at=case.opened_at, why=case.topic or case.opened_why)


def raised(case: Case, *, at: float, topic: str) -> Case:
    """The case in the critical band, alarming whoever may see it until somebody has looked."""
    urgent = replace(case, critical=True, alarm=True, information_only=False, topic=topic, sensitive=True)
    return _logged(urgent, "raised", at=at, why=topic)


def paged(case: Case, *, at: float, group: str) -> Case:
    """The case after staff was called."""
    return _logged(case, "paged", at=at, why=group)


def lowered(case: Case, *, at: float) -> Case:
    """The case of a person who only wants information: out of the critical band, no longer paged."""
    return _logged(replace(case, critical=False, alarm=False, information_only=True), "information_only", at=at)


def claimed(case: Case, *, at: float, by: str) -> Case:
    """The case in one operator's hands.

    Raises:
        NotAllowed: It is not waiting; somebody else was first.
    """
    moved = _moved(case, "claimed", at=at, by=by)
    return replace(moved, operator=by, claimed_at=at, alarm=False)


def released(case: Case, *, at: float, by: str) -> Case:
    """The case back at its old place in the queue."""
    return replace(_moved(held(case, by), "released", at=at, by=by), operator="", claimed_at=None)


def answered(case: Case, *, at: float, by: str) -> Case:
    """The case after a message of the operator who holds it."""
    return _logged(held(case, by), "answered", at=at, by=by)


def noted(case: Case, *, at: float, by: str) -> Case:
    """The case after a note among colleagues."""
    return _logged(case, "noted", at=at, by=by)


def seen(case: Case, *, at: float, by: str) -> Case:
    """The case after somebody acknowledged its alarm."""
    return _logged(replace(case, alarm=False), "seen", at=at, by=by)


def left(case: Case, *, at: float) -> Case:
    """The case of a person who left the queue."""
    return replace(_moved(case, "left", at=at), closed_at=at, outcome="left_queue")


def closed(case: Case, *, at: float, by: str, outcome: str) -> Case:
    """The case at its end.

    Raises:
        NotAllowed: It is not this operator's, or the outcome is not one of `OUTCOMES`.
    """
    if outcome not in OUTCOMES:
        raise NotAllowed(f"outcome {outcome!r} is not one of {', '.join(OUTCOMES)}")
    moved = _moved(held(case, by), "closed", at=at, by=by, why=outcome)
    return replace(moved, closed_at=at, outcome=outcome, alarm=False)


def held(case: Case, by: str) -> Case:
    """The case, if this operator holds it.

    Raises:
        NotAllowed: Somebody else holds it, or nobody.
    """
    if case.state is not CaseState.ACTIVE or case.operator != by:
        raise NotAllowed(f"case {case.id} is not held by this account")
    return case


def _moved(case: Case, deed: str, *, at: float, by: str = "", why: str = "") -> Case:
    needed, leads_to = TRANSITIONS[deed]
    if case.state is not needed:
        raise NotAllowed(f"case {case.id} is {case.state}, not {needed}")
    return _logged(replace(case, state=leads_to), deed, at=at, by=by, why=why)


def _logged(case: Case, kind: str, *, at: float, by: str = "", why: str = "") -> Case:
    return replace(case, events=(*case.events, CaseEvent(at=at, kind=kind, by=by, why=why)))
