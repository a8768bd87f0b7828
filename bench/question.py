"""What people ask in the bench: the evaluation questions, or the training questions where there are none yet."""

import csv
import itertools
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import yaml

from hotline.training import ROOT

DATA = ROOT / "nlu" / "data"
EVALUATION = ROOT / "nlu" / "evaluation"
SEED = 2
FIRST = 100_000


class Question(msgspec.Struct, frozen=True):
    """A message, the locale it is written in, and the topic it belongs to."""

    locale: str
    topic: str
    text: str


class Message(msgspec.Struct, frozen=True):
    """A question on its way; the number is a person of their own, and nobody else's in the run."""

    number: int
    question: Question


class Supply:
    """Questions without end, each under a number that was not used before."""

    def __init__(self, found: Sequence[Question]) -> None:
        self._messages = map(Message, itertools.count(FIRST), itertools.cycle(found))

    def take(self, count: int) -> list[Message]:
        """The next ones."""
        return list(itertools.islice(self._messages, count))


def questions() -> list[Question]:
    """All of them in an order that looks random and is always the same."""
    found = sorted(evaluation() or training(), key=lambda question: (question.locale, question.text))
    random.Random(SEED).shuffle(found)
    return found


def evaluation() -> list[Question]:
    """The questions that no model has seen."""
    return [question for path in sorted(EVALUATION.glob("*.tsv")) for question in _rows(path)]


def training(folder: Path = DATA) -> list[Question]:
    """The questions that the models learn from."""
    return [question for path in sorted(folder.glob("*/*.yml")) for question in _examples(path)]


def _rows(path: Path) -> Iterator[Question]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Question(path.stem, row["topic"], row["text"])


def _examples(path: Path) -> Iterator[Question]:
    for block in yaml.safe_load(path.read_bytes())["nlu"]:
        for line in block["examples"].splitlines():
            yield Question(path.parent.name, block["intent"], line.removeprefix("- ").strip())
