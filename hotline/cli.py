"""The command `hotline`: what people type."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from content.folder import load as load_content
from hotline.account_commands import account_app
from hotline.asking import ask as ask_content
from hotline.box import patient_client
from hotline.content_commands import content_app
from hotline.evaluation import compare as compare_outcomes
from hotline.evaluation import evaluate as evaluate_content
from hotline.explanation import explain as explain_understanding
from hotline.explanation import show as show_explanation
from hotline.model_commands import model_app
from hotline.plainly import plainly
from hotline.question_commands import questions_app
from hotline.ready import open_items
from hotline.running import run as run_everything
from hotline.storing import store_at_once
from hotline.training import train as train_model
from hotline.understanding import report, reports
from road.account import Account
from road.errors import HotlineError, StoreError, UnderstandingFailed
from road.settings import Settings, load
from road.understanding import UNAVAILABLE, Hints
from store.interface import Store

T = TypeVar("T")
app = typer.Typer(help="A multilingual information hotline with people behind it.", no_args_is_help=True)
app.add_typer(content_app, name="content", help="The content files: check, publish, count.")
app.add_typer(model_app, name="model")
app.add_typer(questions_app, name="questions")
app.add_typer(account_app, name="account")
out = Console()


def settings() -> Settings:
    """The settings of this environment."""
    return load(os.environ)


@app.command()
@plainly
def run() -> None:
    """Runs everything on embedded parts and prints two links."""
    run_everything(settings(), out)


@app.command()
@plainly
def train() -> None:
    """Trains the model if questions or configuration changed."""
    train_model(settings().data_dir)


@app.command()
@plainly
def ready() -> None:
    """Lists what must be filled before the public is served."""
    here = settings()
    items = open_items(here, load_content(here.content_dir), asyncio.run(_staff()))
    for item in items:
        out.print(f"[yellow]open[/yellow]  {item}", highlight=False, soft_wrap=True)
    out.print(f"{len(items)} open" if items else "[green]ready[/green]")
    raise typer.Exit(1 if items else 0)


@app.command()
@plainly
def understand(
    text: Annotated[str, typer.Argument(help="A message; leave it out with --jsonl.")] = "",
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read JSON lines from standard input, write one for each.")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show which words carried the decision.")] = False,
    telegram_locale: Annotated[str | None, typer.Option(help="The language of the person's Telegram app.")] = None,
) -> None:
    """What the hotline makes of messages; nothing is stored or sent."""
    hints = Hints(client_locale=telegram_locale)
    if jsonl:
        asyncio.run(_understand_lines(explained=explain))
    else:
        asyncio.run(_explain_one(text, hints) if explain else _understand_one(text, hints))


@app.command()
@plainly
def ask(
    text: Annotated[str, typer.Argument(help="What a person writes.")],
    *,
    locale: Annotated[str, typer.Option(help="A language they chose, such as uk; else it is found.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="As Telegram would get it.")] = False,
) -> None:
    """Prints the replies a person would get."""
    messages = asyncio.run(_ask(text, locale))
    if as_json:
        sys.stdout.write(json.dumps(messages, ensure_ascii=False, indent=2) + "\n")
        return
    for message in messages:
        out.print(message["text"], markup=False, highlight=False, soft_wrap=True)
        for row in message["buttons"]:
            out.print("  " + "  ".join(f"[ {button['text']} ]" for button in row), markup=False, style="dim")


@app.command()
@plainly
def evaluate(
    *,
    compare: Annotated[
        bool, typer.Option("--compare", help="Write nothing; fail if questions fare worse than in the scorecard.")
    ] = False,
) -> None:
    """Trains if needed, scores the evaluation questions and writes docs/scorecard.md."""
    if not compare:
        asyncio.run(evaluate_content(settings(), out))
    elif not asyncio.run(compare_outcomes(settings(), out)):
        raise typer.Exit(1)


async def _with_store(deed: Callable[[Store], Awaitable[T]]) -> T:
    async with store_at_once(settings()) as store:
        return await deed(store)


async def _staff() -> Sequence[Account]:
    """All accounts; none while the hotline is not running, or was never started."""
    here = settings()
    if not (here.redis_url or here.data_dir.is_dir()):
        return ()
    try:
        return await _with_store(lambda store: store.accounts())
    except StoreError:
        return ()


async def _understand_lines(*, explained: bool) -> None:
    here = settings()
    content = load_content(here.content_dir)
    async with patient_client(here, content) as client:
        async for line in reports(sys.stdin, client.understand, content, explained=explained):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


async def _explain_one(text: str, hints: Hints) -> None:
    here = settings()
    content = load_content(here.content_dir)
    async with patient_client(here, content) as client:
        show_explanation(await explain_understanding(text, hints, client.understand, content), out)


async def _understand_one(text: str, hints: Hints) -> None:
    here = settings()
    content = load_content(here.content_dir)
    async with patient_client(here, content) as client:
        found = report(text, await client.understand(text, hints), content)
    out.print(
        f"{found['decision']}  {found['topic']}  ({found['locale']}, {found['locale_confidence']:.0%})", highlight=False
    )
    table = Table("topic", "confidence")
    for candidate in found["ranking"]:
        table.add_row(candidate["topic"], f"{candidate['confidence']:.1%}")
    out.print(table)


async def _ask(text: str, locale: str) -> list[dict[str, Any]]:
    here = settings()
    content = load_content(here.content_dir)
    if locale and locale not in content.languages:
        raise HotlineError(f"{locale!r} is not one of the hotline's locales: {', '.join(content.languages)}")
    async with patient_client(here, content) as client:
        try:
            understanding = await client.understand(text, Hints(chosen_locale=locale or None))
        except UnderstandingFailed:
            understanding = UNAVAILABLE
    return ask_content(text, locale, understanding, content, time.time())
