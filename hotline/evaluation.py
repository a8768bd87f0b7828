"""`hotline evaluate`: asks the box every evaluation question, and writes the scorecard or compares with it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final

from rich.console import Console
from rich.progress import Progress
from rich.table import Column, Table

from actions.decision import decide
from content.content import Content
from content.folder import load
from hotline.box import trained_client
from hotline.evaluation_set import all_questions, copies
from hotline.paired import Change, changes, read_outcomes, write_outcomes
from hotline.scorecard import MEASURES, SPELLINGS, Question, Result, share
from hotline.scorecard_page import markdown
from hotline.training import ROOT
from nlu.client import UnderstandingClient
from road.errors import SetupError
from road.settings import Settings
from road.understanding import Hints

DOCS: Final = ROOT / "docs"
OUTCOMES: Final = DOCS / "scorecard.jsonl"
AT_ONCE: Final = 4

Ask = Callable[[Sequence[Question]], Awaitable[list[Result]]]


async def evaluate(settings: Settings, console: Console) -> None:
    """Writes docs/scorecard.md with its pictures and outcomes, and prints its first lines."""
    content = load(settings.content_dir)
    questions, copied = all_questions(content), copies()
    async with _asking(settings, content, console) as ask:
        results = await ask(questions)
        in_other_spellings = {spelling: await ask(copied[spelling]) for spelling in SPELLINGS}
    _draw(results)
    write_outcomes(OUTCOMES, results)
    page = markdown(results, in_other_spellings, massive=_massive())
    (DOCS / "scorecard.md").write_text(page, encoding="utf-8")
    for measure in MEASURES:
        found = share(results, measure)
        console.print(f"{measure.name:>22}  {'-' if found is None else f'{found:.1%}'}", highlight=False)
    console.print("written: docs/scorecard.md, docs/scorecard.jsonl, docs/images")


async def compare(settings: Settings, console: Console) -> bool:
    """Prints how the questions fare beside the committed scorecard; False when a loss is more than chance."""
    content, before = load(settings.content_dir), read_outcomes(OUTCOMES)
    async with _asking(settings, content, console) as ask:
        found = list(changes(before, await ask(all_questions(content))))
    if not found[0].questions:
        raise SetupError(f"{OUTCOMES.relative_to(ROOT)} knows none of the evaluation questions: run `make evaluate`")
    console.print(table_of(found))
    losses = [change for change in found if change.is_loss]
    for loss in losses:
        console.print(f"[red]lost by more than chance:[/red] {loss.measure}, {loss.locale}", highlight=False)
    return not losses


async def results_of(
    questions: Sequence[Question], client: UnderstandingClient, content: Content, console: Console
) -> list[Result]:
    """What a box makes of questions, in their order; shows progress."""
    gate = asyncio.Semaphore(AT_ONCE)
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


@asynccontextmanager
async def _asking(settings: Settings, content: Content, console: Console) -> AsyncIterator[Ask]:
    """Trains if needed; then questions can be asked."""
    async with trained_client(settings, content) as client:
        yield lambda questions: results_of(questions, client, content, console)


def _draw(results: Sequence[Result]) -> None:
    try:
        from hotline.scorecard_picture import draw  # noqa: PLC0415 - only developers have matplotlib
    except ModuleNotFoundError as error:
        raise SetupError("the scorecard's pictures need matplotlib: run `make setup`") from error
    draw(results, DOCS / "images")


def _massive() -> str:
    """The table of docs/massive.md, if there is one."""
    page = DOCS / "massive.md"
    lines = page.read_text(encoding="utf-8").splitlines() if page.exists() else []
    return "\n".join(line for line in lines if line.startswith("|"))


def table_of(found: Sequence[Change]) -> Table:
    """Both figures, and what changed between them."""
    table = Table(*map(_column, ("", "locale", "questions", "before", "now", "lost", "won", "chance")))
    for change in found:
        shares = (f"{count / max(change.questions, 1):.1%}" for count in (change.before, change.now))
        counts = (str(count) for count in (change.lost, change.won))
        table.add_row(change.measure, change.locale, str(change.questions), *shares, *counts, f"{change.chance:.3f}")
    return table


def _column(name: str) -> Column:
    return Column(name, no_wrap=True)
