"""Words, pairs of them, and groups of letters within them, counted for many texts at once by NumPy.

The names and numbers are those of scikit-learn's `CountVectorizer`, in less than half of its time.
"""

import re
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

WORD = re.compile(r"(?u)\w+")


class Counted(NamedTuple):
    """What was found, and how often each text has it, one row a text."""

    names: NDArray[np.object_]
    times: csr_matrix


class _Spoken(NamedTuple):
    """Texts as numbers of words.

    Attributes:
        words: All different ones, in the order in which they are met.
        word: The number of each word as it comes, of one text after the other.
        text: The number of the text in which that is.
        texts: How many there are.
    """

    words: Sequence[str]
    word: NDArray[np.int64]
    text: NDArray[np.int64]
    texts: int

    @classmethod
    def of(cls, said: Sequence[Sequence[str]]) -> "_Spoken":
        """Of the words of each text."""
        words = list(dict.fromkeys(chain.from_iterable(said)))
        number = {word: at for at, word in enumerate(words)}
        each = np.fromiter(map(number.__getitem__, chain.from_iterable(said)), dtype=np.int64)
        return cls(words, each, np.repeat(np.arange(len(said)), list(map(len, said))), len(said))

    def counted(self) -> Counted:
        """The words."""
        times = _times(self.text, self.word, (self.texts, len(self.words)))
        return Counted(np.asarray(self.words, dtype=object), times)

    def counted_pairs(self) -> Counted:
        """Pairs of words that follow each other."""
        follows = np.flatnonzero(self.text[:-1] == self.text[1:])
        code = self.word[follows] * len(self.words) + self.word[follows + 1]
        different, column = np.unique(code, return_inverse=True)
        firsts, seconds = np.divmod(different, max(len(self.words), 1))
        names = [f"{self.words[one]} {self.words[other]}" for one, other in zip(firsts, seconds, strict=True)]
        times = _times(self.text[follows], column, (self.texts, len(names)))
        return Counted(np.asarray(names, dtype=object), times)


def counted_words(texts: Sequence[str]) -> Counted:
    """Words, and pairs of words that follow each other, as the analyzer `word` finds them."""
    spoken = _Spoken.of(list(map(WORD.findall, texts)))
    words, pairs = spoken.counted(), spoken.counted_pairs()
    return Counted(np.concatenate([words.names, pairs.names]), hstack([words.times, pairs.times], format="csr"))


def counted_letters(texts: Sequence[str], sizes: tuple[int, int]) -> Counted:
    """Groups of letters, as the analyzer `char_wb` finds them, sorted; each different word is looked at once.

    Args:
        texts: One of them has a word.
        sizes: How many letters the smallest and the largest groups have; four at most.
    """
    words, occurrences = _Spoken.of([text.split() for text in texts]).counted()
    groups, of_words = _groups([f" {word} " for word in words], sizes)
    return Counted(groups, occurrences @ of_words)


def _groups(words: Sequence[str], sizes: tuple[int, int]) -> Counted:
    """The same of single words. A group is a number here, its letters are digits, and a shorter one ends in zeros."""
    text, (smallest, largest) = "".join(words), sizes
    alphabet, letters = np.unique(np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32), return_inverse=True)
    word = np.repeat(np.arange(len(words)), [len(word) for word in words])
    base, number = len(alphabet) + 1, np.zeros(len(text), dtype=np.int64)
    found = []
    for size in range(1, largest + 1):
        number = number[: len(text) - size + 1] * base + letters[size - 1 :] + 1
        starts = np.flatnonzero(word[: len(number)] == word[size - 1 :])
        if size >= smallest:
            found.append((starts, number[starts] * base ** (largest - size), np.full(len(starts), size)))
    start, code, length = map(np.concatenate, zip(*found, strict=True))
    different, first, column = np.unique(code, return_index=True, return_inverse=True)
    groups = np.asarray([text[start[at] : start[at] + length[at]] for at in first], dtype=object)
    return Counted(groups, _times(word[start], column, (len(words), len(different))))


def _times(row: NDArray[np.int64], column: NDArray[np.int64], shape: tuple[int, int]) -> csr_matrix:
    return csr_matrix((np.ones(len(row), dtype=np.float32), (row, column)), shape=shape)
