"""The evaluation questions: as they were written, and as they look from other keyboards."""

import csv
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from content.content import Content
from hotline.scorecard import SPELLINGS, Question
from hotline.training import ROOT, box_environment, box_python
from road.errors import SetupError
from road.locale import LOCALES

FOLDER: Final = ROOT / "nlu" / "evaluation"
KINDS: Final = ("topic", "out_of_scope", "not_urgent")


def all_questions(content: Content) -> list[Question]:
    """The questions of all locales.

    Raises:
        SetupError: There are none, or a line is malformed.
    """
    questions = [question for path in sorted(FOLDER.glob("*.tsv")) for question in read_questions(path, content)]
    if not questions:
        raise SetupError(f"no evaluation questions in {FOLDER.relative_to(ROOT)}")
    return questions


def read_questions(path: Path, content: Content) -> Iterator[Question]:
    """The questions of one locale.

    Raises:
        SetupError: A line is malformed; names file and line.
    """
    if path.stem not in LOCALES:
        raise SetupError(f"{path}: {path.stem!r} is not a locale of the hotline")
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=2):
            if row.get("kind") not in KINDS or row.get("topic") not in content.topics or not row.get("text"):
                raise SetupError(f"{path}:{number}: needs kind ({', '.join(KINDS)}), a topic of the catalogue and text")
            yield Question(locale=path.stem, kind=row["kind"], topic=row["topic"], text=row["text"])


def copies() -> dict[str, list[Question]]:
    """The questions that some topic answers in each of `SPELLINGS`, made by the box.

    Raises:
        SetupError: The box could not; it has said why.
    """
    command = [box_python(), "-m", "nlu.copies", str(FOLDER)]
    made = subprocess.run(command, cwd=ROOT, env=box_environment(), stdout=subprocess.PIPE, check=False)
    if made.returncode:
        raise SetupError("no copies of the evaluation questions in other spellings; the lines above say why")
    questions: dict[str, list[Question]] = {spelling: [] for spelling in SPELLINGS}
    for line in made.stdout.decode().splitlines():
        spelling, locale, topic, text = line.split("\t")
        questions[spelling].append(Question(locale=locale, kind="topic", topic=topic, text=text))
    return questions
