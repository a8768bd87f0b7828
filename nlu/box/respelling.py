"""Messages typed on another keyboard, brought back into the letters of their language."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.box.importer import LOCALE_SCORES
from nlu.box.letters import in_own_letters
from nlu.box.part import Part

LIKELY = 0.5
"""Lowest score of a language at which a text is respelled."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Respeller(Part):
    """Replaces the text when the locale scores, which come before, say that it should."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Copies of the questions: languages are learned from these as they stand."""
        respelled = TrainingData()
        copies = [Message(dict(question.data)) for question in training_data.training_examples]
        respelled.training_examples = self.process(copies)
        return respelled

    def read(self, message: Message) -> None:
        """Leaves most messages as they are."""
        locale, score = next(iter((message.get(LOCALE_SCORES) or {}).items()), ("", 0.0))
        if score >= LIKELY:
            message.set(TEXT, in_own_letters(message.get(TEXT), locale))
