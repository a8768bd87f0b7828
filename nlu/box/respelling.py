"""Ukrainian and Russian typed in Latin letters, brought back into their own, which words and vectors know better."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.box.cyrillic import IN_LATIN, in_cyrillic
from nlu.box.locale_scores import LOCALE_SCORES
from nlu.box.part import Part
from nlu.box.scripts import script_of

LIKELY = 0.5
"""Lowest score of Ukrainian or Russian at which a text in Latin letters is respelled."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Respeller(Part):
    """Replaces the text when the locale scores, which come before, say that it should."""

    def read(self, message: Message) -> None:
        """Leaves most messages as they are."""
        locale = _in_latin(message)
        if locale:
            message.set(TEXT, in_cyrillic(message.get(TEXT), locale))


def _in_latin(message: Message) -> str:
    """The locale that the message is likely in, if it is one of ours and in Latin letters; otherwise ""."""
    locale, score = next(iter((message.get(LOCALE_SCORES) or {}).items()), ("", 0.0))
    if locale not in IN_LATIN or score < LIKELY or script_of(message.get(TEXT)) != "LATIN":
        return ""
    return str(locale)
