"""The words that people mean who type without a language's own letters: accents left out, or Latin for Cyrillic.

A hidden Markov model: what is typed is seen, the known words that may be meant are hidden, and how often one follows
another in the training questions says which they are (Viterbi). Source: docs/decisions/0021.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from operator import itemgetter
from typing import Any, NamedTuple, Optional

import numpy as np
from anyascii import anyascii

from nlu.box.folding import fold
from nlu.box.scripts import script_of

LOCALES = ("hu", "sq", "fr", "sr", "es", "vi", "mn")
"""Languages in which words are found again."""

PAIRED = 0.8
"""Weight of what a word is seen to follow; the rest is how often it is seen at all."""

MISSPELT = 1.4
"""What a letter that is typed and not meant, or the other way round, costs in logarithms of probability."""

MOST_CANDIDATES = 12
"""The commonest words of a spelling; a Mongolian one of two consonants has fifty."""

KEPT = ("words", "times", "pairs", "pair_times")
"""Names of what is kept of a language."""

_UNSEEN, _UNSEEN_WORDS = 0.1, 1000
_START = ""
_NOTHING: Mapping[str, float] = {}
_SCORE = itemgetter(0)
_WORD = re.compile(r"[^\W\d_]+")
_MONGOLIAN = str.maketrans(
    {"х": "h", "ө": "o", "ү": "u", "ж": "j", "й": "i", "э": "e", "ь": "", "ы": "i", "ц": "c", "щ": "sh", "ъ": ""}
)
_MONGOLIAN_SOUNDS = {"kh": "h", "x": "h", "ts": "c", "ch": "q", "sh": "s", "j": "z", "w": "v"}
_SOUND = re.compile("|".join(sorted(_MONGOLIAN_SOUNDS, key=len, reverse=True)))
_MONGOLIAN_ALONE = "өү"
_ON_RUSSIAN_KEYS = str.maketrans(_MONGOLIAN_ALONE, "оу")

_VOWELS = re.compile("[aeiouyv]")
_DOUBLED = re.compile(r"(\w)\1+")


class _Path(NamedTuple):
    """The likeliest words up to one of those that may be meant, and the logarithm of how likely they are."""

    score: float
    word: str
    before: Optional["_Path"]


class Counts(NamedTuple):
    """What is learned of a language.

    Attributes:
        alone: How often each word was seen; the empty one begins each question.
        pairs: How often one followed another.
    """

    alone: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, texts: Iterable[str], locale: str) -> "Counts":
        """Of the texts of the language that are written with its own letters."""
        alone: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            if _teaches(text, locale):
                words = [_START, *_words(unicodedata.normalize("NFC", text))]
                alone.update(words)
                pairs.update(pairwise(words))
        return cls(alone, pairs)

    @classmethod
    def restored(cls, learned: Mapping[str, Any]) -> "Counts":
        """From what `kept` gave."""
        words, times = learned["words"], learned["times"].tolist()
        firsts, seconds = (numbers.tolist() for numbers in np.divmod(learned["pairs"], max(len(words), 1)))
        pairs = ((words[one], words[two]) for one, two in zip(firsts, seconds, strict=True))
        return cls(dict(zip(words, times, strict=True)), dict(zip(pairs, learned["pair_times"].tolist(), strict=True)))

    def kept(self) -> dict[str, Any]:
        """What `restored` takes: words, pairs by their places (the first times the count of words, plus the second)."""
        number = {word: at for at, word in enumerate(self.alone)}
        codes = [number[one] * len(number) + number[following] for one, following in self.pairs]
        return {
            "words": list(self.alone),
            "times": np.fromiter(self.alone.values(), dtype=np.int32),
            "pairs": np.asarray(codes, dtype=np.int64),
            "pair_times": np.fromiter(self.pairs.values(), dtype=np.int32),
        }


class KnownWords:
    """The words of one language."""

    def __init__(self, locale: str, counts: Counts) -> None:
        self._locale = locale
        self._meant = _meant(counts.alone, locale)
        self._latin = {word: _in_latin(word, locale) for word in counts.alone} if locale == "mn" else {}
        seen = sum(counts.alone.values()) + _UNSEEN_WORDS
        share = {word: (1 - PAIRED) * (times + _UNSEEN) / seen for word, times in counts.alone.items()}
        self._alone = {word: math.log(alone) for word, alone in share.items()}
        self._unseen = math.log((1 - PAIRED) * _UNSEEN / seen)
        self._after: dict[str, dict[str, float]] = defaultdict(dict)
        for (one, word), times in counts.pairs.items():
            self._after[word][one] = math.log(PAIRED * times / counts.alone[one] + share[word])

    def spelled(self, text: str) -> str:
        """The text with its words as the language spells them; as it is where one has the language's own letters."""
        if not is_without(text, self._locale):
            return text
        text = unicodedata.normalize("NFC", text)
        paths = [_Path(0.0, _START, None)]
        for typed in _words(text):
            paths = [self._longer(paths, word, cost) for word, cost in self._candidates(typed)]
        meant = _backwards(max(paths, key=_SCORE))
        return _WORD.sub(lambda found: _as_large(meant.pop(), found[0]), text)

    def _candidates(self, typed: str) -> list[tuple[str, float]]:
        """The words that may be meant, and what their other spelling costs; the typed one if none is known."""
        known = self._meant.get(_spellings(typed, self._locale)[0]) or [typed]
        if len(known) == 1:
            return [(known[0], 0.0)]  # whatever it cost, it would cost on every path
        spelled = _in_latin(typed, self._locale)
        return [(word, MISSPELT * _apart(spelled, self._latin.get(word, spelled))) for word in known]

    def _longer(self, paths: Sequence[_Path], word: str, cost: float) -> _Path:
        """The likeliest of the paths with one more word."""
        after, alone = self._after.get(word, _NOTHING), self._alone.get(word, self._unseen)
        score, before = max(((path.score + after.get(path.word, alone), path) for path in paths), key=_SCORE)
        return _Path(score - cost, word, before)


