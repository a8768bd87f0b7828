"""Whether somebody may be in danger: asked of every message, whatever its first topic is.

Danger is the probability of all critical topics together, in the whole message and in each of its sentences: a message
may ask for an office and say in passing what happens at home. Telling all topics apart finds danger better than a model
of two classes (77 % against 64 % at 3 % false alarms; docs/decisions/0003).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from nlu.box.embedding import SENSE, shared_encoder
from nlu.box.importer import CRITICAL
from nlu.box.lesson import features, lesson, topics
from nlu.box.normaliser import PIECES
from nlu.box.part import Learned, LearningPart
from nlu.box.topic_model import Floats, TopicModel
from nlu.box.topics import rounded
from nlu.box.words import PIECE_WORDS

URGENCY = "urgency"

MISS_COST = 2.0
"""A missed danger counts as much as this many false alarms, so that 0.5 is where to act.

Source: docs/decisions/0003.
"""

PIECE_DOUBT = 0.7
"""Taken from the log-odds of a single sentence, since the likeliest of several is more often likely by chance."""

READ_PIECES = 1
"""Sentences that get a vector of their own: the one that looks most dangerous by its words. On the evaluation questions
three found no more danger (94.4 %, 11.9 % false alarms either way) and took twice the time."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class UrgencyDetector(LearningPart):
    """Sets `urgency`: a probability, and how likely each critical topic is if there is danger."""

    def learn(self, questions: list[Message]) -> Learned:
        """A topic model of its own, and how its probabilities of danger are to be read."""
        learned = lesson(questions)
        critical = _critical(questions)
        danger = learned.unseen[:, [name in critical for name in learned.model.topics]].sum(axis=1)
        slope, bias = _calibration(danger, np.isin(topics(questions), critical))
        return {**learned.model.kept(), "critical": critical, "slope": slope, "bias": bias}

    def use(self, learned: Learned) -> None:
        """Makes the model."""
        self._model = TopicModel.restored(learned)
        self._critical = np.asarray([topic in learned["critical"] for topic in self._model.topics])
        self._names = [topic for topic in self._model.topics if topic in learned["critical"]]
        self._slope, self._bias = float(learned["slope"]), float(learned["bias"])

    def read(self, message: Message) -> None:
        """Sets `urgency` by the most dangerous reading."""
        readings = np.concatenate([self._whole(message), self._pieces(message)])
        odds = self._odds(readings.sum(axis=1))
        odds[1:] -= PIECE_DOUBT
        worst = int(np.argmax(odds))
        message.set(URGENCY, self._output(float(expit(odds[worst])), readings[worst]), add_to_output=True)

    def _whole(self, message: Message) -> Floats:
        return self._model.probabilities(*features([message]))[:, self._critical]

    def _pieces(self, message: Message) -> Floats:
        parts = message.get(PIECES)
        if not parts:
            return np.zeros((0, len(self._names)), dtype=np.float32)
        rows = message.get(PIECE_WORDS).values
        by_words = self._model.probabilities(rows, None)[:, self._critical].sum(axis=1)
        chosen = np.argsort(-by_words)[:READ_PIECES]
        sense = _sense([parts[index] for index in chosen]) if message.get(SENSE) is not None else None
        return self._model.probabilities(rows[chosen], sense)[:, self._critical]

    def _odds(self, danger: Floats) -> NDArray[np.float64]:
        odds = self._slope * logit(np.clip(danger, 1e-6, 1 - 1e-6)) + self._bias
        return np.asarray(odds + np.log(MISS_COST), dtype=np.float64)

    def _output(self, probability: float, reading: Floats) -> dict[str, Any]:
        shares = reading / max(float(reading.sum()), 1e-9)
        ranking = [{"name": self._names[index], "confidence": rounded(shares[index])} for index in np.argsort(-shares)]
        return {"confidence": rounded(probability), "topics": ranking}


def _critical(questions: list[Message]) -> list[str]:
    return sorted({name for name, question in zip(topics(questions), questions, strict=True) if _is_critical(question)})


def _is_critical(question: Message) -> bool:
    return bool((question.get("metadata") or {}).get(CRITICAL))


def _sense(texts: list[str]) -> Floats | None:
    return shared_encoder().encode(texts)


def _calibration(danger: Floats, urgent: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and bias of log-odds, so that probabilities are true on questions the model has not seen."""
    odds = logit(np.clip(danger, 1e-6, 1 - 1e-6)).reshape(-1, 1)
    model = LogisticRegression(C=100.0).fit(odds, urgent)
    return float(model.coef_[0, 0]), float(model.intercept_[0])
