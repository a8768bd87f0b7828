"""What a message means for the person's case, whatever it is answered with: it joins the open one or the last one."""

import re
import unicodedata
from typing import Final

from msgspec.structs import replace

from actions import commands, handover
from actions.choice import choice_of, is_choice
from actions.decision import Decision
from actions.minor import says_minor
from actions.moment import Moment
from actions.typed_number import with_numbers
from desk import transitions
from road.case import Case, CaseState
from road.outcome import Outcome
from road.turn import Turn, TurnKind

REOPEN_BY_MESSAGE_S: Final = 3600.0
"""So long after its close a message is taken as one more of the same conversation; later the bot alone answers it, and
a person is one tap away (issue D)."""

SAID_TO_THE_BOT: Final = frozenset(
    {"thanks", "goodbye", "bot_challenge", "change_language", "privacy_and_data", "hide_or_erase_chat"}
)
"""Topics of conversation that ask nothing of the colleague who has just ended the conversation."""

ENDED_FOR_GOOD: Final = frozenset({"left_queue", "no_contact"})
"""Outcomes after which only asking for a person opens the case again."""


def joined(moment: Moment, outcome: Outcome, decision: Decision | None) -> Outcome:
    """The outcome, with the message in the case that it belongs to."""
    if not is_message(moment.turn):
        return outcome
    outcome = _with_minor(moment, _reopened(moment, outcome, decision))
    case = next((c for c in outcome.cases if _is_open(c)), moment.case)
    changed = case and _with_message(moment, case)
    return outcome if changed is None or changed is case else with_case(outcome, changed)


def is_message(turn: Turn) -> bool:
    """Whether the person has written, sent or answered something, rather than told the bot what to do."""
    if turn.kind is TurnKind.BUTTON:
        return is_choice(turn)
    return turn.kind is not TurnKind.LEFT and not commands.command_of(turn.text)


def with_case(outcome: Outcome, case: Case) -> Outcome:
    """The outcome with a case as it is now."""
    others = tuple(other for other in outcome.cases if other.id != case.id)
    return replace(outcome, cases=(*others, case))


def says(text: str, word: str) -> bool:
    """Whether a text holds a word or phrase, whole, however it is written."""
    return bool(word) and re.search(rf"(?<!\w){re.escape(_plain(word))}(?!\w)", _plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _reopened(moment: Moment, outcome: Outcome, decision: Decision | None) -> Outcome:
    """The case that was closed just now is open again, and the person hears it below the bot's own answer."""
    closed = moment.closed_case()
    if closed is None or not _continues(moment, outcome, decision) or not _may_reopen(closed, moment.now):
        return outcome
    again = handover.queued(moment, why="wrote", visibility=closed.visibility)
    key = "handover.opened" if again.sensitive else "handover.reopened"
    return replace(
        outcome,
        session=handover.afresh(outcome.session),
        replies=(*outcome.replies, handover.welcomed(moment, again, key)),
        cases=(*outcome.cases, again),
    )


def _continues(moment: Moment, outcome: Outcome, decision: Decision | None) -> bool:
    """Whether the message can be one more of a conversation that has just ended."""
    if moment.open_cases or outcome.cases:
        return False
    if decision is None:
        return is_choice(moment.turn)
    is_text = moment.turn.kind is TurnKind.TEXT and not moment.turn.edited
    return is_text and moment.has_words and decision.topic not in SAID_TO_THE_BOT


def _may_reopen(closed: Case, now: float) -> bool:
    return closed.outcome not in ENDED_FOR_GOOD and now - (closed.closed_at or 0.0) <= REOPEN_BY_MESSAGE_S


def _with_minor(moment: Moment, outcome: Outcome) -> Outcome:
    """Who says that they are under 18 reads once what that means."""
    if moment.session.minor or not _says_minor(moment):
        return outcome
    session = replace(outcome.session, minor=True)
    return replace(outcome, session=session, replies=(*outcome.replies, moment.say(moment.text("minor.note"))))


def _with_message(moment: Moment, case: Case) -> Case:
    if case.unanswered_since is None or case.undelivered:
        case = transitions.wrote(case, at=moment.now)
    if not case.safe_word_said and says(moment.turn.text, case.safe_word):
        case = transitions.safe_word_said(case, at=moment.now)
    case = with_numbers(case, moment.turn.text, at=moment.now)
    if not (case.minor or case.minor_suggested) and _says_minor(moment):
        case = transitions.minor_suggested(case, at=moment.now)
    return case


def _says_minor(moment: Moment) -> bool:
    choice = choice_of(moment)
    return choice.is_minor if choice else says_minor(moment.turn.text)


def _is_open(case: Case) -> bool:
    return case.state is not CaseState.CLOSED
