"""Urgent phrases: what staff know to mean danger, found without any model.

A phrase counts wherever its words stand in the text, in any spelling that people use on a phone: case, accents,
punctuation, invisible characters and drawn-out letters do not matter.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from content.proof import Sheet, nearest

DEFAULT_TOPIC = "emergency_immediate_danger"
"""The topic of a phrase that names none."""

BEGINNING, END = "^", "$"
"""Of the message: no word of a text, so that a phrase that has them stands alone in it."""

_APOSTROPHES = re.compile(r"['’‘ʼ`´ʹ]")
_REPEATED = re.compile(r"([^\W\d_])\1+")
_NOT_WORD = re.compile(r"[\W_]+")
_HAN = re.compile("([\u3400-\u9fff])")  # written without spaces: each character is a word

# Letters that Unicode does not take apart, and those that Arabic, Persian and Urdu keyboards write differently.
_ALIKE = {"đ": "d", "ł": "l", "ø": "o", "ı": "i"} | dict.fromkeys("ىی", "ي") | {"ک": "ك"} | dict.fromkeys("ہھةە", "ه")


class _Folding(dict[int, str]):
    """Which character becomes which; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        folded = "" if category in ("Mn", "Me", "Cf", "Cs") else " " if category == "Cc" else character
        self[code] = _ALIKE.get(character, folded)
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> list[str]:
    """The words of a text, with all that does not matter taken off."""
    letters = unicodedata.normalize("NFKD", text).casefold().translate(_FOLDING)
    letters = _REPEATED.sub(r"\1", _APOSTROPHES.sub("", letters))
    return _NOT_WORD.sub(" ", _HAN.sub(r" \1 ", letters)).split()


def words_of(text: str) -> list[str]:
    """The words of a message, between its beginning and its end."""
    return [BEGINNING, *fold(text), END]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What always means danger.

    Attributes:
        words: Folded; a `*` at the end of one stands for any ending.
    """

    words: tuple[str, ...]
    topic: str

    def __str__(self) -> str:
        return " ".join(self.words)


@dataclass(slots=True)
class _Node:
    """Phrases that have begun with the same words; `beginnings` are words with a `*`."""

    words: dict[str, "_Node"] = field(default_factory=dict)
    beginnings: dict[str, "_Node"] = field(default_factory=dict)
    phrase: Phrase | None = None

    def after(self, word: str) -> Iterator["_Node"]:
        """Where the phrases go on after a word."""
        if word in self.words:
            yield self.words[word]
        for length in {len(beginning) for beginning in self.beginnings}:
            if word[:length] in self.beginnings:
                yield self.beginnings[word[:length]]


class Phrases:
    """All urgent phrases, ready to be looked for."""

    def __init__(self, phrases: Mapping[tuple[str, ...], str]) -> None:
        self._root = _Node()
        for words, topic in phrases.items():
            self._plant(Phrase(words, topic))
        self._longest_phrase = max(map(len, phrases), default=0)

    def topic_in(self, text: str) -> str | None:
        """The topic of the longest phrase in a text, or None."""
        longest = self.longest_in(words_of(text))
        return longest.topic if longest else None

    def longest_in(self, words: Sequence[str]) -> Phrase | None:
        """The phrase that decides among these words (`words_of`): of several of one length the first."""
        return max(self.all_in(words), key=lambda phrase: len(phrase.words), default=None)

    def all_in(self, words: Sequence[str]) -> Iterator[Phrase]:
        """Every phrase that stands in these words (`words_of`), in their order."""
        for start in range(len(words)):
            yield from self._from(words, start)

    def _from(self, words: Sequence[str], start: int) -> Iterator[Phrase]:
        nodes = [self._root]
        for word in words[start : start + self._longest_phrase]:
            nodes = [after for node in nodes for after in node.after(word)]
            if not nodes:
                return
            yield from (node.phrase for node in nodes if node.phrase)

    def _plant(self, phrase: Phrase) -> None:
        node = self._root
        for word in phrase.words:
            children = node.beginnings if word.endswith("*") else node.words
            node = children.setdefault(word.removesuffix("*"), _Node())
        node.phrase = phrase


def read_phrases(text: str, sheet: Sheet, critical: Collection[str]) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Line, folded words and topic of each phrase in a file; faults are marked.

    Args:
        critical: Ids of the critical topics.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        phrase, _, topic = line.split("#")[0].partition("=")
        if not phrase.strip() and not topic.strip():
            continue
        topic = topic.strip() or DEFAULT_TOPIC
        words = _words(phrase)
        if problem := _problem(phrase, words, topic, critical):
            sheet.mark(number, problem)
        else:
            yield number, words, topic


def _words(phrase: str) -> tuple[str, ...]:
    words: list[str] = []
    for part in phrase.split():
        folded = [part] if part in (BEGINNING, END) else fold(part)
        words += [*folded[:-1], folded[-1] + "*" * part.endswith("*")] if folded else []
    return tuple(words)


def _problem(phrase: str, words: Sequence[str], topic: str, critical: Collection[str]) -> str | None:
    if topic not in critical:
        return f"unknown critical topic {topic}{nearest(topic, critical)}"
    if not set(words) - {BEGINNING, END}:
        return f"{phrase.strip()!r} has no words"
    if any("*" in part.removesuffix("*") or part == "*" for part in phrase.split()):
        return "`*` stands only at the end of a word"
    if BEGINNING in words[1:] or END in words[:-1]:
        return f"`{BEGINNING}` stands only before the first word, `{END}` only behind the last"
    return None
