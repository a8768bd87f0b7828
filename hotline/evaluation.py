"""`hotline evaluate`: asks the box every evaluation question and writes the scorecard."""

import asyncio
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import Progress

from actions.decision import decide
from content.content import Content
from content.folder import load
from hotline.box import patient_client
from hotline.scorecard import MEASURES, Question, Result, markdown, share
from hotline.training import ROOT
from road.errors import SetupError
from road.locale import LOCALES
from road.settings import Settings
from road.understanding import Hints

QUESTIONS: Final = ROOT / "nlu" / "evaluation"
SCORECARD: Final = ROOT / "docs" / "scorecard.md"
KINDS: Final = ("topic", "out_of_scope", "not_urgent")
AT_ONCE: Final = 4


async def evaluate(settings: Settings, console: Console) -> None:
    """Writes docs/scorecard.md and prints its first lines."""
    content = load(settings.content_dir)
    questions = [question for path in sorted(QUESTIONS.glob("*.tsv")) for question in read_questions(path, content)]
    if not questions:
        raise SetupError(f"no evaluation questions in {QUESTIONS.relative_to(ROOT)}")
    results = await _results(questions, settings, content, console)
    SCORECARD.write_text(markdown(results), encoding="utf-8")
    for name, concerns, counts in MEASURES:
        found = share(results, (name, concerns, counts))
        console.print(f"{name:>22}  {found:.1%}" if found is not None else f"{name:>22}  -", highlight=False)
    console.print(f"written: {SCORECARD.relative_to(ROOT)}")


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


async def _results(questions: list[Question], settings: Settings, content: Content, console: Console) -> list[Result]:
    gate = asyncio.Semaphore(AT_ONCE)
    async with patient_client(settings, content) as client:
        with Progress(console=console) as progress:
            bar = progress.add_task("asking", total=len(questions))

            async def ask(question: Question) -> Result:
                async with gate:
                    understanding = await client.understand(question.text, Hints())
                progress.advance(bar)
                return Result(
                    question=question,
                    understanding=understanding,
                    decision=decide(question.text, understanding, content),
                    critical=content.topics[question.topic].critical,
                )

            return list(await asyncio.gather(*map(ask, questions)))