def _meant(alone: Mapping[str, int], locale: str) -> Mapping[str, Sequence[str]]:
    """The words by what may be typed for them, commonest first."""
    meant: dict[str, list[str]] = defaultdict(list)
    for word in sorted(alone, key=lambda word: (-alone[word], word)):
        for spelling in _spellings(word, locale) if word else ():
            if len(same := meant[spelling]) < MOST_CANDIDATES:
                same.append(word)
    return dict(meant)


def _apart(one: str, other: str) -> int:
    """How many letters only one of them has."""
    if one == other:
        return 0
    same = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return len(one) + len(other) - 2 * same


def _backwards(path: _Path) -> list[str]:
    """The words of a path, last one first."""
    words = []
    while path.before:
        words.append(path.word)
        path = path.before
    return words


def is_without(text: str, locale: str) -> bool:
    """Whether a text has none of the letters that its language has and a plain keyboard has not."""
    if text.isascii():
        return True
    letters = set(unicodedata.normalize("NFC", text).casefold())
    return letters.isdisjoint(_MONGOLIAN_ALONE) if locale == "mn" else all(fold(letter) == letter for letter in letters)


def _teaches(text: str, locale: str) -> bool:
    """Whether its words can be taken as they stand; much Mongolian needs no letter that a Russian keyboard has not."""
    return script_of(text) == "CYRILLIC" if locale == "mn" else not is_without(text, locale)


def _words(text: str) -> Iterator[str]:
    return (found[0].casefold() for found in _WORD.finditer(text))


def _as_large(word: str, typed: str) -> str:
    return word.capitalize() if typed[0].isupper() else word


def _spellings(word: str, locale: str) -> Sequence[str]:
    """What a word is found by, first as it is typed: without accents, and in Mongolian by consonants in Latin letters.

    Vowels everybody spells in a way of their own there.
    """
    if locale != "mn":
        return (fold(word),)
    consonants = _VOWELS.sub("", _SOUND.sub(lambda found: _MONGOLIAN_SOUNDS[found[0]], _in_latin(word, locale)))
    by_sound = _DOUBLED.sub(r"\1", consonants)
    return (by_sound,) if word.isascii() else (word.translate(_ON_RUSSIAN_KEYS), by_sound)


def _in_latin(word: str, locale: str) -> str:
    return str(anyascii(word.translate(_MONGOLIAN))) if locale == "mn" else fold(word)
