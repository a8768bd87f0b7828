"""The locale a person is answered in, and how they change it."""

from collections.abc import Container

from msgspec.structs import replace

from actions import answer
from actions.handover import menu_row
from actions.moment import Moment
from actions.outside import language_rows
from road.locale import SOURCE_LOCALE, SURE_AT, outside, supported
from road.outcome import Outcome
from road.session import Session
from road.turn import Turn
from road.understanding import Understanding


def locale_for(turn: Turn, session: Session, understanding: Understanding, locales: Container[str]) -> str:
    """The locale to answer in: the person's choice, else the likeliest, else what they wrote, their app's, English.

    What they wrote before and their app's language are part of the likeliest already (nlu/hints.py).
    """
    if session.locale_chosen:
        return session.locale
    written, app = (supported(tag, locales) for tag in (understanding.locale, turn.client_locale))
    return written or session.locale or app or SOURCE_LOCALE


def outside_for(session: Session, understanding: Understanding, locales: Container[str]) -> str:
    """The language with a card and no more that the person writes, or ""; a choice by hand ends it."""
    if session.locale_chosen:
        return ""
    if not _is_sure(understanding):
        return session.outside
    return "" if supported(understanding.locale, locales) else outside(understanding.locale) or ""


def is_unknown_language(session: Session, understanding: Understanding, locales: Container[str]) -> bool:
    """Whether the message is clearly, or once more, in a language that the hotline cannot answer in."""
    if supported(understanding.locale, locales):
        return False
    return _is_sure(understanding) or understanding.locale == session.outside


def is_unsure(understanding: Understanding, session: Session) -> bool:
    """Whether to ask for the language below the answer: it is a guess, and no choice or earlier message bears it out.

    Args:
        session: As it was before the message.
    """
    if not understanding.available or session.locale_chosen or _is_sure(understanding):
        return False
    return understanding.locale not in (session.locale, session.outside)


def offer_languages(moment: Moment) -> Outcome:
    """Every language under its own name."""
    return moment.outcome(moment.say(moment.text("language.choose"), *language_rows(moment)))


def choose_language(moment: Moment, locale: str) -> Outcome:
    """From now on in this locale; the last answer is given again in it."""
    if locale not in moment.content.languages:
        return offer_languages(moment)
    session = replace(moment.session, locale=locale, locale_chosen=True, outside="")
    chosen = replace_session(moment, session)
    said = chosen.say(chosen.text("language.chosen"), menu_row(chosen))
    if not chosen.answered:
        return chosen.outcome(said)
    again = answer.answer_topic(chosen, chosen.answered)
    return replace(again, replies=(said, *again.replies))


def replace_session(moment: Moment, session: Session) -> Moment:
    """The same moment with another session."""
    return replace(moment, session=session)


def _is_sure(understanding: Understanding) -> bool:
    return understanding.locale != "und" and understanding.locale_confidence >= SURE_AT
