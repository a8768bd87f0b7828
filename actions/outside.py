"""What is said in a language outside the thirteen, where the hotline has a card in it and no more."""

from typing import Final

from actions import taps
from actions.moment import Moment
from actions.taps import tap
from content.card import Card
from road.outcome import Outcome
from road.reply import Button, Lane, Say

NAMES_A_ROW: Final = 2


def show_card(moment: Moment, card: Card) -> Outcome:
    """That we can't answer in it yet, 112, a person, and the languages that we speak."""
    rows = (_urgent_row(card, tap(taps.URGENT)), _person_row(card), *language_rows(moment))
    html = moment.content.card_html(card.language, "cannot_answer", "call_112", "choose", now=moment.now)
    return moment.outcome(Say(html=html, buttons=rows, locale=card.language))


def numbers(moment: Moment, card: Card, topic: str) -> Say:
    """112, the topic's other numbers, and that a person was asked."""
    rows = (_urgent_row(card, tap(taps.NEED_HELP, topic)), _person_row(card))
    first = moment.content.card_html(card.language, "call_112", now=moment.now, numbers_of=topic)
    then = moment.content.card_html(card.language, "asked", now=moment.now)
    return Say(html=f"{first}\n\n{then}", buttons=rows, lane=Lane.URGENT, locale=card.language)


def asked(moment: Moment, card: Card) -> Say:
    """That a person was asked, and not to wait for us in danger."""
    html = moment.content.card_html(card.language, "asked", "call_112", now=moment.now)
    return Say(html=html, buttons=(_urgent_row(card, tap(taps.URGENT)),), locale=card.language)


def language_rows(moment: Moment) -> tuple[tuple[Button, ...], ...]:
    """A button for each language of the hotline, under its own name."""
    buttons = [Button(text=name, data=tap(taps.LANGUAGE, locale)) for locale, name in moment.content.languages.items()]
    return tuple(tuple(buttons[i : i + NAMES_A_ROW]) for i in range(0, len(buttons), NAMES_A_ROW))


def _urgent_row(card: Card, data: str) -> tuple[Button, ...]:
    return (Button(text=card.urgent, data=data),)


def _person_row(card: Card) -> tuple[Button, ...]:
    return (Button(text=card.person, data=tap(taps.PERSON)),)
