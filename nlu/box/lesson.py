"""What training questions teach about topics: once, for the ranking and for urgency."""

import logging
from dataclasses import dataclass
from typing import Any

import numpy as np
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, vstack

from nlu.box.embedding import SENSE
from nlu.box.topic_model import Floats, TopicModel, taught
from nlu.box.words import WORDS

log = logging.getLogger("nlu.train")


@dataclass(frozen=True)
class Lesson:
    """A trained model, and what it would have said of each question had it not seen it.

    Attributes:
        unseen: Probabilities, one row a question, columns as `model.topics`.
    """

    questions: list[Message]
    model: TopicModel
    unseen: Floats


_last: list[Lesson] = []


def lesson(questions: list[Message]) -> Lesson:
    """The lesson of these questions; two components ask for it, and the second finds it learned."""
    if not _last or _last[0].questions is not questions:
        log.info("telling %d questions apart", len(questions))
        words, sense = features(questions)
        _last[:] = [Lesson(questions, *taught(words, sense, topics(questions)))]
    return _last[0]


def topics(questions: list[Message]) -> list[str]:
    """The topic of each training question."""
    return [str(question.get(INTENT)) for question in questions]


def features(messages: list[Message]) -> tuple[csr_matrix, Floats | None]:
    """Words, and vectors if the pipeline makes them; one row a message."""
    words, sense = _values(messages, WORDS), _values(messages, SENSE)
    if len(messages) == 1:
        return words[0], sense[0] if sense else None
    return vstack(words).tocsr(), np.concatenate(sense) if sense else None


def _values(messages: list[Message], name: str) -> list[Any]:
    return [row.values for row in (message.get(name) for message in messages) if row is not None]
