"""Ukrainian and Russian typed in Latin letters, brought back into their own."""

import re

import cyrtranslit

_H_ALONE = r"(?<![czs])h"

_BEFOREHAND = {
    "uk": {"sh?ch": "щ", "kh": "х", _H_ALONE: "г", "yi": "ї", "[yi]e": "є", "i": "і", "g": "г"},
    "ru": {"sh?ch": "щ", "kh": "х", _H_ALONE: "х", "ie": "е", "ia": "я", "w": "в", "j": "ж"},
}
"""What cyrtranslit takes otherwise, replaced in this order before it."""

IN_LATIN = frozenset(_BEFOREHAND)
"""Locales of Cyrillic letters that people also type in Latin ones."""


def in_cyrillic(text: str, locale: str) -> str:
    """A Latin spelling of Ukrainian or Russian in Cyrillic letters, as well as can be guessed."""
    spelled = text.casefold()
    for latin, cyrillic in _BEFOREHAND[locale].items():
        spelled = re.sub(latin, cyrillic, spelled)
    return str(cyrtranslit.to_cyrillic(spelled, "ru"))
