"""Interpreters: asked for by whoever holds a case, found or withdrawn by staff; the person is told each time."""

from typing import Final

from actions.takeover import session_of, told
from content import wording
from content.content import Content
from desk import transitions
from road.account import Account
from road.case import Case, Interpreter
from road.errors import NotAllowed
from road.locale import OUTSIDE
from road.outcome import Outcome
from road.session import Remembered

WHEN_CHARACTERS: Final = 80
"""Longest word on when an interpreter is needed."""


def ask_for_interpreter(
    remembered: Remembered,
    case: Case,
    by: Account,
    content: Content,
    now: float,
    *,
    locale: str,
    purpose: str,
    time: str,
) -> Outcome:
    """Marks the case for those who find interpreters, and tells the person."""
    session = session_of(remembered)
    if locale not in (*content.languages, *OUTSIDE):
        raise NotAllowed(f"no language {locale!r}", "no_language")
    if len(time) > WHEN_CHARACTERS:
        raise NotAllowed(f"when has at most {WHEN_CHARACTERS} characters", "field_length")
    wanted = Interpreter(locale=locale, purpose=purpose, time=time, asked_at=now)
    asked = transitions.interpreter_asked(case, at=now, by=by.name, interpreter=wanted)
    language = wording.language(locale, session.locale)
    return told(session, asked, content, now, content.text("interpreter.asked", session.locale, language=language))


def interpreter_found(remembered: Remembered, case: Case, by: Account, content: Content, now: float) -> Outcome:
    """Settles the wish."""
    session = session_of(remembered)
    found = transitions.interpreter_ended(case, "interpreter_found", at=now, by=by.name)
    return told(session, found, content, now, content.text("interpreter.found", session.locale))


def withdraw_interpreter(remembered: Remembered, case: Case, by: Account, content: Content, now: float) -> Outcome:
    """Takes the wish back."""
    session = session_of(remembered)
    gone = transitions.interpreter_ended(case, "interpreter_withdrawn", at=now, by=by.name)
    return told(session, gone, content, now, content.text("interpreter.withdrawn", session.locale))
