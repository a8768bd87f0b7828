"""What training questions teach about topics: once, for the ranking and for urgency."""

import logging
from collections import Counter
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, vstack

from nlu.box.embedding import SENSE
from nlu.box.importer import COUNTS, HELD_OUT
from nlu.box.topic_model import Floats, TopicModel, taught
from nlu.box.words import WORDS

FEWEST_HELD_OUT = 200

log = logging.getLogger("nlu.train")


@dataclass(frozen=True)
class Lesson:
    """A trained model, and what it would have said of questions had it not seen them.

    Attributes:
        held_out: Which of the questions it has not seen when it was weighed, nor the sentence encoder.
        unseen: Its probabilities for those, columns as `model.topics`.
    """

    questions: list[Message]
    model: TopicModel
    held_out: NDArray[np.bool_]
    unseen: Floats


_last: list[Lesson] = []
_learning = Lock()


def lesson(questions: list[Message]) -> Lesson:
    """The lesson of these questions; two components ask for it, and the second finds it learned."""
    with _learning:
        if not _last or _last[0].questions is not questions:
            log.info("telling %d questions apart", len(questions))
            words, sense = features(questions)
            held_out = _held_out(questions)
            model, unseen = taught(words, sense, topics(questions), held_out, _counts(questions))
            _last[:] = [Lesson(questions, model, held_out, unseen)]
        return _last[0]


def topics(questions: list[Message]) -> list[str]:
    """The topic of each training question."""
    return [str(question.get(INTENT)) for question in questions]


def _held_out(questions: list[Message]) -> NDArray[np.bool_]:
    """By metadata, never all of a topic; every third question of a topic where there are too few."""
    marked = np.asarray([bool((question.get("metadata") or {}).get(HELD_OUT)) for question in questions])
    names = np.asarray(topics(questions))
    if marked.sum() >= FEWEST_HELD_OUT:
        return np.asarray(marked & np.isin(names, names[~marked]))
    seen: Counter[str] = Counter()
    for number, topic in enumerate(names):
        marked[number] = seen[topic] % 3 == 2
        seen[topic] += 1
    return marked


def _counts(questions: list[Message]) -> Floats:
    return np.asarray([(question.get("metadata") or {}).get(COUNTS, 1) for question in questions], dtype=np.float32)


def features(messages: list[Message]) -> tuple[csr_matrix, Floats | None]:
    """Words, and vectors if the pipeline makes them; one row a message."""
    words = list({id(rows): rows for rows in _values(messages, WORDS)}.values())
    sense = _values(messages, SENSE)
    return vstack(words, format="csr"), np.concatenate(sense) if sense else None


def _values(messages: list[Message], name: str) -> list[Any]:
    return [value for value in (message.get(name) for message in messages) if value is not None]
