"""What a watched phone shall not show unasked: in sensitive cases all that comes when it may be in other hands."""

from typing import Final

from msgspec.structs import replace

from actions import taps
from actions.moment import Moment
from actions.saying import button, say
from actions.taps import tap
from content.content import Content
from road.case import Case
from road.outcome import Outcome
from road.reply import AskFor, Lane, Say
from road.session import Session

AT_HAND_S: Final = 60.0
"""So long after the person's last deed their phone is taken to be in their own hand (issue D)."""


def discreetly(outcome: Outcome, case: Case, content: Content, now: float) -> Outcome:
    """What staff or the keeper sends: as it is, or held back behind one neutral line with a "Show" button.

    The transcript keeps the full text. While something is held back already no second line comes.
    """
    said = tuple(reply for reply in outcome.replies if isinstance(reply, Say | AskFor))
    if not said or not may_be_watched(case, outcome.session, now):
        return outcome
    others = tuple(reply for reply in outcome.replies if not isinstance(reply, Say | AskFor))
    line = () if outcome.session.held_back else (_line(content, outcome.session),)
    held_back = (*outcome.session.held_back, *said)
    return replace(outcome, replies=(*others, *line), session=replace(outcome.session, held_back=held_back))


def may_be_watched(case: Case, session: Session, now: float) -> bool:
    """Whether the person's phone may be in other hands, and what it shows could hurt them."""
    return case.sensitive and now - session.at > AT_HAND_S


def show(moment: Moment) -> Outcome:
    """Sends what was held back; it is then held no longer."""
    held_back = moment.session.held_back
    if not held_back:
        return moment.outcome(moment.say(moment.text("discreet.nothing")))
    return moment.outcome(*held_back, session=replace(moment.session, held_back=()))


def without_questions(session: Session) -> Session:
    """The session at the close of a case: what is still held back asks for nothing that nobody would keep."""
    return replace(session, held_back=tuple(each for each in session.held_back if not isinstance(each, AskFor)))


def offered(moment: Moment, outcome: Outcome) -> Outcome:
    """Below what is answered to a person who has come back: that something still waits to be shown."""
    if not outcome.session.held_back:
        return outcome
    return replace(outcome, replies=(*outcome.replies, _line(moment.content, outcome.session)))


def _line(content: Content, session: Session) -> Say:
    shown = (button(content, session.locale, "show", tap(taps.SHOW)),)
    return say(session, content.text("discreet.waiting", session.locale), shown, lane=Lane.OPERATOR)
