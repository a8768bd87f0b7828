"""Trains the model in the Rasa box when questions or configuration changed."""

import os
import subprocess
from pathlib import Path

from nlu.live import newest_model
from road.errors import SetupError

ROOT = Path(__file__).resolve().parent.parent
BOX_PYTHON = ROOT / ".venv-nlu" / "bin" / "python"


def train(data_dir: Path, *, show_progress: bool = True) -> Path:
    """The folder of models, in which that for the present questions is the newest; trained if it is not there yet.

    Raises:
        SetupError: The box's environment is missing, or training refused the questions (it has said why).
    """
    models = models_folder(data_dir)
    command = [box_python(), "-m", "nlu.train", "--out", str(models)]
    output = None if show_progress else subprocess.DEVNULL
    finished = subprocess.run(command, cwd=ROOT, env=box_environment(), stdout=output, check=False)
    if finished.returncode:
        raise SetupError("training stopped; the lines above say which file and line to mend")
    return models


def models_folder(data_dir: Path) -> Path:
    """Where the models of an installation lie."""
    return data_dir.resolve() / "models"


def trained_model(data_dir: Path, *, show_progress: bool = True) -> Path:
    """The model for the present questions itself.

    Raises:
        SetupError: As `train`.
    """
    model = newest_model(train(data_dir, show_progress=show_progress))
    if model is None:
        raise SetupError("training left no model")
    return model


def box_python() -> str:
    """The box's interpreter.

    Raises:
        SetupError: `make setup` has not been run.
    """
    if not BOX_PYTHON.exists():
        raise SetupError(f"{BOX_PYTHON.relative_to(ROOT)} is missing: run `make setup`")
    return str(BOX_PYTHON)


def box_environment() -> dict[str, str]:
    """The environment for the box: nothing of the application's but what it needs, telemetry off."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOTLINE_", "PYTHON"))}
    return {**kept, "RASA_TELEMETRY_ENABLED": "false"}
