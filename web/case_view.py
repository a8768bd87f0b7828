"""A case as the console shows it: words, not codes."""

from typing import Final

import msgspec

from content import wording
from content.content import Content
from desk.agenda import NUDGES_S, overdue_from
from desk.call_back import due_from, is_due
from road.case import Case, CaseState
from web.times import age, clock_time

ASK_TO_HAND_OVER: Final = len(NUDGES_S)
"""A holder who was reminded so often is asked to hand the case over."""


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """A case for the eyes of an operator.

    Attributes:
        title: The topic's title; neutral for a sensitive topic.
        language: The person's language, in the operator's.
        waited: How long it has waited, or has been held.
        interpreter: The language of the interpreter who is looked for, or "".
        overdue: It is about to miss its target, or has.
        calling: Staff is being called, and nobody has said "I take it".
        taken_by: Who has said so, while nobody holds the case.
        unanswered: How long the person has waited for an answer in this conversation, once the holder was reminded.
        call_at: When the person is to be called back; "" for never.
        call_due: That time has come.
        hand_over: The holder was reminded so often that they are asked to hand it over.
    """

    id: str
    title: str
    language: str
    waited: str
    opened: str
    state: CaseState
    operator: str
    critical: bool
    alarm: bool
    sensitive: bool
    information_only: bool
    minor: bool
    minor_suggested: bool
    undelivered: bool
    interpreter: str
    overdue: bool
    calling: bool
    taken_by: str
    unanswered: str
    hand_over: bool
    call_at: str
    call_due: bool
    outcome: str


def case_view(case: Case, content: Content, now: float, locale: str) -> CaseView:
    """The case in the operator's words."""
    call = case.call
    is_nudged = case.state is CaseState.ACTIVE and case.nudged > 0 and case.unanswered_since is not None
    return CaseView(
        id=case.id,
        title=title_of(case, content, locale),
        language=wording.language(case.locale, locale),
        waited=age(since(case), now, locale),
        opened=clock_time(case.opened_at, now, locale),
        state=case.state,
        operator=case.operator,
        critical=case.critical,
        alarm=case.alarm,
        sensitive=case.sensitive,
        information_only=case.information_only,
        minor=case.minor,
        minor_suggested=case.minor_suggested,
        undelivered=case.undelivered,
        interpreter=wording.language(case.interpreter.locale, locale) if case.interpreter else "",
        overdue=is_overdue(case, now),
        calling=is_calling(case),
        taken_by=call.taken_by if call and case.state is CaseState.WAITING else "",
        unanswered=age(case.unanswered_since or now, now, locale) if is_nudged else "",
        hand_over=is_nudged and case.nudged >= ASK_TO_HAND_OVER,
        call_at=clock_time(call_at, now, locale) if (call_at := due_from(case)) is not None else "",
        call_due=is_due(case, now),
        outcome=case.outcome,
    )


def since(case: Case) -> float:
    """From when on a case waits or is held."""
    if case.state is CaseState.ACTIVE and case.claimed_at is not None:
        return case.claimed_at
    return case.queued_at or case.opened_at


def is_overdue(case: Case, now: float) -> bool:
    """Whether an open case is about to miss its next target."""
    at = overdue_from(case)
    return at is not None and at <= now and case.state is not CaseState.CLOSED


def is_calling(case: Case) -> bool:
    """Whether staff is being called, and nobody has said "I take it"."""
    return case.call is not None and case.call.next_at is not None and not case.call.taken_by


def title_of(case: Case, content: Content, locale: str) -> str:
    """The topic's title, neutral where the case or the topic is sensitive; why it was opened when it has no topic."""
    if case.sensitive:
        return content.plain("topic.neutral", locale)
    if case.topic in content.topics:
        return content.title(case.topic, locale)
    return content.plain(f"console.why.{case.opened_why}", locale)
