"""Which topics a message may be about, and how likely each is."""

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from nlu.box.learned import Learned
from nlu.box.lesson import features, lesson
from nlu.box.part import LearningPart, rounded
from nlu.box.topic_model import TopicModel

SHARES = "shares"
"""Property of a message: the probabilities of all topics in the order of their names, of shape (1, topics)."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(LearningPart):
    """Sets `intent` and `intent_ranking` as Rasa knows them, with all topics in the ranking."""

    def learn(self, questions: list[Message]) -> Learned:
        """A `TopicModel`."""
        return lesson(questions).model.kept()

    def use(self, learned: Learned) -> None:
        """Makes the model."""
        self._model = TopicModel.restored(learned)

    def read(self, message: Message) -> None:
        """Sets the ranking, best first, and `SHARES`."""
        shares = self._model.probabilities(*features([message]))
        message.set(SHARES, shares)
        probabilities = shares[0]
        ranking = [
            {"name": self._model.topics[index], "confidence": rounded(probabilities[index])}
            for index in np.argsort(-probabilities)
        ]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
