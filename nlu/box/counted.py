"""Groups of letters within words, counted for many texts at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer


def counted(texts: Sequence[str], sizes: tuple[int, int]) -> tuple[NDArray[np.object_], csr_matrix]:
    """What scikit-learn counts with the analyzer `char_wb`, but NumPy does, and looks at each different word once.

    Args:
        texts: One of them has a word.
        sizes: How many letters the smallest and the largest groups have; four at most.

    Returns:
        The groups, sorted, and how often each text has them, one row a text.
    """
    words = CountVectorizer(analyzer=str.split, dtype=np.float32)
    occurrences = words.fit_transform(texts)
    groups, of_words = _groups([f" {word} " for word in words.get_feature_names_out()], sizes)
    return groups, occurrences @ of_words


def _groups(words: Sequence[str], sizes: tuple[int, int]) -> tuple[NDArray[np.object_], csr_matrix]:
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
    once = np.ones(len(start), dtype=np.float32)
    return groups, csr_matrix((once, (word[start], column)), shape=(len(words), len(different)))
