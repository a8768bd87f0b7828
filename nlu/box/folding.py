"""Views of a text in which differences that people don't type fall away."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_REPEATED = re.compile(r"(\w)\1{2,}")
_KEPT_MARKS = {"й": "й", "ї": "ї", "ё": "е"}
_ALIKE = (
    {"đ": "d", "ł": "l", "ø": "o", "ı": "i", "ـ": ""}
    | dict.fromkeys("ىی", "ي")
    | {"ک": "ك"}
    | dict.fromkeys("ہھةە", "ه")
)
"""Letters that Unicode does not take apart, and those that Arabic, Persian and Urdu keyboards write differently."""


def fold(text: str) -> str:
    """Case and accents folded, script kept; "й" and "ї" stay letters of their own."""
    folded = "".join(map(_fold_letter, text.casefold()))
    return _REPEATED.sub(r"\1\1", folded)


def latin(text: str) -> str:
    """The text in plain Latin letters, so that Cyrillic and Latin spellings of one word meet."""
    return fold("".join(map(_latin_letter, text.casefold())))


@lru_cache(maxsize=2**14)
def _fold_letter(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter in _KEPT_MARKS:
        return _KEPT_MARKS[letter]
    bare = "".join(mark for mark in unicodedata.normalize("NFD", letter) if not unicodedata.combining(mark))
    return _ALIKE.get(bare, bare)


@lru_cache(maxsize=2**14)
def _latin_letter(letter: str) -> str:
    return str(anyascii(letter))
