"""How a case changes: one table of deeds and states, one function per deed."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from desk.calls import goes_on, scheduled
from road.care import Care, Unsent
from road.case import PURPOSES, Call, Case, CaseEvent, CaseState, Consent, Ending, Interpreter
from road.errors import NotAllowed

WAITING, ACTIVE, CLOSED = CaseState.WAITING, CaseState.ACTIVE, CaseState.CLOSED


class Step(msgspec.Struct, frozen=True):
    """When a deed may be done, and what it leads to.

    Attributes:
        needs: States in which it may be done; none for the deed that makes a case.
        leads_to: The state after it; None where it stays as it is.
        by: Who does it: person, bot, holder (whoever has the case), staff (whoever may see it), supervisor, keeper (the
            clock).
    """

    needs: tuple[CaseState, ...]
    leads_to: CaseState | None
    by: str


MACHINE: Final[Mapping[str, Step]] = {
    "opened": Step((), WAITING, "bot"),
    "reopened": Step((CLOSED,), WAITING, "person"),
    "raised": Step((WAITING, ACTIVE), None, "person"),
    "information_only": Step((WAITING,), None, "person"),
    "left": Step((WAITING,), CLOSED, "person"),
    "wrote": Step((WAITING, ACTIVE), None, "person"),
    "minor_suggested": Step((WAITING, ACTIVE), None, "person"),
    "safe_word_said": Step((WAITING, ACTIVE), None, "person"),
    "gave": Step((WAITING, ACTIVE), None, "person"),
    "paged": Step((WAITING, ACTIVE), None, "keeper"),
    "told": Step((WAITING,), None, "keeper"),
    "nudged": Step((ACTIVE,), None, "keeper"),
    "overdue": Step((WAITING, ACTIVE), None, "keeper"),
    "lost": Step((ACTIVE,), WAITING, "keeper"),
    "undelivered": Step((WAITING, ACTIVE), None, "keeper"),
    "seen": Step((WAITING, ACTIVE), None, "staff"),
    "claimed": Step((WAITING,), ACTIVE, "staff"),
    "noted": Step((WAITING, ACTIVE, CLOSED), None, "staff"),
    "marked": Step((WAITING, ACTIVE), None, "staff"),
    "reassigned": Step((ACTIVE,), ACTIVE, "staff"),
    "composed": Step((ACTIVE,), None, "holder"),
    "undone": Step((ACTIVE,), None, "holder"),
    "arranged": Step((ACTIVE,), None, "holder"),
    "interpreter_found": Step((WAITING, ACTIVE), None, "staff"),
    "interpreter_withdrawn": Step((WAITING, ACTIVE), None, "staff"),
    "answered": Step((ACTIVE,), None, "holder"),
    "interpreter_asked": Step((ACTIVE,), None, "holder"),
    "released": Step((ACTIVE,), WAITING, "holder"),
    "taken_back": Step((ACTIVE,), WAITING, "supervisor"),
    "overruled": Step((ACTIVE,), None, "holder"),
    "closed": Step((ACTIVE,), CLOSED, "holder"),
}
"""Deed -> when it may be done and where it leads. docs/desk.md shows it as a drawing, made from this table."""

UNLOGGED: Final = frozenset({"wrote", "told", "gave", "composed", "undone"})
"""Deeds that the transcript or the queue shows already: they leave no event."""

OUTCOMES: Final = ("answered", "referred", "no_contact", "other")
"""Words an operator may close a case with."""

REASON_CHARACTERS: Final = 500


def opened(case: Case) -> Case:
    """A new case with the first event of its log."""
    fresh = replace(case, queued_at=case.opened_at, unanswered_since=case.opened_at)
    return _logged(fresh, "opened", at=case.opened_at, why=case.topic or case.opened_why)


def reopened(case: Case, *, at: float, why: str, due_at: float | None, resolve_by: float | None) -> Case:
    """A closed case back in the queue, at its end; what was agreed at its close stays in the log only."""
    return _moved(
        case, "reopened", at=at, why=why, operator="", claimed_at=None, closed_at=None, queued_at=at, outcome="",
        referral="", consent=Consent.NOT_ASKED, first_answer_at=None, unanswered_since=at, nudged=0, due_at=due_at,
        resolve_by=resolve_by, overdue_called=False, told_place=0, told_wait_s=None, told_at=None, call=None,
        critical=False, information_only=False, safe_word_said=False, undelivered=False, interpreter=None,
        care=Care(referrals=case.care.referrals),
    )  # fmt: skip


def raised(case: Case, *, at: float, topic: str, group: str = "safety") -> Case:
    """The case in the critical band, alarming whoever may see it until somebody has looked."""
    return _moved(
        case, "raised", at=at, why=topic, critical=True, alarm=True, information_only=False, sensitive=True,
        topic=topic, group=group,
    )  # fmt: skip


def paged(case: Case, *, at: float, group: str) -> Case:
    """The case after staff was called: for the first time in this group's round, or once more in the same."""
    call = Call(group=group, since=at)
    if case.call is not None and goes_on(case.call, group):
        call = replace(case.call, calls=case.call.calls + 1)
    return _moved(case, "paged", at=at, why=group, call=scheduled(call, at))


