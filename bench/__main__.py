"""`python -m bench [--only a,b,c,d,e,f]`: measures, prints the tables and writes docs/performance.md.

a: the whole road, b: an echo bot, c: a stock Rasa assistant, d: our training, e: understanding alone,
f: the desk.
"""

import argparse
import asyncio
import os
import platform
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bench import desk, echo, page, road, stock, training, understanding
from bench.figures import Figures, Machine, keep, kept
from bench.program import BenchFailed
from bench.question import Supply, questions
from bench.tables import rich, tables
from bench.trial import Say
from hotline.training import ROOT
from road.errors import HotlineError

Part = Callable[[Figures, Supply, Say], Awaitable[None]]


async def _road(figures: Figures, supply: Supply, say: Say) -> None:
    figures.road = await road.measure(supply, say)


async def _echo(figures: Figures, supply: Supply, say: Say) -> None:
    figures.echo = await echo.measure(supply, say)


async def _stock(figures: Figures, supply: Supply, say: Say) -> None:
    figures.stock, figures.stock_training = await stock.measure(supply, say)


async def _training(figures: Figures, _supply: Supply, say: Say) -> None:
    figures.training = await training.measure(say)


async def _understanding(figures: Figures, supply: Supply, say: Say) -> None:
    figures.understanding = await understanding.measure(supply, say)


async def _desk(figures: Figures, _supply: Supply, say: Say) -> None:
    figures.desk = await desk.measure(say)


PARTS: dict[str, tuple[str, Part]] = {
    "a": ("the whole road", _road),
    "b": ("echo bot", _echo),
    "c": ("stock Rasa", _stock),
    "d": ("training", _training),
    "e": ("understanding", _understanding),
    "f": ("the desk", _desk),
}


def main() -> int:
    """1 when a part could not be measured, 130 when it was told to end."""
    signal.signal(signal.SIGTERM, _end)
    console, chosen = Console(), _chosen()
    try:
        figures = asyncio.run(_measure(chosen, console))
    except KeyboardInterrupt:
        console.print("ended; the parts that were measured are kept")
        return 130
    except (BenchFailed, HotlineError) as error:
        console.print("[red]bench:[/red]", escape(str(error)), highlight=False)
        return 1
    page.write(figures)
    for table in tables(figures):
        console.print(rich(table))
    console.print(f"written: {page.PAGE.relative_to(ROOT)}, {page.PICTURE.relative_to(ROOT)}")
    return 0


async def _measure(chosen: str, console: Console) -> Figures:
    """Each part is kept as soon as it is there."""
    figures, supply = kept(), Supply(questions())
    figures.machine = _machine()
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console) as progress:
        for part in chosen:
            title, measure = PARTS[part]
            task = progress.add_task(title, total=1)
            await measure(figures, supply, lambda doing: progress.update(task, description=f"{title}: {doing}"))  # noqa: B023
            progress.update(task, description=title, completed=1)
            keep(figures)
    return figures


def _chosen() -> str:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure again; the others are kept")
    letters = "".join(parser.parse_args().only.split(","))
    if unknown := set(letters) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    return letters


def _machine() -> Machine:
    return Machine(
        cores=len(os.sched_getaffinity(0)),
        processor=_processor(),
        python=platform.python_version(),
        day=datetime.now(UTC).date().isoformat(),
        load_before=os.getloadavg()[0],
    )


def _processor() -> str:
    """As Linux names it."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
