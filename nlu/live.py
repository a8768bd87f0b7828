"""Which model of a folder is served: `live` in it says so, a line for each time that one was put to use.

A line names the model, and the newest one there was at that time: a choice holds until the questions change again.
The last line counts. Both sides read it: the box when it starts, `hotline model` and `hotline run`.
"""

import os
from pathlib import Path
from typing import NamedTuple

LIVE = "live"
KEPT = 50
"""Lines that are kept for going back."""


class Choice(NamedTuple):
    """A line of the record.

    Attributes:
        model: The file that is served.
        newest: The newest file when it was chosen.
    """

    model: str
    newest: str


def models_in(folder: Path) -> list[Path]:
    """All models, the one that was trained or confirmed last first."""
    return sorted(folder.glob("*.tar.gz"), key=lambda model: model.stat().st_mtime, reverse=True)


def newest_model(folder: Path) -> Path | None:
    """The model that was trained or confirmed last."""
    return next(iter(models_in(folder)), None)


def live_model(folder: Path) -> Path | None:
    """The model to serve: the last choice whose file is still there, else the newest."""
    there = (folder / choice.model for choice in reversed(choices(folder)))
    return next((model for model in there if model.is_file()), None) or newest_model(folder)


def model_before(folder: Path) -> Path | None:
    """The model that was live before the one that is."""
    live = live_model(folder)
    there = (folder / choice.model for choice in reversed(choices(folder)))
    return next((model for model in there if model.is_file() and model != live), None)


def choices(folder: Path) -> list[Choice]:
    """The record, oldest line first; a malformed line is none."""
    record = folder / LIVE
    lines = record.read_text(encoding="utf-8").splitlines() if record.is_file() else []
    return [Choice(*words) for line in lines if len(words := line.split()) == len(Choice._fields)]


def choose(model: Path) -> None:
    """Records that a model is served from now on."""
    folder = model.parent
    newest = newest_model(folder) or model
    kept = [*choices(folder), Choice(model.name, newest.name)][-KEPT:]
    new = folder / f".{LIVE}"
    new.write_text("".join(f"{' '.join(choice)}\n" for choice in kept), encoding="utf-8")
    os.replace(new, folder / LIVE)


def follow_questions(folder: Path) -> None:
    """Chooses the newest model, unless the last choice was made while it was the newest already."""
    newest, made = newest_model(folder), choices(folder)
    if newest and (not made or made[-1].newest != newest.name):
        choose(newest)