def lowered(case: Case, *, at: float) -> Case:
    """The case of a person who only wants information: out of the critical band, no longer paged."""
    call = _ended(case.call)
    return _moved(case, "information_only", at=at, critical=False, alarm=False, information_only=True, call=call)


def wrote(case: Case, *, at: float) -> Case:
    """The case after a message of the person, whom our messages then reach again."""
    return _moved(case, "wrote", at=at, unanswered_since=case.unanswered_since or at, undelivered=False)


def minor_suggested(case: Case, *, at: float) -> Case:
    """The case of a person who said that they are under 18, for an operator to confirm or deny."""
    return _moved(case, "minor_suggested", at=at, minor_suggested=True)


def safe_word_said(case: Case, *, at: float) -> Case:
    """The case of a person who has said the word that was agreed on."""
    return _moved(case, "safe_word_said", at=at, safe_word_said=True)


def claimed(case: Case, *, at: float, by: str) -> Case:
    """The case in one operator's hands.

    Raises:
        NotAllowed: It is not waiting; somebody else was first.
    """
    call = _ended(case.call, by)
    return _moved(case, "claimed", at=at, by=by, operator=by, claimed_at=at, alarm=False, call=call, nudged=0)


def reassigned(case: Case, *, at: float, by: str, to: str) -> Case:
    """The case in a colleague's hands.

    Raises:
        NotAllowed: Nobody holds it, or the colleague holds it already.
    """
    if case.operator == to:
        raise NotAllowed(f"case {case.id} is held by that account already")
    return _moved(case, "reassigned", at=at, by=by, why=to, operator=to, nudged=0)


def released(case: Case, *, at: float, by: str) -> Case:
    """The case back at its old place in the queue."""
    return _moved(held(case, by), "released", at=at, by=by, operator="", claimed_at=None, nudged=0)


def taken_back(case: Case, *, at: float, by: str) -> Case:
    """The case taken out of an operator's hands by a supervisor, back at its old place."""
    return _moved(case, "taken_back", at=at, by=by, why=case.operator, operator="", claimed_at=None, nudged=0)


def lost(case: Case, *, at: float) -> Case:
    """The case of an operator who has vanished, back at its old place; a critical one alarms again.

    Colleagues have as long to take it as between two updates, before the person hears anything of the queue.
    """
    alarm = case.alarm or case.critical
    return _moved(
        case, "lost", at=at, why=case.operator, operator="", claimed_at=None, alarm=alarm, nudged=0, told_at=at
    )


def composed(case: Case, *, at: float, unsent: Unsent) -> Case:
    """The case with a message of its holder that can still be undone."""
    return _moved(held(case, unsent.by), "composed", at=at, care=replace(case.care, unsent=unsent))


