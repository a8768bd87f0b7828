"""`hotline model …`: another model in the running box, without a stop."""

import asyncio
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from content.folder import load as load_content
from hotline.box import own_box, patient, put_in, running_box
from hotline.evaluation import results_of, table_of
from hotline.evaluation_set import all_questions
from hotline.models import Figures, figures, figures_in, losses, model_named, name_of, read_figures, write_figures
from hotline.paired import changes, outcome
from hotline.plainly import plainly
from hotline.training import trained_model
from nlu.live import choose, live_model, model_before, models_in
from road.errors import SetupError
from road.settings import Settings, load

SHOWN = ("top-1", "urgent recall", "false alarms")
"""Measures of the list; the others stand in the model's figures."""

Name = Annotated[str, typer.Argument(metavar="[MODEL]", help="That for the present questions unless named.")]

model_app = typer.Typer(help="The trained models: list, try, use, go back.", no_args_is_help=True)
out = Console()


@model_app.command("list")
@plainly
def list_models() -> None:
    """Lists the models, newest first, with when they were trained or confirmed, their figures and which is live."""
    folder = _folder(_settings())
    live, table = live_model(folder), Table("model", "trained", *SHOWN, "")
    for model in models_in(folder):
        trained = datetime.fromtimestamp(model.stat().st_mtime, UTC).strftime("%Y-%m-%d %H:%M")
        table.add_row(name_of(model), trained, *_cells(read_figures(model)), "live" if model == live else "")
    out.print(table)


@model_app.command("try")
@plainly
def try_model(
    name: Name = "",
    *,
    given: Annotated[
        Path | None, typer.Option("--figures", help="Figures of the same model, scored elsewhere.")
    ] = None,
) -> None:
    """Scores a model on the evaluation questions in a box of its own, and keeps the figures beside it."""
    settings = _settings()
    model = _asked_for(settings, name)
    found = figures_in(given) if given else asyncio.run(_scored(settings, model))
    write_figures(model, found)
    out.print(f"model {name_of(model)}", highlight=False)
    for measure, found_share in found.shares.items():
        out.print(f"{measure:>28}  {_percent(found_share)}", highlight=False)


@model_app.command("use")
@plainly
def use_model(
    name: Name = "",
) -> None:
    """Puts a model into the running box, unless it is worse than the live one by more than chance."""
    settings = _settings()
    model, live = _asked_for(settings, name), live_model(_folder(settings))
    if live is not None and live != model:
        _refuse_worse(settings, live, model)
    _serve(settings, model)


@model_app.command("back")
@plainly
def go_back() -> None:
    """Puts the model in again that was live before."""
    settings = _settings()
    before = model_before(_folder(settings))
    if before is None:
        raise SetupError("no earlier model is kept; `hotline model list` shows what there is")
    _serve(settings, before)


def _refuse_worse(settings: Settings, live: Path, model: Path) -> None:
    former, found = (_figures_of(settings, each) for each in (live, model))
    worse = losses(former, found)
    if not worse:
        return
    choose(live)  # over the newest one: the next start does not take it either
    out.print(table_of(list(changes({o.id: o for o in map(outcome, former.results)}, found.results))))
    named = "; ".join(f"{loss.measure}, {loss.locale}" for loss in worse)
    raise SetupError(f"{name_of(model)} is worse than {name_of(live)} by more than chance ({named}): not put in")


def _figures_of(settings: Settings, model: Path) -> Figures:
    """A model's figures on the present questions, scored now where there are none."""
    kept = read_figures(model)
    if kept is not None and kept.covers(all_questions(load_content(settings.content_dir))):
        return kept
    found = asyncio.run(_scored(settings, model))
    write_figures(model, found)
    return found


async def _scored(settings: Settings, model: Path) -> Figures:
    content = load_content(settings.content_dir)
    async with own_box(model) as box, patient(box, content) as client:
        return figures(await results_of(all_questions(content), client, content, out), time.time())


def _serve(settings: Settings, model: Path) -> None:
    """Has the running box serve it, and the next start too."""
    running = asyncio.run(_put_in_where_one_runs(settings, model))
    choose(model)
    when = "is live now" if running else "is what the next start serves; no box runs"
    out.print(f"model {name_of(model)} {when}", highlight=False)


async def _put_in_where_one_runs(settings: Settings, model: Path) -> bool:
    box = await running_box(settings)
    if box is not None:
        await put_in(box, model)
    return box is not None


def _asked_for(settings: Settings, name: str) -> Path:
    """The named model, or that for the present questions, trained if need be."""
    return model_named(_folder(settings), name) if name else trained_model(settings.data_dir)


def _settings() -> Settings:
    return load(os.environ)


def _folder(settings: Settings) -> Path:
    return settings.data_dir.resolve() / "models"


def _cells(found: Figures | None) -> list[str]:
    return [_percent(found.shares.get(measure)) if found else "" for measure in SHOWN]


def _percent(found: float | None) -> str:
    return "-" if found is None else f"{found:.1%}"
