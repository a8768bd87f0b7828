"""Whether a conversation helped: one question after its close, counted without identity, and words for who likes."""

from typing import Final

from msgspec.structs import replace

from actions import commands, taps, transcript
from actions.decision import Decision, Kind
from actions.moment import Moment
from actions.saying import button, say
from actions.taps import tap
from content.content import Content
from road.case import Case
from road.outcome import VOTES, Outcome
from road.reply import Lane, Say
from road.session import Session

WORDS_WITHIN_S: Final = 3600.0
"""So long after its close a text is taken as said about the conversation."""

VOTE, WORDS = "vote", "feedback"
"""What is awaited of the person, as `Session.pending` has it."""


def is_asked(case: Case) -> bool:
    """Whether the person is asked at all: a watched phone shall not show that there was a conversation."""
    return not case.sensitive and case.outcome != "no_contact"


def question(content: Content, session: Session) -> Say:
    """The one question."""
    rows = ((button(content, session.locale, f"feedback_{vote}", tap(taps.VOTE, vote)),) for vote in VOTES)
    return say(session, content.text("feedback.ask", session.locale), *rows, lane=Lane.OPERATOR)


def vote(moment: Moment, answer: str) -> Outcome:
    """Counts an answer once, and asks for words."""
    without_buttons = taps.used_up(moment.turn)
    if moment.session.pending != VOTE or answer not in VOTES:
        return moment.outcome(*without_buttons, moment.say(moment.text("feedback.helpful")))
    session = replace(moment.session, pending=WORDS)
    said = moment.outcome(*without_buttons, moment.say(moment.text("feedback.more")), session=session)
    return replace(said, vote=answer)


def is_given(moment: Moment, decision: Decision | None) -> bool:
    """Whether a text is what was asked for: nobody in danger, no command, nobody who asks for a person."""
    closed = moment.closed_case()
    if moment.session.pending != WORDS or closed is None or moment.open_cases or decision is None:
        return False
    is_late = moment.now - (closed.closed_at or 0.0) > WORDS_WITHIN_S
    asks = decision.kind is Kind.URGENT or decision.topic == "talk_to_human_operator"
    return moment.has_words and not (is_late or asks or commands.command_of(moment.turn.text))


def taken(moment: Moment) -> Outcome:
    """The words stand in the transcript; the bot thanks."""
    session = replace(moment.session, pending="")
    outcome = moment.outcome(moment.say(moment.text("feedback.taken")), session=session)
    person, *bot = transcript.entries(moment, outcome, None)
    return replace(outcome, entries=(replace(person, kind=WORDS), *bot))
