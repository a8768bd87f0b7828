"""Says the last answer again, shorter."""

from typing import Final

from actions import taps
from actions.handover import menu_row
from actions.moment import Moment
from actions.taps import tap
from road.outcome import Outcome

SHORT_CHARACTERS: Final = 280
"""About four lines on a small phone: the most important stands first in every answer."""


def say_simpler(moment: Moment) -> Outcome:
    """The beginning of the last answer, and a person for the rest."""
    topic = moment.session.last_topic
    answer = moment.content.answer(topic, moment.locale, form="full", now=moment.now) if topic else None
    if answer is None:
        return moment.outcome(moment.say(moment.text("simpler.nothing"), menu_row(moment)))
    html = f"{moment.text('simpler.intro')}\n\n{_beginning(answer.html)}\n\n{moment.text('simpler.person')}"
    whole = (moment.button("whole_answer", tap(taps.ANSWER, topic)),)
    return moment.outcome(moment.say(html, whole, menu_row(moment)))


def _beginning(html: str) -> str:
    """Whole paragraphs, at least one, up to the short length."""
    first, *rest = html.split("\n\n")
    for paragraph in rest:
        if len(first) + len(paragraph) > SHORT_CHARACTERS:
            break
        first = f"{first}\n\n{paragraph}"
    return first
