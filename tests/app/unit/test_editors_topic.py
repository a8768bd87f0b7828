"""The form of a new topic: its line, its answer and its first questions, or nothing of them."""

import shutil
from dataclasses import replace as replaced
from pathlib import Path

import pytest

from content.folder import drafted
from content.new_topic import TOPICS
from content.question_file import questions_in
from road.account import Role
from road.errors import UnderstandingFailed
from road.settings import Settings
from road.understanding import Hints, Understanding
from tests.app.fixtures.folder import copy_with_console, faults
from tests.app.unit.web_stage import Operator, Stage

ANSWER = "answers/en/papers/card_lost.md"
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
QUESTIONS = "\n".join(f"where is my lost card {number}" for number in NUMBERS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_with_console(tmp_path)


@pytest.fixture
def training(tmp_path: Path) -> Path:
    made = tmp_path / "nlu" / "data" / "en" / "papers.yml"
    made.parent.mkdir(parents=True)
    made.write_text('version: "3.1"\nnlu:\n- intent: card_renewal\n  examples: |\n    - my card ends soon\n')
    return made


@pytest.fixture
def stage(folder: Path, training: Path, tmp_path: Path) -> Stage:
    questions_dir = training.parent.parent
    settings = Settings(content_dir=folder, data_dir=tmp_path / "data", questions_dir=questions_dir)
    return Stage(drafted(folder).content, settings=settings)


def files(folder: Path, training: Path) -> tuple[str, str]:
    return (folder / TOPICS).read_text(), training.read_text()


def spoil(training: Path) -> None:
    training.write_text("nlu: [1]\n")


async def ilona(stage: Stage) -> Operator:
    async def down(_text: str, _hints: Hints) -> Understanding:
        raise UnderstandingFailed("down")

    stage.app.state.site = replaced(stage.app.state.site, understand=down)
    return await stage.at_console("ilona", Role.EDITOR)


def fields(stage: Stage, **more: str) -> dict[str, str]:
    source = next(iter(stage.content.sources))
    written = {"id": "card_lost", "group": "papers", "urgency": "medium", "related": "card_renewal", "sources": source}
    return {**written, "title": "A lost card", "text": "Go there.", "locale": "en", "texts": QUESTIONS, **more}


async def test_a_topic_is_made_with_its_answer_and_its_questions(stage: Stage, folder: Path, training: Path) -> None:
    before = set(faults(folder))
    editor = await ilona(stage)
    answer = await editor.does("content/questions/topic", **fields(stage))
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/content/questions?made=card_lost")
    assert "  - id: card_lost\n    group: papers\n    urgency: medium\n" in (folder / TOPICS).read_text()
    assert (folder / ANSWER).read_text().endswith("---\nGo there.\n")
    assert [topic for topic, _ in questions_in(training)] == ["card_renewal", *["card_lost"] * 8]
    assert set(faults(folder)) == before
    page = (await editor.sees(answer.headers["location"])).text
    assert 'href="/console/content/answers/en/card_lost"' in page
    assert [save.by for save in stage.app.state.site.door.saves()] == ["ilona"]


async def test_it_can_be_tried_and_taught_before_it_is_published(stage: Stage) -> None:
    editor = await ilona(stage)
    await editor.does("content/questions/topic", **fields(stage))
    page = (await editor.sees("/console/content/try?topic=card_lost&locale=en")).text
    assert "Go there." in page
    assert "people cannot get it yet" in page
    more = {"topic": "card_lost", "locale": "en", "texts": "lost lost lost"}
    assert (await editor.does("content/questions/teach", **more)).status_code == 303


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"id": "Card lost"}, "small Latin letters"),
        ({"id": "card_renewal"}, "already"),
        ({"urgency": "critical"}, "how urgent"),
        ({"texts": QUESTIONS.partition("\n")[0]}, "At least 8 questions"),
        ({"texts": f"{QUESTIONS}\nmy card ends soon"}, "learnt this one already"),
        ({"text": "Call {{ line.nobody.number }}"}, "unknown line nobody"),
        ({"text": "Pay 500 there"}, "500"),
        ({"title": "x" * 41}, "40"),
    ],
)
async def test_with_a_fault_nothing_is_saved_and_nothing_typed_is_lost(
    stage: Stage, folder: Path, training: Path, changed: dict[str, str], word: str
) -> None:
    before = files(folder, training)
    sent = fields(stage, **changed)
    answer = await (await ilona(stage)).does("content/questions/topic", **sent)
    assert answer.status_code == 422
    assert word in answer.text
    assert files(folder, training) == before
    assert not (folder / ANSWER).exists()
    for typed in (sent["id"], sent["title"], sent["text"], sent["texts"].partition("\n")[0]):
        assert typed in answer.text


async def test_where_there_are_no_training_questions_a_topic_is_made_without(
    stage: Stage, folder: Path, training: Path
) -> None:
    shutil.rmtree(training.parent.parent)
    editor = await ilona(stage)
    assert "can be added without them" in (await editor.sees("/console/content/questions/topic")).text
    assert (await editor.does("content/questions/topic", **fields(stage))).status_code == 422
    assert (await editor.does("content/questions/topic", **fields(stage, texts="", locale=""))).status_code == 303
    assert (folder / ANSWER).exists()


async def test_when_its_questions_cannot_be_written_the_form_for_them_has_them_all(
    stage: Stage, folder: Path, training: Path
) -> None:
    spoil(training)
    answer = await (await ilona(stage)).does("content/questions/topic", **fields(stage))
    assert answer.status_code == 422
    assert (folder / ANSWER).exists()
    assert "could not be written" in answer.text
    assert '<option value="card_lost" selected>' in answer.text
    assert QUESTIONS in answer.text
