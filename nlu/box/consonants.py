"""What Arabic, Persian and Urdu words have in common in either script: their consonants.

People type these languages in Latin letters too (*mikham, 3ayez, shukriya*), each in a way of their own, with vowels
that their own script leaves out. Consonants are what both spellings share.
"""

import re
from collections.abc import Iterator

from nlu.box.scripts import script_of

LOCALES = frozenset({"ar", "fa", "ur"})

_OF_LETTER = {
    letter: consonant
    for consonant, letters in {
        "b": "بپ",
        "t": "تطٹ",
        "s": "ثسص",
        "j": "ج",
        "c": "چ",
        "x": "خ",
        "d": "دڈض",
        "z": "ذزژظ",
        "r": "رڑ",
        "S": "ش",
        "g": "غگ",
        "f": "ف",
        "k": "قکك",
        "l": "ل",
        "m": "م",
        "n": "نں",
        "w": "و",
        "y": "يیے",
        "": "اأإآىئؤءعحهہةھ",
    }.items()
    for letter in letters
}
"""Letters that sound alike, or are typed alike, are one; breathings fall away with the vowels."""

_SOUNDS = {
    "sh": "S", "ch": "c", "kh": "x", "gh": "g", "th": "t", "dh": "d", "ph": "b", "zh": "z", "7'": "x", "3'": "g",
    "ck": "k", "p": "b", "q": "k", "v": "w", "c": "k", "5": "x", "6": "t", "9": "s", "8": "k",
}  # fmt: skip
_LATIN_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_SILENT = frozenset("aeiouh237'’")
_REPEATED = re.compile(r"(\w)\1+")


def consonants(text: str, languages: Iterator[str]) -> str:
    """The text's words by their consonants; "" where none of these languages is the likeliest of ours.

    Args:
        languages: Codes, likeliest first.
    """
    if next(languages, "") not in LOCALES:
        return ""
    spelled = _of_arabic(text) if script_of(text) == "ARABIC" else _of_latin(text.casefold())
    return " ".join(_REPEATED.sub(r"\1", spelled).split())


def _of_arabic(text: str) -> str:
    return "".join(_OF_LETTER.get(character, character if character.isalnum() else " ") for character in text)


def _of_latin(text: str) -> str:
    sounds = _LATIN_SOUND.sub(lambda found: _SOUNDS[found[0]], text)
    return "".join(_kept(character) for character in sounds)


def _kept(character: str) -> str:
    if character in _SILENT:
        return ""
    return character if character.isalnum() else " "
