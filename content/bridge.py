"""Bridging questions: asked by staff without the person's language; the answers are tapped, and read in its own."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from content.direction import directed
from content.field import fields_in, filled
from content.markdown import Block
from content.markup import to_html
from road.locale import SOURCE_LOCALE

Group = Literal["safety", "place", "people", "talking", "needs", "papers", "next"]
"""Headings in the console (`console.bridge.group.<group>`)."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of `bridge/questions.yml`.

    Attributes:
        group: The heading it stands below.
        answers: Ids of its answers, in the order of the buttons.
        urgent: For answers that mean danger, the critical topic that the case is raised by.
        minor: Answers by which the person says that they are under 18.
        words: Answers after which the person is asked to write in their own words.
        careful: Not to be asked while somebody else may read along.
    """

    id: str
    group: Group
    answers: tuple[str, ...]
    urgent: dict[str, str] = {}
    minor: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    careful: bool = False


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """A question and its answers in one locale."""

    locale: str
    ask: tuple[Block, ...]
    answers: Mapping[str, str]

    @property
    def fields(self) -> tuple[str, ...]:
        """What the operator fills in before it is sent."""
        return fields_in(self.ask)

    def html(self, values: Mapping[str, str]) -> str:
        """The question as Telegram HTML."""
        return to_html(self.ask, filled(values), self.locale)

    def answer(self, answer: str) -> str:
        """An answer as a button's text."""
        return directed(self.answers[answer], self.locale)


class Bridge(msgspec.Struct, frozen=True, kw_only=True):
    """All questions, in the order of the file.

    Attributes:
        wordings: By locale, then by question; English has all of them.
    """

    questions: Mapping[str, Question] = {}
    wordings: Mapping[str, Mapping[str, Wording]] = {}

    def wording(self, question: str, locale: str) -> Wording:
        """The question in a locale, all of it in English where the locale does not have it."""
        own = self.wordings.get(locale, {}).get(question)
        return own or self.wordings[SOURCE_LOCALE][question]

    def missing(self, locale: str) -> list[str]:
        """Questions that a locale says in English."""
        return [question for question in self.questions if question not in self.wordings.get(locale, {})]

    def knows(self, question: str, answer: str) -> bool:
        """Whether there is such an answer to such a question."""
        return question in self.questions and answer in self.questions[question].answers
