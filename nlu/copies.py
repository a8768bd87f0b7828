"""Prints the evaluation questions as other people would type them: python -m nlu.copies FOLDER.

One line a copy: spelling (accentless, latin or polite), locale, topic, text; tabs between. Only questions that some
topic answers are copied, and only where the other spelling differs; politely, one in four, in the words in which
evaluation questions of the same language greet and thank.
"""

import argparse
import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from nlu.box.courtesies import Courtesies
from nlu.box.scripts import script_of
from nlu.box.variants import in_latin_letters, without_accents

POLITE_ONE_IN = 4


def main(arguments: list[str] | None = None) -> int:
    """The copies of all files `<locale>.tsv` of a folder."""
    parser = argparse.ArgumentParser(prog="python -m nlu.copies", description=__doc__)
    parser.add_argument("folder", type=Path)
    for path in sorted(parser.parse_args(arguments).folder.glob("*.tsv")):
        for spelling, topic, text in copies(path):
            print(spelling, path.stem, topic, text, sep="\t")
    return 0


def copies(path: Path) -> Iterator[tuple[str, str, str]]:
    """Spelling, topic and text of each copy of a locale's questions."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["kind"] == "topic"]
    questions = [(row["topic"], row["text"]) for row in rows]
    courtesies = Courtesies.among(questions)
    for topic, text in questions:
        yield from ((spelling, topic, copy) for spelling, copy in _spelled(text, path.stem))
        yield from (("polite", topic, copy) for copy in courtesies.around(topic, text, one_in=POLITE_ONE_IN))


def _spelled(text: str, locale: str) -> Iterator[tuple[str, str]]:
    """The chance of a spelling hangs on the text alone, so that an edit of one question leaves all other copies."""
    if without_accents(text) != text.casefold():
        yield "accentless", without_accents(text)
    if script_of(text) != "LATIN":
        yield "latin", in_latin_letters(text, locale, random.Random(text))


if __name__ == "__main__":
    sys.exit(main())