def undone(case: Case, *, at: float, by: str) -> Case:
    """The case without the message that was to go out.

    Raises:
        NotAllowed: It went out already.
    """
    if case.care.unsent is None:
        raise NotAllowed("there is nothing to undo", "sent_already")
    return _moved(held(case, by), "undone", at=at, care=replace(case.care, unsent=None))


def arranged(case: Case, *, at: float, by: str, what: str, care: Care) -> Case:
    """The case after its holder asked for, agreed on or did something for the person; `what` is a stable word."""
    return _moved(held(case, by), "arranged", at=at, by=by, why=what, care=care)


def gave(case: Case, *, at: float, care: Care) -> Case:
    """The case after the person answered what was asked for."""
    return _moved(case, "gave", at=at, care=care)


def answered(case: Case, *, at: float, by: str) -> Case:
    """The case after a message of the operator who holds it."""
    first = case.first_answer_at or at
    overdue_called = case.overdue_called and case.first_answer_at is not None  # from now on another target counts
    call = _ended(case.call, by)
    return _moved(
        held(case, by), "answered", at=at, by=by, first_answer_at=first, unanswered_since=None, nudged=0, alarm=False,
        overdue_called=overdue_called, call=call, care=replace(case.care, unsent=None),
    )  # fmt: skip


def noted(case: Case, *, at: float, by: str) -> Case:
    """The case after a note among colleagues."""
    return _moved(case, "noted", at=at, by=by)


def seen(case: Case, *, at: float, by: str) -> Case:
    """The case after somebody said "I take it": the calls end, and whoever must claim it does."""
    return _moved(case, "seen", at=at, by=by, alarm=False, call=_ended(case.call, by))


def marked(case: Case, *, at: float, by: str, minor: bool | None = None, safe_word: str | None = None) -> Case:
    """The case with what an operator has learned about the person."""
    word = case.safe_word if safe_word is None else safe_word
    if minor is None:
        return _moved(case, "marked", at=at, by=by, why="safe_word", safe_word=word)
    return _moved(case, "marked", at=at, by=by, why="minor", minor=minor, minor_suggested=False, safe_word=word)


def interpreter_asked(case: Case, *, at: float, by: str, interpreter: Interpreter) -> Case:
    """The case of a person for whom an interpreter is looked for; a later wish replaces the one before.

    Raises:
        NotAllowed: Nobody can say what for.
    """
    if interpreter.purpose not in PURPOSES:
        raise NotAllowed(f"purpose {interpreter.purpose!r} is not one of {', '.join(PURPOSES)}", "no_purpose")
    return _moved(held(case, by), "interpreter_asked", at=at, by=by, why=interpreter.purpose, interpreter=interpreter)


def interpreter_ended(case: Case, deed: str, *, at: float, by: str) -> Case:
    """The case after an interpreter was found, or is looked for no longer.

    Args:
        deed: interpreter_found or interpreter_withdrawn.

    Raises:
        NotAllowed: None is looked for.
    """
    if case.interpreter is None:
        raise NotAllowed(f"no interpreter is looked for in case {case.id}", "no_interpreter")
    return _moved(case, deed, at=at, by=by, why=case.interpreter.purpose, interpreter=None)


def nudged(case: Case, *, at: float) -> Case:
    """The case whose holder was reminded, or asked to hand it over."""
    return _moved(case, "nudged", at=at, why=case.operator, nudged=case.nudged + 1)


def overdue(case: Case, *, at: float) -> Case:
    """The case that is about to miss a target, after staff was called for it."""
    return _moved(case, "overdue", at=at, overdue_called=True)


def told(case: Case, *, at: float, place: int, wait_s: float | None = None) -> Case:
    """The case of a person who was told their place and wait; place 0: that nobody reads."""
    return _moved(case, "told", at=at, told_place=place, told_wait_s=wait_s, told_at=at)


def undelivered(case: Case, *, at: float) -> Case:
    """The case of a person whom our messages no longer reach."""
    return _moved(case, "undelivered", at=at, undelivered=True)


