"""What `make run` serves when training refuses the questions."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from hotline import running
from hotline.training import models_folder
from road.errors import SetupError


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> None:
    def train(_: Path) -> Path:
        raise SetupError("training stopped")

    monkeypatch.setattr(running, "train", train)


@pytest.mark.usefixtures("refusing")
def test_questions_that_training_refuses_leave_the_former_model(tmp_path: Path) -> None:
    models, said = models_folder(tmp_path), io.StringIO()
    models.mkdir()
    (models / "former.tar.gz").touch()
    assert running._served_models(tmp_path, Console(file=said)) == models
    assert "training stopped; the former model is served meanwhile" in said.getvalue()


@pytest.mark.usefixtures("refusing")
def test_without_a_former_model_there_is_nothing_to_serve(tmp_path: Path) -> None:
    with pytest.raises(SetupError):
        running._served_models(tmp_path, Console(file=io.StringIO()))
