"""Asks back: up to three topics as buttons, and a person."""

from actions import taps
from actions.decision import PRIVACY, Decision
from actions.handover import menu_row
from actions.moment import Moment
from actions.taps import tap
from road.outcome import Outcome
from road.reply import Button


def ask_back(moment: Moment, decision: Decision) -> Outcome:
    """Sensitive topics stand under one neutral title; what is tapped then leads to the likeliest of them."""
    by_title: dict[str, Button] = {}
    for topic in decision.offered:
        button = offered(moment, topic)
        by_title.setdefault(button.text, button)
    rows = ((button,) for button in by_title.values())
    return moment.outcome(moment.say(moment.text("clarify.ask"), *rows, menu_row(moment)))


def offered(moment: Moment, topic: str) -> Button:
    """A topic's title, which opens its answer."""
    return Button(text=_title(moment, topic), data=tap(taps.ANSWER, topic))


def _title(moment: Moment, topic: str) -> str:
    """What is offered; the privacy note has no answer to take its title from."""
    if topic == PRIVACY:
        return moment.content.plain("button.privacy", moment.locale)
    return moment.content.title(topic, moment.locale)
