"""Whether somebody may be in danger: asked of every message, whatever its first topic is.

Danger is the probability of all critical topics together. Telling all topics apart finds danger better than a model of
two classes (docs/decisions/0008).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression

from nlu.box.importer import CRITICAL
from nlu.box.learned import Learned
from nlu.box.lesson import lesson, topics
from nlu.box.part import LearningPart, rounded
from nlu.box.topic_model import Floats
from nlu.box.topics import SHARES

URGENCY = "urgency"

MISS_COST = 1.9
"""A missed danger counts as much as this many false alarms, so that 0.5 is where to act.

Source: docs/decisions/0003 and 0020.
"""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class UrgencyDetector(LearningPart):
    """Sets `urgency`: a probability, and how likely each critical topic is if there is danger."""

    def learn(self, questions: list[Message]) -> Learned:
        """Which topics are dangers, and how their probabilities are to be read."""
        learned = lesson(questions)
        critical = _critical(questions)
        danger = learned.unseen[:, [name in critical for name in learned.model.topics]].sum(axis=1)
        slope, bias = _calibration(danger, np.isin(topics(questions), critical)[learned.held_out])
        return {"topics": list(learned.model.topics), "critical": critical, "slope": slope, "bias": bias}

    def use(self, learned: Learned) -> None:
        """Takes it."""
        self._critical = np.asarray([topic in learned["critical"] for topic in learned["topics"]])
        self._names = [topic for topic in learned["topics"] if topic in learned["critical"]]
        self._slope, self._bias = float(learned["slope"]), float(learned["bias"])

    def read(self, message: Message) -> None:
        """Sets `urgency`, from what the `TopicClassifier` before it found."""
        shares = message.get(SHARES)[0, self._critical]
        odds = self._slope * logit(np.clip(shares.sum(), 1e-6, 1 - 1e-6)) + self._bias + np.log(MISS_COST)
        message.set(URGENCY, self._output(float(expit(odds)), shares), add_to_output=True)

    def _output(self, probability: float, reading: Floats) -> dict[str, Any]:
        shares = reading / max(float(reading.sum()), 1e-9)
        ranking = [{"name": self._names[index], "confidence": rounded(shares[index])} for index in np.argsort(-shares)]
        return {"confidence": rounded(probability), "topics": ranking}


def _critical(questions: list[Message]) -> list[str]:
    return sorted({name for name, question in zip(topics(questions), questions, strict=True) if _is_critical(question)})


def _is_critical(question: Message) -> bool:
    return bool((question.get("metadata") or {}).get(CRITICAL))


def _calibration(danger: Floats, urgent: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and bias of log-odds, so that probabilities are true on questions the model has not seen."""
    odds = logit(np.clip(danger, 1e-6, 1 - 1e-6)).reshape(-1, 1)
    model = LogisticRegression(C=100.0).fit(odds, urgent)
    return float(model.coef_[0, 0]), float(model.intercept_[0])
