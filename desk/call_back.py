"""What must be known before a person is called, and when a call is due. Pure."""

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from road.care import CallBack
from road.case import Case, CaseState

QUESTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "safe": ("yes", "no", "unsure"),
    "when": ("morning", "afternoon", "evening", "any"),
    "who": ("me", "family", "anyone"),
    "message": ("yes", "no"),
    "name": ("hotline", "neutral", "friend"),
    "number": (),
}
"""By field of a `CallBack`: the answers that can be tapped; the number is written. Source: issue F."""


def allows(question: str, answer: str) -> bool:
    """Whether it is an answer to that question; "" stands for one that is not known."""
    return answer == "" or answer in QUESTIONS.get(question, ())


def due_from(case: Case) -> float | None:
    """When the person is to be called; None when nobody has to."""
    call = case.care.call_back
    return call.due_at if call and case.state is not CaseState.CLOSED else None


def is_due(case: Case, now: float) -> bool:
    """Whether somebody should be calling now."""
    at = due_from(case)
    return at is not None and at <= now


def reached(call: CallBack) -> CallBack:
    """The call that was made."""
    return replace(call, outcome="done", due_at=None)


def not_reached(call: CallBack, *, again_at: float | None) -> CallBack:
    """The call that reached nobody, to be tried again or not."""
    return replace(call, outcome="not_reached", due_at=again_at)
