"""Length: how many words a text has, counted so that one limit holds for all languages."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from content.markdown import Block
from content.problem import Problem

WORD = re.compile(r"\w[\w’'ʼ\u200c-]*")

_AS_LONG_AS_ENGLISH: Final = {
    "ar": 0.93,
    "es": 1.08,
    "fr": 1.14,
    "hu": 0.95,
    "mn": 0.85,
    "ru": 0.96,
    "sq": 1.05,
    "sr": 0.96,
    "uk": 0.93,
    "ur": 1.23,
    "vi": 1.34,
}
"""Words of a translation for one of English: medians over 88 answers. Vietnamese writes each syllable apart."""


MOST_UNITS: Final = 4096
"""Characters of one Telegram message, in UTF-16 code units and without markup; a longer one is sent in parts."""

_ROOM_UNITS: Final = 700
"""For a notice above, and the lines on sources and review below."""

_LONGEST_VALUE: Final = 150


def words(blocks: Iterable[Block], locale: str) -> int:
    """Words as English would need them; values in placeholders do not count."""
    return words_for(sum(len(WORD.findall(block.words)) for block in blocks), locale)


def words_for(count: int, locale: str) -> int:
    """How many words English would need for so many of a locale."""
    return round(count / _AS_LONG_AS_ENGLISH.get(locale, 1.0))


def problem_of(blocks: Sequence[Block], rendered: Callable[[], str]) -> str | None:
    """Why an answer does not fit into one message.

    Args:
        rendered: Gives its visible text; asked only when the text may be too long.
    """
    if sum(len(block.words) + _LONGEST_VALUE * len(block.slots) for block in blocks) + _ROOM_UNITS <= MOST_UNITS:
        return None
    units = len(rendered().encode("utf-16-le")) // 2 + _ROOM_UNITS
    if units <= MOST_UNITS:
        return None
    count = units - MOST_UNITS
    sentence = f"{count:,} characters too long for one Telegram message; people would get it in parts"
    return Problem("too_long", sentence, count=count)
