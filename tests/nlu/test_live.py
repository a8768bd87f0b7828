"""Which model of a folder is served, now and after the next start."""

import os
from pathlib import Path

import pytest

from nlu.live import KEPT, choices, choose, follow_questions, live_model, model_before


@pytest.fixture
def models(tmp_path: Path) -> list[Path]:
    """Three, trained one after the other."""
    return [made(tmp_path, name, number) for number, name in enumerate(("one", "two", "three"), start=1)]


def made(folder: Path, name: str, at: int) -> Path:
    model = folder / f"{name}.tar.gz"
    model.touch()
    os.utime(model, (at, at))
    return model


def test_without_a_record_the_newest_is_served(models: list[Path], tmp_path: Path) -> None:
    assert live_model(tmp_path) == models[2]
    assert model_before(tmp_path) is None


def test_a_folder_without_models_serves_none(tmp_path: Path) -> None:
    follow_questions(tmp_path)

    assert live_model(tmp_path) is None
    assert choices(tmp_path) == []


def test_what_was_chosen_is_served_and_the_one_before_is_known(models: list[Path], tmp_path: Path) -> None:
    choose(models[2])
    choose(models[0])

    assert live_model(tmp_path) == models[0]
    assert model_before(tmp_path) == models[2]


def test_going_back_twice_is_going_forth_again(models: list[Path], tmp_path: Path) -> None:
    choose(models[0])
    choose(models[1])
    for expected in (models[0], models[1]):
        before = model_before(tmp_path)
        assert before == expected
        choose(before)


def test_a_choice_holds_until_the_questions_change(models: list[Path], tmp_path: Path) -> None:
    choose(models[0])
    follow_questions(tmp_path)
    assert live_model(tmp_path) == models[0]

    trained = made(tmp_path, "four", 4)
    assert live_model(tmp_path) == models[0], "a model that was only trained is not served"
    follow_questions(tmp_path)
    assert live_model(tmp_path) == trained


def test_a_model_that_is_gone_is_not_served(models: list[Path], tmp_path: Path) -> None:
    choose(models[1])
    choose(models[0])
    models[0].unlink()

    assert live_model(tmp_path) == models[1]
    assert model_before(tmp_path) is None


def test_a_spoilt_record_is_none(models: list[Path], tmp_path: Path) -> None:
    (tmp_path / "live").write_text("one.tar.gz\n\n../../x y z\n")

    assert live_model(tmp_path) == models[2]


def test_the_record_stays_short(models: list[Path], tmp_path: Path) -> None:
    for _ in range(KEPT + 5):
        choose(models[0])

    assert len(choices(tmp_path)) == KEPT
