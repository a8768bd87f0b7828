"""First component: nothing after it sees a text that could do harm."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.box.part import Part
from nlu.message import prepare


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Normaliser(Part):
    """Cleans and cuts the text as the client does, and guards against a leading "/"."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves the questions as they are: they were prepared when they were read."""
        return training_data

    def read(self, message: Message) -> None:
        """Replaces the text by its prepared form."""
        message.set(TEXT, prepare(str(message.get(TEXT) or "")))
