"""Utterances of MASSIVE: what people say to a voice assistant, in many languages, with the intent behind it."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COLUMNS = ["lang", "intent", "text"]


@dataclass(frozen=True)
class Utterance:
    """A line of the data."""

    language: str
    intent: str
    text: str


class NoBenchmarkError(Exception):
    """The data is not there, or is of another kind; the text says what to do."""


def read_utterances(path: Path) -> list[Utterance]:
    """All utterances of a file.

    Raises:
        NoBenchmarkError: There are none.
    """
    if not path.exists():
        raise NoBenchmarkError(f"{path} is missing; say where it is: make massive BENCHMARKS=FOLDER")
    utterances = list(_lines(path))
    if not utterances:
        raise NoBenchmarkError(f"{path}:1: no utterances; wanted are the columns {', '.join(COLUMNS)}")
    return utterances


def _lines(path: Path) -> Iterator[Utterance]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=2):
            values = [row.get(column) for column in COLUMNS]
            if not all(values):
                raise NoBenchmarkError(f"{path}:{number}: wanted are the columns {', '.join(COLUMNS)}")
            yield Utterance(*map(str, values))
