"""Ukrainian and Russian typed in Latin letters, brought back into their own, which words and vectors know better."""

import re

import cyrtranslit
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.box.locale_scores import LOCALE_SCORES
from nlu.box.normaliser import PIECES
from nlu.box.part import Part
from nlu.box.scripts import script_of

LIKELY = 0.5
"""Lowest score of Ukrainian or Russian at which a text in Latin letters is respelled."""

_H_ALONE = r"(?<![czs])h"

_BEFOREHAND = {
    "uk": {"sh?ch": "щ", "kh": "х", _H_ALONE: "г", "yi": "ї", "[yi]e": "є", "i": "і", "g": "г"},
    "ru": {"sh?ch": "щ", "kh": "х", _H_ALONE: "х", "ie": "е", "ia": "я", "w": "в", "j": "ж"},
}
"""What cyrtranslit takes otherwise, replaced in this order before it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Respeller(Part):
    """Replaces text and pieces when the locale scores, which come before, say that it should."""

    def read(self, message: Message) -> None:
        """Leaves most messages as they are."""
        locale = _in_latin(message)
        if locale:
            message.set(TEXT, in_cyrillic(message.get(TEXT), locale))
            message.set(PIECES, [in_cyrillic(piece, locale) for piece in message.get(PIECES)])


def _in_latin(message: Message) -> str:
    """The locale that the message is likely in, if it is one of ours and in Latin letters; otherwise ""."""
    locale, score = next(iter((message.get(LOCALE_SCORES) or {}).items()), ("", 0.0))
    if locale not in _BEFOREHAND or score < LIKELY or script_of(message.get(TEXT)) != "LATIN":
        return ""
    return str(locale)


def in_cyrillic(text: str, locale: str) -> str:
    """A Latin spelling of Ukrainian or Russian in Cyrillic letters, as well as can be guessed."""
    spelled = text.casefold()
    for latin, cyrillic in _BEFOREHAND[locale].items():
        spelled = re.sub(latin, cyrillic, spelled)
    return str(cyrtranslit.to_cyrillic(spelled, "ru"))
