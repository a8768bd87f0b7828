"""`hotline content …`: the commands of content staff."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

import content as content_room
from content import messages
from content.coverage import Coverage, coverage
from content.folder import load, proofread, read
from content.interface import path_of
from content.stamp import stamp
from content.warnings import warnings
from hotline.evaluation_set import FOLDER as EVALUATION
from hotline.exchange_commands import exchange_app
from hotline.phrases import Asked, Placed, Trial, asked_questions, placed_phrases
from hotline.publishing_commands import publishing_app
from road.errors import ContentError, HotlineError
from road.locale import SOURCE_LOCALE
from road.settings import Settings
from road.settings import load as load_settings

content_app = typer.Typer(help="The content files: check, publish, count.", no_args_is_help=True)
content_app.add_typer(publishing_app)
content_app.add_typer(exchange_app)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


@content_app.command()
def check() -> None:
    """Names every fault, one a line, and what editors should look at."""
    folder = _settings().content_dir
    content, faults = proofread(folder)
    english = content.interface.catalogues.get(SOURCE_LOCALE)
    missing = messages.missing(english, _asked()) if english else []
    faults += [ContentError(path_of(SOURCE_LOCALE), 0, f"{key}: missing; the code asks for it") for key in missing]
    _print(str(fault) for fault in faults)
    for reminder in warnings(content, date.today()):
        said = f"accepted {reminder}: {reminder.accepted}" if reminder.accepted else f"look at {reminder}"
        err.print(said, markup=False)
    if faults:
        raise typer.Exit(1)
    out.print(f"content {content.version}: no faults")


@content_app.command("coverage")
def show_coverage(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Counts answers, drafts, reviewed and stale ones in each locale."""
    counted = coverage(read(_settings().content_dir)[0])
    if as_json:
        print(json.dumps(counted))
    else:
        out.print(_table(counted))


@content_app.command("stamp")
def write_stamps(paths: Annotated[list[Path] | None, typer.Argument()] = None) -> None:
    """Notes in translations which English text they were made from.

    Without files: in those never stamped. With files: in these, after they were brought up to date.
    """
    folder = _settings().content_dir.resolve()
    with _plainly():
        wanted = [_below(folder, path) for path in paths or []]
        for path in stamp(folder, load(folder), wanted):
            out.print(f"stamped {path}")


@content_app.command("messages")
def complete_messages() -> None:
    """Adds the texts that the code asks for to every catalogue, empty, and names those that nothing asks for."""
    folder, asked = _settings().content_dir, _asked()
    for locale, added in messages.complete(folder, asked).items():
        out.print(f"{locale}: {added} added")
    english = read(folder)[0].interface.catalogues.get(SOURCE_LOCALE)
    for key in messages.unused(english, asked) if english else []:
        out.print(f"nothing asks for {key}")


@content_app.command("phrases")
def try_phrases(
    text: Annotated[str | None, typer.Option("--try", help="Only say which phrases stand in this text.")] = None,
) -> None:
    """Tries the urgent phrases: faults, phrases that add nothing, false alarms, and how many dangers they find."""
    folder = _settings().content_dir
    content, faults = read(folder)
    placed = placed_phrases(folder, content)
    if text is not None:
        found = [f"{one} = {one.phrase.topic}" for one in Trial(placed).standing_in(text)]
        _print(found or ["no urgent phrase"])
        return
    of_phrases = [str(fault) for fault in faults if fault.path.parts[0] == "urgent"]
    _print(of_phrases)
    with _plainly():
        _show_trial(placed, asked_questions(content, EVALUATION))
    if of_phrases:
        raise typer.Exit(1)


@contextmanager
def _plainly() -> Iterator[None]:
    """A mistake of the user ends a command with one line, not with a traceback."""
    try:
        yield
    except HotlineError as error:
        err.print(f"hotline: {error}", markup=False)
        raise typer.Exit(1) from error


def _settings() -> Settings:
    return load_settings(os.environ)


def _asked() -> messages.Asked:
    return messages.asked(Path(content_room.__file__).parents[1])


def _below(folder: Path, path: Path) -> str:
    """A file's path below the content folder, however it was typed."""
    whole = path.resolve()
    if not whole.is_relative_to(folder):
        raise ContentError(path, 0, f"is not below {folder}")
    return whole.relative_to(folder).as_posix()


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        out.print(line, markup=False)


def _show_trial(placed: Sequence[Placed], asked: Sequence[Asked]) -> None:
    trial = Trial(placed)
    _print(f"{one} adds nothing to {other}" for one, other in trial.redundant())
    alarms = list(trial.false_alarms(asked))
    _print(f"{one} fires on {asked.where}, {asked.question.kind}: {asked.question.text}" for one, asked in alarms)
    false = Counter(asked.question.locale for _, asked in alarms)
    table = Table("locale", "phrases", "dangers found", "false alarms")
    phrases = Counter(Path(one.path).stem for one in placed)
    for locale, (found, total) in trial.caught(asked).items():
        table.add_row(locale, str(phrases[locale]), f"{found} of {total} ({found / total:.0%})", str(false[locale]))
    out.print(table)


def _table(counted: Coverage) -> Table:
    table = Table(title=f"{counted['topics']} topics")
    for column in ("locale", "answers", "drafts", "reviewed", "stale"):
        table.add_column(column, justify="left" if column == "locale" else "right")
    for locale, counts in counted["locales"].items():
        table.add_row(locale, *map(str, counts.values()))
    return table
