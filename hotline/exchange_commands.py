"""`hotline content facts export`, `facts import`: values out to a spreadsheet and in again."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from content import batch, entry_edit, spreadsheet
from content.folder import load
from hotline.plainly import plainly
from road.errors import ContentError, SetupError
from road.settings import load as load_settings

exchange_app = typer.Typer()
facts_app = typer.Typer(help="Facts, lines and places as a spreadsheet.", no_args_is_help=True)
exchange_app.add_typer(facts_app, name="facts")
out = Console(highlight=False, soft_wrap=True)

Csv = Annotated[Path, typer.Argument(help="A CSV file.", show_default=False)]


@facts_app.command("export")
@plainly
def export_facts(file: Csv) -> None:
    """Writes all facts, lines and places into a spreadsheet."""
    _write(file, spreadsheet.export(load(_folder())))
    out.print(f"wrote {file}", markup=False)


@facts_app.command("import")
@plainly
def import_facts(file: Csv) -> None:
    """Writes what a spreadsheet changes into the files; all of it, or nothing when the checks refuse something."""
    folder = _folder()
    cells, faults = spreadsheet.read(_read(file), file.name, load(folder))
    _refuse(faults)
    texts = {path: (folder / path).read_bytes().decode() for path in {entry_edit.path_of(cell.entry) for cell in cells}}
    faults = batch.write(folder, entry_edit.rewritten(cells, texts))
    _refuse([entry_edit.located(fault, cells, file.name) for fault in faults])
    for cell in cells:
        out.print(f"{cell.entry}: {cell.column}: {cell.value or '(empty)'}", markup=False)
    out.print(f"{len(cells)} values changed")


def _refuse(faults: Sequence[ContentError]) -> None:
    """Ends the command when something is wrong, one line a fault."""
    for fault in faults:
        out.print(str(fault), markup=False)
    if faults:
        out.print("nothing was imported")
        raise typer.Exit(1)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SetupError(f"{file} cannot be read: {error.strerror}") from error


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError as error:
        raise SetupError(f"{file} cannot be written: {error.strerror}") from error


def _folder() -> Path:
    return load_settings(os.environ).content_dir
