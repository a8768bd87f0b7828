"""`hotline questions review`: tagged messages become training questions, without what is private."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from content.question_file import questions_in
from hotline import review_dialogue
from hotline.cli import app
from tests.app.unit.conftest import CONTENT

PETS = {"text": "Can a hamster travel with me by night bus? Call +36 20 123 4567", "topic": "pets", "locale": "en"}
CLEAN = "Can a hamster travel with me by night bus? Call"
TURTLE = {"text": "does the turtle need papers of its own", "topic": "pets", "locale": "en"}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOTLINE_CONTENT_DIR", str(CONTENT))
    monkeypatch.setattr(review_dialogue, "DATA", tmp_path / "data")
    return tmp_path / "data"


def written(folder: Path, *messages: dict[str, str]) -> Path:
    path = folder / "tagged.jsonl"
    path.write_text("\n".join(json.dumps(message) for message in messages))
    return path


def review(file: Path, *answers: str, ends: int = 0) -> str:
    result = CliRunner().invoke(app, ["questions", "review", str(file)], input="\n".join([*answers, ""]))
    assert result.exit_code == ends, result.output
    return result.output


def learned(data: Path) -> list[tuple[str, str]]:
    return [question for path in sorted(data.glob("*/*.yml")) for question in questions_in(path)]


def test_an_accepted_message_is_learned_without_what_is_private(data: Path, tmp_path: Path):
    printed = review(written(tmp_path, PETS), "a")

    assert questions_in(data / "en" / "daily_life.yml") == [("pets", CLEAN)]
    assert "taken out: telephone number" in printed
    assert "123 4567" not in printed


def test_text_and_topic_can_be_changed_and_an_edit_is_cleaned_again(data: Path, tmp_path: Path):
    review(written(tmp_path, PETS), "e", "Where do I buy a ticket? me@mail.hu", "t", "transport_tickets", "a")

    assert learned(data) == [("transport_tickets", "Where do I buy a ticket?")]


def test_a_message_cannot_be_moved_to_a_sensitive_or_unknown_topic(data: Path, tmp_path: Path):
    printed = review(written(tmp_path, TURTLE), "t", "suicide_self_harm", "t", "turtles", "x", "a")

    assert "not possible: sensitive topic" in printed
    assert "not possible: unknown topic 'turtles'" in printed
    assert learned(data) == [("pets", TURTLE["text"])]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({"text": "a story that nobody may see", "topic": "domestic_violence_help", "locale": "en"}, "sensitive topic"),
        ({"text": "my dog is fine but he is beating me", "topic": "pets", "locale": "en"}, "urgent phrase"),
        ({"text": "+36 20 123 4567", "topic": "pets", "locale": "en"}, "nothing left to read"),
    ],
)
def test_what_may_not_be_learned_is_counted_and_never_shown(data: Path, tmp_path: Path, message: dict, reason: str):
    printed = review(written(tmp_path, message))

    assert f"1 not shown: {reason}" in printed
    assert message["text"] not in printed
    assert learned(data) == []


def test_what_stands_in_training_or_evaluation_is_refused_in_any_spelling(data: Path, tmp_path: Path):
    evaluated = (Path(__file__).parents[3] / "nlu/evaluation/en.tsv").read_text().splitlines()
    tested = next(line.split("\t")[2] for line in evaluated if line.startswith("topic\tpets\t"))
    file = written(tmp_path, TURTLE, {**TURTLE, "text": TURTLE["text"].upper() + "!!"}, {**TURTLE, "text": tested})

    assert "2 not shown: stands in training or evaluation" in review(file, "a")
    assert learned(data) == [("pets", TURTLE["text"])]


def test_a_review_goes_on_where_it_was_left_and_keeps_hashes_only(data: Path, tmp_path: Path):
    other = {"text": "who feeds my cat while I am in hospital", "topic": "pets", "locale": "en"}
    file = written(tmp_path, PETS, TURTLE, other)

    review(file, "s", "q")
    printed = review(file, "a", "a")

    assert "1 not shown: shown before" in printed
    assert learned(data) == [("pets", TURTLE["text"]), ("pets", other["text"])]
    assert all(len(line) == 64 for line in (tmp_path / "tagged.jsonl.reviewed").read_text().splitlines())


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        '{"text": "a"}',
        '{"text": "a", "topic": "x", "locale": "en"}',
        '{"text": "a", "topic": "pets", "locale": "xx"}',
    ],
)
def test_a_broken_line_stops_the_review_by_file_and_line(data: Path, tmp_path: Path, line: str):
    file = written(tmp_path, PETS)
    file.write_text(f"{file.read_text()}\n{line}\n")

    assert "tagged.jsonl:2: " in review(file, ends=1).replace("\n", "")
    assert learned(data) == []


def test_a_missing_file_is_told_in_one_line(data: Path, tmp_path: Path):
    assert "hotline:" in review(tmp_path / "none.jsonl", ends=1)
