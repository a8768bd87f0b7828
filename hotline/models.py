"""The trained models of a data folder: which there are, how they fared, and the way into a running box.

<data_dir>/models/<fingerprint>.tar.gz   a model
<data_dir>/models/<fingerprint>.json     how it fared on the evaluation questions
<data_dir>/models/live                   what was put to use when (nlu/live.py)
"""

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from hotline.paired import Change, changes, outcome, question_id
from hotline.scorecard import MEASURES, OFFERED, Question, Result, share
from nlu.live import models_in
from road.errors import SetupError

SUFFIX = ".tar.gz"


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """How a model fared.

    Attributes:
        scored_at: ISO time.
        shares: By measure, over all locales; None where nothing was asked.
        results: Every question with the likeliest topics only, for comparing question by question.
    """

    scored_at: str
    shares: dict[str, float | None]
    results: tuple[Result, ...]

    def covers(self, questions: Iterable[Question]) -> bool:
        """Whether it is about the present questions, all of them and no others."""
        return {question_id(result.question) for result in self.results} == set(map(question_id, questions))


def figures(results: Iterable[Result], now: float) -> Figures:
    """What is kept of results."""
    kept = tuple(_shortened(result) for result in results)
    return Figures(
        scored_at=datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
        shares={measure.name: share(kept, measure) for measure in MEASURES},
        results=kept,
    )


def losses(before: Figures, now: Figures) -> Sequence[Change]:
    """Where a model is worse than another by more than chance, question by question."""
    known = {found.id: found for found in map(outcome, before.results)}
    return [change for change in changes(known, now.results) if change.is_loss]


def read_figures(model: Path) -> Figures | None:
    """A model's figures, or None when it was never scored.

    Raises:
        SetupError: The file is malformed.
    """
    path = figures_path(model)
    return figures_in(path) if path.exists() else None


def figures_in(path: Path) -> Figures:
    """The figures of a file.

    Raises:
        SetupError: It cannot be read, or is malformed.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Figures)
    except (OSError, msgspec.MsgspecError) as error:
        raise SetupError(f"{path}: not figures that `hotline model try` writes: {error}") from error


def write_figures(model: Path, found: Figures) -> None:
    """Keeps a model's figures beside it, whole or not at all."""
    new = model.parent / f".{figures_path(model).name}"
    new.write_bytes(msgspec.json.encode(found))
    os.replace(new, figures_path(model))


def figures_path(model: Path) -> Path:
    """Where a model's figures are kept."""
    return model.parent / f"{name_of(model)}.json"


def name_of(model: Path) -> str:
    """What a model is called in commands."""
    return model.name.removesuffix(SUFFIX)


def model_named(folder: Path, name: str) -> Path:
    """The model of a name, or of the beginning of one.

    Raises:
        SetupError: There is none, or several.
    """
    found = [model for model in models_in(folder) if name_of(model).startswith(name.removesuffix(SUFFIX))]
    if len(found) != 1:
        known = ", ".join(map(name_of, found or models_in(folder))) or "none; `hotline train` makes one"
        raise SetupError(f"{'several models begin' if found else 'no model begins'} with {name!r}: {known}")
    return found[0]


def _shortened(result: Result) -> Result:
    """Without the unlikely topics, which no measure looks at."""
    understanding = replace(result.understanding, ranking=result.understanding.ranking[:OFFERED])
    return replace(result, understanding=understanding)
