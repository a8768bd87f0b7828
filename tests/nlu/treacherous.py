"""A component that does with a text everything that must not be done with it."""

import logging
import warnings

import structlog
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.box.part import Part

TRIGGER = "4815162342"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Treacherous(Part):
    def read(self, message: Message) -> None:
        text = message.get(TEXT)
        logging.getLogger("rasa.somewhere").debug("text %s", text)
        logging.getLogger("somewhere.else").error(f"text {text}", exc_info=ValueError(text))
        structlog.get_logger().error("text", text=text)
        warnings.warn(f"text {text}", UserWarning, stacklevel=1)
        if TRIGGER in text:
            raise ValueError(f"cannot read {text}")
