"""The clock's decisions: what is due in a case although nobody has said or done anything."""

from collections.abc import Callable
from typing import Final

import msgspec

from actions import calling, queue_notice, unsent
from actions.scene import Scene
from actions.transcript import plain_text
from content.content import Content
from desk import transitions
from desk.agenda import danger_from, nudge_from, overdue_from
from desk.calls import beyond
from road.case import Author, Case, CaseState, Entry, Page
from road.outcome import Outcome
from road.reply import Say
from road.session import Session


class Due(msgspec.Struct, frozen=True):
    """What one rule makes of a case: its new state, a call to staff, a word to the person."""

    case: Case
    page: Page | None = None
    said: Say | None = None


Rule = Callable[[Case, Scene, Content], Due | None]


def look(case: Case, scene: Scene, content: Content) -> Outcome | None:
    """All that is due in a case; None when nothing is, or the person has erased everything."""
    session, found = scene.remembered.session, list[Due]()
    if session is None:
        return None
    sent = _sent(case, session, scene, content)
    case = sent.cases[0] if sent else case
    for rule in RULES:
        if (due := rule(found[-1].case if found else case, scene, content)) is not None:
            found.append(due)
    ruled = _outcome(found, scene, sent.session if sent else session) if found else None
    return _together(sent, ruled)


def _sent(case: Case, session: Session, scene: Scene, content: Content) -> Outcome | None:
    """An operator's message whose time has come."""
    waits = case.care.unsent
    return unsent.sent(session, case, content, scene.now) if waits and waits.send_at <= scene.now else None


def _together(first: Outcome | None, second: Outcome | None) -> Outcome | None:
    if first is None or second is None:
        return first or second
    return unsent.one_after_the_other(first, second)


def give_back(case: Case, scene: Scene, content: Content) -> Outcome | None:
    """The case of an operator who has vanished, at its old place; None when it is in nobody's hands, or they are back.

    The person hears nothing; of a critical case the operator's superiors hear in the same step.
    """
    session = scene.remembered.session
    if case.state is not CaseState.ACTIVE or scene.roster.find(case.operator) or session is None:
        return None
    sent = unsent.sent(session, case, content, scene.now)
    case, session = (sent.cases[0], sent.session) if sent else (case, session)
    called = Due(case)
    if case.critical:
        called = Due(*calling.called(case, scene, content, group=beyond(case.visibility)))
    return _together(sent, _outcome([called, Due(transitions.lost(called.case, at=scene.now))], scene, session))


def _danger(case: Case, scene: Scene, content: Content) -> Due | None:
    """Danger in a conversation, and no human reply."""
    if not _is_due(danger_from(case), scene):
        return None
    return Due(*calling.called(case, scene, content, group=beyond(case.visibility)))


def _ring(case: Case, scene: Scene, content: Content) -> Due | None:
    """The next call, as long as nobody has taken it."""
    if case.call is None or not _is_due(case.call.next_at, scene):
        return None
    return Due(*calling.called(case, scene, content, group=case.call.group))


def _nudge(case: Case, scene: Scene, _content: Content) -> Due | None:
    """A holder who owes an answer; the console shows it, and asks to hand over the second time."""
    return Due(transitions.nudged(case, at=scene.now)) if _is_due(nudge_from(case), scene) else None


def _overdue(case: Case, scene: Scene, content: Content) -> Due | None:
    """A target that is about to be missed."""
    if case.overdue_called or not _is_due(overdue_from(case), scene):
        return None
    return Due(*calling.warned(case, scene, content))


def _tell(case: Case, scene: Scene, content: Content) -> Due | None:
    """A place or wait that has changed enough to be told."""
    notice = queue_notice.due(case, scene, content)
    return Due(notice[0], said=notice[1]) if notice else None


RULES: Final[tuple[Rule, ...]] = (_danger, _ring, _nudge, _overdue, _tell)
"""In this order: danger begins a call of its own, which the next rule then need not continue."""


def _is_due(at: float | None, scene: Scene) -> bool:
    return at is not None and at <= scene.now


def _outcome(found: list[Due], scene: Scene, session: Session) -> Outcome:
    case = found[-1].case
    said = tuple(due.said for due in found if due.said)
    return Outcome(
        session=session,
        replies=said,
        cases=(case,),
        entries=tuple(
            Entry(at=scene.now, author=Author.BOT, text=plain_text(say.html), kind="reply", visibility=case.visibility)
            for say in said
        ),
        pages=tuple(due.page for due in found if due.page),
    )