def left(case: Case, *, at: float) -> Case:
    """The case of a person who left the queue."""
    return _moved(
        case, "left", at=at, closed_at=at, outcome="left_queue", alarm=False, call=_ended(case.call),
        care=_erased(case.care),
    )  # fmt: skip


def closed(case: Case, *, at: float, by: str, ending: Ending) -> Case:
    """The case at its end.

    Raises:
        NotAllowed: It is not this operator's, the outcome is not one of `OUTCOMES`, a referral has no consent, or a
            critical case lacks the word whether the person agreed to be referred.
    """
    _check(case, ending)
    if ending.consent is Consent.OVERRULED:
        case = overruled(case, at=at, by=by, reason=ending.reason)
    return _moved(
        held(case, by), "closed", at=at, by=by, why=ending.outcome, closed_at=at, alarm=False, outcome=ending.outcome,
        topic=ending.topic or case.topic, referral=ending.referral, consent=ending.consent, call=_ended(case.call, by),
        care=_erased(case.care),
    )  # fmt: skip


def overruled(case: Case, *, at: float, by: str, reason: str) -> Case:
    """The case of a person who is referred without consent; the reason stands in the log.

    Raises:
        NotAllowed: There is no reason, or no danger to life or to a child.
    """
    if not reason:
        raise NotAllowed("a referral without consent needs a reason", "no_reason")
    if not (case.critical or case.minor):
        raise NotAllowed("nobody is referred without consent but in danger to life or to a child", "no_danger")
    return _moved(held(case, by), "overruled", at=at, by=by, why=reason)


def _check(case: Case, ending: Ending) -> None:
    if ending.outcome not in OUTCOMES:
        raise NotAllowed(f"outcome {ending.outcome!r} is not one of {', '.join(OUTCOMES)}", "no_outcome")
    is_referral = ending.outcome == "referred"
    if is_referral != bool(ending.referral):
        raise NotAllowed("a referral names where, and only a referral does", "no_referral")
    if is_referral and ending.consent not in (Consent.GIVEN, Consent.OVERRULED):
        raise NotAllowed("nobody is referred without consent, but in danger to life or to a child", "no_consent")
    if case.critical and ending.consent is Consent.NOT_ASKED and ending.outcome != "no_contact":
        raise NotAllowed("a critical case is closed with the word whether a referral was agreed to", "consent_unasked")


def held(case: Case, by: str) -> Case:
    """The case, if this operator holds it.

    Raises:
        NotAllowed: Somebody else holds it, or nobody.
    """
    if case.state is not ACTIVE or case.operator != by:
        why = "closed" if case.state is CLOSED else "not_yours"
        raise NotAllowed(f"case {case.id} is not held by this account", why)
    return case


def _moved(case: Case, deed: str, *, at: float, by: str = "", why: str = "", **changes: Any) -> Case:
    step = MACHINE[deed]
    if case.state not in step.needs:
        why = "closed" if case.state is CLOSED else "not_done"
        raise NotAllowed(f"case {case.id} is {case.state}: {deed} needs {' or '.join(step.needs)}", why)
    changed = replace(case, state=step.leads_to or case.state, **changes)
    return changed if deed in UNLOGGED else _logged(changed, deed, at=at, by=by, why=why[:REASON_CHARACTERS])


def _erased(care: Care) -> Care:
    """What is left of it when the case is closed: no number, and nowhere to find the person."""
    call_back = replace(care.call_back, number="", asks_number=False, typed=()) if care.call_back else None
    return replace(care, unsent=None, call_back=call_back, given=())


def _ended(call: Call | None, by: str = "") -> Call | None:
    return replace(call, next_at=None, taken_by=call.taken_by or by) if call else None


def _logged(case: Case, kind: str, *, at: float, by: str = "", why: str = "") -> Case:
    return replace(case, events=(*case.events, CaseEvent(at=at, kind=kind, by=by, why=why)))
