"""Questions as polite people write them: after a greeting, before a word of thanks."""

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

GREETING, THANKS = "greet", "thanks"
COURTESIES = frozenset({GREETING, THANKS, "goodbye"})
"""Topics that are a courtesy and nothing else."""

MOST_WORDS = 5
"""Of a greeting or a word of thanks that is put beside a question: longer ones are about something."""

_BETWEEN = (", ", "! ", ". ", " ")


class Courtesies(NamedTuple):
    """How people greet and thank in one language."""

    greetings: Sequence[str]
    thanks: Sequence[str]

    @classmethod
    def among(cls, questions: Iterable[tuple[str, str]]) -> "Courtesies":
        """Those among questions of one language, each with its topic before it."""
        short = [(topic, text.rstrip(" .!,")) for topic, text in questions if len(text.split()) <= MOST_WORDS]
        return cls(
            [text for topic, text in short if topic == GREETING], [text for topic, text in short if topic == THANKS]
        )

    def around(self, topic: str, text: str, *, one_in: int) -> Iterator[str]:
        """A polite copy of one question in so many, none of the others.

        The same question always has the same copy while the courtesies stay, so that its vector is kept.
        """
        chance = random.Random(text)
        if topic not in COURTESIES and self.greetings and self.thanks and chance.random() * one_in < 1:
            yield self._polite(text, chance)

    def _polite(self, text: str, chance: random.Random) -> str:
        """With a greeting, thanks or both, a third each."""
        kind = chance.randrange(3)
        if kind < 2:
            text = f"{chance.choice(self.greetings)}{chance.choice(_BETWEEN)}{text}"
        if kind > 0:
            text = f"{text.rstrip('. ')}{chance.choice(_BETWEEN)}{chance.choice(self.thanks)}"
        return text
