"""`hotline content export`, `import`: answers out to translators and in again; `facts …`: values as a spreadsheet."""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from content import entry_edit, exchange, spreadsheet
from content.door import Change, Door
from content.folder import load
from hotline.login_name import login_name
from hotline.plainly import plainly
from road.errors import ContentError, EditRefused, SetupError
from road.settings import load as load_settings

exchange_app = typer.Typer()
facts_app = typer.Typer(help="Facts, lines and places as a spreadsheet.", no_args_is_help=True)
exchange_app.add_typer(facts_app, name="facts")
out = Console(highlight=False, soft_wrap=True)

err = Console(stderr=True, highlight=False, soft_wrap=True)

Po = Annotated[Path, typer.Argument(help="A PO file.", show_default=False)]
Csv = Annotated[Path, typer.Argument(help="A CSV file.", show_default=False)]


@exchange_app.command("export")
@plainly
def export_locale(
    locale: Annotated[str, typer.Argument(help="Which translations.", show_default=False)],
    file: Annotated[Path, typer.Option("--out", help="The PO file to write.", show_default=False)],
) -> None:
    """Writes a locale's answers into a PO file for Weblate, Poedit or OmegaT."""
    _write(file, exchange.export(_door().draft(), locale, _folder(), time.time()))
    out.print(f"wrote {file}", markup=False)


@exchange_app.command("import")
@plainly
def import_locale(file: Po) -> None:
    """Writes a PO file's finished answers into their files; all, or nothing when the checks refuse something."""
    try:
        taken = exchange.take_in(_door(), _folder(), exchange.Sent(file.name, _read(file)), by=login_name())
    except EditRefused as error:
        _refuse(error.faults)
    else:
        for pair in taken.written:
            out.print(f"wrote {pair.path}", markup=False)
        for left in taken.left:
            err.print(f"left as it is: {left}", markup=False)
        out.print(f"{len(taken.written)} answers changed")


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
    changed = entry_edit.rewritten(cells, texts)
    faults = _save(Change(what=f"{len(cells)} values from {file.name}", texts=changed))
    _refuse([entry_edit.located(fault, cells, file.name) for fault in faults])
    for cell in cells:
        out.print(f"{cell.entry}: {cell.column}: {cell.value or '(empty)'}", markup=False)
    out.print(f"{len(cells)} values changed")


def _save(change: Change) -> Sequence[ContentError]:
    """Lets an import in by the door that editors use; the faults for which it was refused."""
    try:
        _door().save(lambda _: change, login_name())
    except EditRefused as error:
        return error.faults
    return ()


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


def _door() -> Door:
    settings = load_settings(os.environ)
    return Door(settings.content_dir, settings.data_dir)


def _folder() -> Path:
    return load_settings(os.environ).content_dir
