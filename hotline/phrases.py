"""Staff's urgent phrases, tried: which add nothing, which fire without danger, and how many dangers they find."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from content.content import Content
from content.proof import Proof
from content.urgent import Phrase, Phrases, read_phrases, words_of
from hotline.evaluation_set import FOLDER, read_questions
from hotline.scorecard import Question


class Placed(msgspec.Struct, frozen=True):
    """A phrase, as it was written, and where it stands below the content folder."""

    phrase: Phrase
    written: str
    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.written!r}"


class Asked(msgspec.Struct, frozen=True):
    """An evaluation question, and where it stands."""

    question: Question
    critical: bool
    where: str


def placed_phrases(folder: Path, content: Content) -> list[Placed]:
    """The phrases of all files, in order; lines with a fault, which `content check` names, are left out."""
    critical = {topic.id for topic in content.topics.values() if topic.critical}
    return [placed for path in sorted((folder / "urgent").glob("*.txt")) for placed in _of_file(path, critical)]


def asked_questions(content: Content, folder: Path = FOLDER) -> list[Asked]:
    """The evaluation questions of all locales.

    Raises:
        SetupError: A line is malformed.
    """
    return [
        Asked(question, content.topics[question.topic].critical, f"{path.name}:{line}")
        for path in sorted(folder.glob("*.tsv"))
        for line, question in enumerate(read_questions(path, content), start=2)
    ]


class Trial:
    """Some phrases, on trial together."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        self._placed = placed
        self._phrases = Phrases({one.phrase.words: one.phrase.topic for one in placed})
        self._first = {one.phrase: one for one in reversed(placed)}

    def standing_in(self, text: str) -> list[Placed]:
        """The phrases that a text holds, the one that decides first."""
        found = dict.fromkeys(self._phrases.all_in(words_of(text)))
        return [self._first[phrase] for phrase in sorted(found, key=lambda phrase: -len(phrase.words))]

    def redundant(self) -> Iterator[tuple[Placed, Placed]]:
        """Phrases that catch nothing beyond another one of their file with the same topic; and that other one."""
        for _, of_file in groupby(self._placed, key=lambda one: one.path):
            yield from Trial(list(of_file))._without_effect()

    def false_alarms(self, asked: Iterable[Asked]) -> Iterator[tuple[Placed, Asked]]:
        """Phrases that fire on questions out of scope, and on those that only sound like danger."""
        for one in asked:
            if one.question.kind != "topic":
                yield from ((placed, one) for placed in self.standing_in(one.question.text))

    def caught(self, asked: Iterable[Asked]) -> dict[str, tuple[int, int]]:
        """By locale: how many questions on critical topics some phrase catches, and how many there are."""
        dangers = [one.question for one in asked if one.critical and one.question.kind == "topic"]
        found = Counter(question.locale for question in dangers if self._phrases.topic_in(question.text))
        return {locale: (found[locale], total) for locale, total in Counter(q.locale for q in dangers).items()}

    def _without_effect(self) -> Iterator[tuple[Placed, Placed]]:
        for one in self._placed:
            others = [phrase for phrase in self._phrases.all_in(one.phrase.words) if phrase != one.phrase]
            longest = max(others, key=lambda phrase: len(phrase.words), default=None)
            if self._first[one.phrase] != one:
                yield one, self._first[one.phrase]
            elif longest and longest.topic == one.phrase.topic:
                yield one, self._first[longest]


def _of_file(path: Path, critical: set[str]) -> Iterator[Placed]:
    text = path.read_text(encoding="utf-8", errors="replace")
    lines = text.splitlines()
    for line, words, topic in read_phrases(text, Proof().sheet(path), critical):
        written = lines[line - 1].split("#")[0].partition("=")[0].strip()
        yield Placed(Phrase(words, topic), written, f"{path.parent.name}/{path.name}", line)
