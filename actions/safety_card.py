"""The card for what the hotline can't read: 112, "Urgent help" and a person, in any of the thirteen locales."""

from actions import taps
from actions.moment import Moment
from actions.taps import tap
from road.outcome import Outcome
from road.reply import Button

UNREADABLE = frozenset({"voice", "photo", "file", "location", "contact", "sticker", "unknown"})


def unreadable(moment: Moment) -> Outcome:
    """For a voice message, photo or the like, and for text without a word in it."""
    kind = "voice" if moment.turn.kind == "voice" else "other"
    return _card(moment, f"card.unreadable_{kind}")


def unknown_language(moment: Moment) -> Outcome:
    """For a language that the hotline cannot answer in, and has no card in either (actions.outside)."""
    return _card(moment, "card.unknown_language")


def degraded(moment: Moment) -> Outcome:
    """While the model can't be asked: the menu, 112, urgent help and a person."""
    return _card(moment, "card.degraded")


def apology(moment: Moment) -> Outcome:
    """When a turn could not be worked on at all."""
    return _card(moment, "card.apology")


def urgent_row(moment: Moment) -> tuple[Button, ...]:
    """The "Urgent help" button."""
    return (moment.button("urgent", tap(taps.URGENT)),)


def _card(moment: Moment, key: str) -> Outcome:
    html = f"{moment.text(key)}\n\n{moment.text('card.call_112')}"
    ways = (moment.button("person", tap(taps.PERSON)), moment.button("menu", tap(taps.MENU)))
    language = (moment.button("language", tap(taps.LANGUAGE)),)
    return moment.outcome(moment.say(html, urgent_row(moment), ways, language))
