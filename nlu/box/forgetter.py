"""Last component: the text has been read, and goes no further."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.box.part import Part


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Forgetter(Part):
    """Empties the text, so that Rasa neither echoes nor logs it, nor takes it for a command after our components."""

    def read(self, message: Message) -> None:
        """Leaves "" where the text was."""
        message.set(TEXT, "")
