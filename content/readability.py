"""Readability: LIX, and sentences too long to be read in one go."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from content.length import WORD, words_for
from content.markdown import Block
from content.problem import Problem

HARD_FROM: Final[Mapping[str, int]] = {"en": 36, "es": 46, "fr": 46, "ru": 54}
"""LIX of a text that is hard to read, where the formula was studied (Björnsson 1983, eleven languages).

Just above the hardest of 88 real answers in each, which were written for people with little schooling.
"""

LONGEST_SENTENCE: Final = 30
"""Words, as English would need them."""

_FEWEST_WORDS: Final = 50
"""The formula says nothing about less."""

_LONG_LETTERS: Final = 6
_SENTENCE_ENDS = re.compile(r"[.!?؟۔:;]+(?:\s|$)|\n")


def problems_of(blocks: Sequence[Block], locale: str) -> Iterator[str]:
    """Why a text is hard to read."""
    sentences = list(_sentences(blocks))
    if (
        locale in HARD_FROM
        and sum(map(len, sentences)) >= _FEWEST_WORDS
        and (found := lix(sentences)) >= HARD_FROM[locale]
    ):
        sentence = f"LIX {found:.0f}, hard from {HARD_FROM[locale]}; take shorter words and sentences"
        yield Problem("hard_words", sentence, index=round(found), hard=HARD_FROM[locale])
    longest = max(sentences, key=len, default=[])
    if (count := words_for(len(longest), locale)) > LONGEST_SENTENCE:
        begins = " ".join(longest[:4])
        yield Problem(
            "long_sentence", f"a sentence of {count} words, {begins!r} …; make two of it", count=count, begins=begins
        )


def lix(sentences: Sequence[Sequence[str]]) -> float:
    """Words a sentence, and long words in a hundred."""
    words = [word for sentence in sentences for word in sentence]
    return len(words) / len(sentences) + 100 * sum(len(word) > _LONG_LETTERS for word in words) / len(words)


def _sentences(blocks: Sequence[Block]) -> Iterator[list[str]]:
    for block in blocks:
        for sentence in _SENTENCE_ENDS.split(block.words):
            if words := WORD.findall(sentence):
                yield words
