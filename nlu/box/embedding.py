"""What a message means, as a vector: component around `SentenceEncoder`."""

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.box.encoded import EncodedTexts
from nlu.box.encoder import SentenceEncoder
from nlu.box.part import Part

SENSE = "sense"
"""Property of a message: its vector, of shape (1, width)."""


class Cache:
    """Where vectors of training questions are kept between trainings; nowhere unless `nlu.train` says so."""

    path: Path | None = None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEmbedding(Part):
    """Sets `SENSE`. Without this component in `config.yml`, topics and urgency are told by words alone."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._encoder = SentenceEncoder()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Takes the vectors of unchanged questions from the cache."""
        questions = training_data.training_examples
        vectors = EncodedTexts(Cache.path).of([question.get(TEXT) for question in questions])
        for number, question in enumerate(questions):
            question.set(SENSE, vectors[number : number + 1])
        return training_data

    def read(self, message: Message) -> None:
        """Sets `SENSE`."""
        message.set(SENSE, self._encoder.encode([message.get(TEXT)]))
