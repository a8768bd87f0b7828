"""A language in letters of its own, whatever keyboard it was typed on, which words and vectors know best."""

import re
import unicodedata

import cyrtranslit

from nlu.box.scripts import script_of

_H_ALONE = r"(?<![czs])h"

_BEFOREHAND = {
    "uk": {"sh?ch": "щ", "kh": "х", _H_ALONE: "г", "yi": "ї", "[yi]e": "є", "i": "і", "g": "г"},
    "ru": {"sh?ch": "щ", "kh": "х", _H_ALONE: "х", "ie": "е", "ia": "я", "w": "в", "j": "ж"},
}
"""What cyrtranslit takes otherwise, replaced in this order before it."""

IN_LATIN = frozenset(_BEFOREHAND)
"""Locales of Cyrillic letters that people also type in Latin ones, from which they are brought back."""

_KEYBOARDS = {
    "ar": str.maketrans("یکہھے", "يكههي"),
    "fa": str.maketrans("يىكہھةے", "ییکهههی"),
    "ur": str.maketrans("يىكهة", "ییکہہ"),
}
"""Letters that look alike and that one keyboard of Arabic script gives for another's."""

_TATWEEL = "ـ"


def in_own_letters(text: str, locale: str) -> str:
    """A text of a known language as most of its writers would spell it; most texts stay as they are.

    Ukrainian and Russian come back from Latin letters as well as can be guessed; Serbian, of which either script says
    the same, is read in Latin; Arabic, Persian and Urdu lose their vowel marks and take their own keyboard's letters.
    """
    if locale in _KEYBOARDS:
        return "".join(filter(_is_read, text)).translate(_KEYBOARDS[locale])
    script = script_of(text) if locale in IN_LATIN or locale == "sr" else None
    if script == "LATIN" and locale in IN_LATIN:
        return in_cyrillic(text, locale)
    return str(cyrtranslit.to_latin(text, "sr")) if script == "CYRILLIC" and locale == "sr" else text


def in_cyrillic(text: str, locale: str) -> str:
    """A Latin spelling of Ukrainian or Russian in Cyrillic letters, as well as can be guessed."""
    spelled = text.casefold()
    for latin, cyrillic in _BEFOREHAND[locale].items():
        spelled = re.sub(latin, cyrillic, spelled)
    return str(cyrtranslit.to_cyrillic(spelled, "ru"))


def _is_read(character: str) -> bool:
    return character != _TATWEEL and unicodedata.category(character) != "Mn"
