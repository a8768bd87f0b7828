"""A choice: the answer that a person has tapped below a bridging question."""

import msgspec

from actions import taps
from actions.moment import Moment
from actions.script import written
from road.turn import Turn


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as the person has given it.

    Attributes:
        text: What stood on the button.
        topic: The critical topic by which it raises the case, or "".
        is_minor: It says that the person is under 18.
        in_words: The person goes on in their own words.
    """

    question: str
    answer: str
    text: str
    topic: str
    is_minor: bool
    in_words: bool

    @property
    def own_text(self) -> str:
        """As `Entry.own_text`."""
        return f"tap:{self.question}:{self.answer}"


def is_choice(turn: Turn) -> bool:
    """Whether a turn is a tapped answer."""
    return taps.read_tap(turn.button)[0] == taps.BRIDGE


def choice_of(moment: Moment) -> Choice | None:
    """The answer that was tapped; None for any other turn, and where the question is asked no longer."""
    question, _, answer = taps.read_tap(moment.turn.button)[1].partition(":")
    if not is_choice(moment.turn) or not moment.content.bridge.knows(question, answer):
        return None
    asked = moment.content.bridge.questions[question]
    wording = moment.content.bridge.wording(question, moment.locale)
    return Choice(
        question=question,
        answer=answer,
        text=written(wording.answer(answer), moment.session),
        topic=asked.urgent.get(answer, ""),
        is_minor=answer in asked.minor,
        in_words=answer in asked.words,
    )
