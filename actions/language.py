"""The locale a person is answered in, and how they change it."""

from typing import Final

from msgspec.structs import replace

from actions import answer, taps
from actions.handover import menu_row
from actions.moment import Moment
from actions.taps import tap
from road.locale import LOCALES, OWN_NAMES, SOURCE_LOCALE, supported
from road.outcome import Outcome
from road.reply import Button
from road.session import Session
from road.turn import Turn
from road.understanding import Understanding

SURE_AT: Final = 0.7
"""Below it the locale of a message is not trusted over what is known of the person (issue B)."""

NAMES_A_ROW: Final = 2


def locale_for(turn: Turn, session: Session, understanding: Understanding) -> str:
    """The locale to answer in: the person's choice, what they write, what they wrote, their app's, English."""
    written = supported(understanding.locale)
    if session.locale_chosen:
        return session.locale
    if written and understanding.locale_confidence >= SURE_AT:
        return written
    return session.locale or supported(turn.client_locale) or written or SOURCE_LOCALE


def is_unknown_language(understanding: Understanding) -> bool:
    """Whether the message is clearly in a language that the hotline has no texts in."""
    return (
        understanding.locale != "und"
        and supported(understanding.locale) is None
        and understanding.locale_confidence >= SURE_AT
    )


def is_unsure(understanding: Understanding, session: Session) -> bool:
    """Whether to offer languages below the answer: a first message that could be in several."""
    return understanding.available and not session.locale and understanding.locale_confidence < SURE_AT


def offer_languages(moment: Moment) -> Outcome:
    """Every language under its own name."""
    buttons = [Button(text=OWN_NAMES[locale], data=tap(taps.LANGUAGE, locale)) for locale in LOCALES]
    rows = [tuple(buttons[i : i + NAMES_A_ROW]) for i in range(0, len(buttons), NAMES_A_ROW)]
    return moment.outcome(moment.say(moment.text("language.choose"), *rows))


def choose_language(moment: Moment, locale: str) -> Outcome:
    """From now on in this locale; the last answer is given again in it."""
    if locale not in LOCALES:
        return offer_languages(moment)
    session = replace(moment.session, locale=locale, locale_chosen=True)
    chosen = replace_session(moment, session)
    said = chosen.say(chosen.text("language.chosen"), menu_row(chosen))
    if not session.last_topic or not chosen.content.article(session.last_topic, locale):
        return chosen.outcome(said)
    again = answer.answer_topic(chosen, session.last_topic)
    return replace(again, replies=(said, *again.replies))


def replace_session(moment: Moment, session: Session) -> Moment:
    """The same moment with another session."""
    return replace(moment, session=session)
