"""Greetings, thanks, "are you a robot", and questions that are not for a hotline."""

from collections.abc import Callable
from typing import Final

from actions import language, privacy, simpler, taps
from actions.clarify import offered
from actions.decision import ERASURE, PRIVACY
from actions.handover import menu_row
from actions.moment import Moment
from actions.safety_card import urgent_row
from actions.taps import tap
from road.outcome import Outcome


def chat(moment: Moment, topic: str) -> Outcome:
    """Answers a topic of conversation."""
    return _DEEDS[topic](moment)


def welcome(moment: Moment) -> Outcome:
    """What this is, who reads, what to do in danger; for /start and greetings."""
    ways = (moment.button("menu", tap(taps.MENU)), moment.button("person", tap(taps.PERSON)))
    language_row = (moment.button("language", tap(taps.LANGUAGE)), moment.button("privacy", tap(taps.PRIVACY)))
    return moment.outcome(moment.say(moment.text("talk.welcome"), ways, language_row, urgent_row(moment)))


def _out_of_scope(moment: Moment) -> Outcome:
    """What is answered here; a short question may have been about the topic before, so that is offered again."""
    rows = [(offered(moment, moment.answered),)] if moment.answered else []
    return moment.outcome(moment.say(moment.text("talk.out_of_scope"), *rows, menu_row(moment)))


def _said(key: str) -> Callable[[Moment], Outcome]:
    return lambda moment: moment.outcome(moment.say(moment.text(key), menu_row(moment)))


_DEEDS: Final[dict[str, Callable[[Moment], Outcome]]] = {
    "greet": welcome,
    "goodbye": _said("talk.goodbye"),
    "thanks": _said("talk.thanks"),
    "bot_challenge": _said("talk.bot_challenge"),
    "out_of_scope": _out_of_scope,
    "change_language": language.offer_languages,
    "repeat_or_explain": simpler.say_simpler,
    PRIVACY: privacy.show_privacy,
    ERASURE: privacy.offer_erasure,
}
