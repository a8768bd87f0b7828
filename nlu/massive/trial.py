"""One pipeline on the data: how long it learns, and how often it is right."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nlu.massive.utterance import Utterance


class Pipeline(Protocol):
    """Something that learns intents."""

    name: str

    def train(self, utterances: Sequence[Utterance]) -> None:
        """Learns from all languages at once."""

    def intents(self, utterances: Sequence[Utterance]) -> list[str]:
        """The intent that it takes each for."""


@dataclass(frozen=True)
class Score:
    """What came of it.

    Attributes:
        right: The share of right intents, 0.0 to 1.0, by language.
        training_s: Processor time on all cores, which hangs less on what else the machine does.
    """

    name: str
    right: dict[str, float]
    training_s: float

    @property
    def mean(self) -> float:
        """Over languages."""
        return sum(self.right.values()) / len(self.right)


def score(pipeline: Pipeline, lessons: Sequence[Utterance], questions: Sequence[Utterance]) -> Score:
    """Trains it and asks it."""
    started = time.process_time()
    pipeline.train(lessons)
    training_s = time.process_time() - started
    found = pipeline.intents(questions)
    hits: dict[str, list[bool]] = {}
    for question, intent in zip(questions, found, strict=True):
        hits.setdefault(question.language, []).append(intent == question.intent)
    right = {language: sum(hits[language]) / len(hits[language]) for language in sorted(hits)}
    return Score(pipeline.name, right, training_s)
