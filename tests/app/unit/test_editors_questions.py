"""The page of questions without an answer, and the way from one to a training question."""

import os
import re
import shutil
from dataclasses import replace as replaced
from datetime import date
from pathlib import Path

import pytest

from content.folder import drafted
from content.question_file import questions_in
from road.account import Role
from road.errors import UnderstandingFailed
from road.outcome import Outcome
from road.session import Session
from road.settings import Settings
from road.turn import Address, Channel
from road.unanswered import Unanswered
from road.understanding import Hints, Understanding
from tests.app.fixtures.folder import copy_with_console
from tests.app.unit.web_stage import Operator, Stage
from web.editors.questions import SHOWN

PAPERS = 'version: "3.1"\nnlu:\n- intent: card_renewal\n  examples: |\n    - my card ends soon\n'
SECRET = "olena lives in kispest"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_with_console(tmp_path)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """Training questions of one topic, in English."""
    made = tmp_path / "nlu" / "data"
    (made / "en").mkdir(parents=True)
    (made / "en" / "papers.yml").write_text(PAPERS)
    return made


@pytest.fixture
def stage(folder: Path, questions: Path, tmp_path: Path) -> Stage:
    settings = Settings(content_dir=folder, data_dir=tmp_path / "data", questions_dir=questions)
    return Stage(drafted(folder).content, settings=settings)


async def asks(stage: Stage, number: int, text: str, *, topic: str = "card_renewal", locale: str = "en") -> None:
    address = Address(Channel.TELEGRAM, str(number))
    remembered = await stage.store.load(stage.store.person(address))
    asked = Unanswered(text=text, locale=locale, topic=topic, day=date(2026, 11, 22))
    await stage.store.change(remembered, Outcome(session=Session(address=address), unanswered=asked))


async def editor(stage: Stage, found: Understanding | None = None) -> Operator:
    async def understand(_text: str, _hints: Hints) -> Understanding:
        if found is None:
            raise UnderstandingFailed("down")
        return found

    stage.app.state.site = replaced(stage.app.state.site, understand=understand)
    return await stage.at_console("ilona", Role.EDITOR)


async def test_nothing_that_two_people_asked_is_on_the_page(stage: Stage) -> None:
    ilona = await editor(stage)
    for number in (1, 2):
        await asks(stage, number, "is a green card good")
        await asks(stage, number, "")
    page = (await ilona.sees("/console/content/questions")).text
    assert "green" not in page
    assert "Nothing that 3 people asked alike." in page
    assert "None that 3 people found not helpful." in page


async def test_what_three_people_asked_is_shown_in_their_common_words_alone(stage: Stage) -> None:
    ilona = await editor(stage)
    for number, text in enumerate(("is a green card good", f"green card, {SECRET}", "the green card of my son")):
        await asks(stage, number, text)
        await asks(stage, number, "")
    page = (await ilona.sees("/console/content/questions")).text
    assert "people: 3" in page
    assert "… green card …" in page
    assert not any(word in page for word in ("olena", "kispest", " son<", "good"))
    assert '<a href="/console/content/answers/en/card_renewal">' in page


async def test_of_very_many_groups_those_of_most_people_are_shown(stage: Stage) -> None:
    ilona = await editor(stage)
    for group in range(SHOWN + 2):
        for number in range(4 if group == 0 else 3):
            await asks(stage, 10 * group + number, f"word{group}x", topic="")
    page = (await ilona.sees("/console/content/questions")).text
    assert page.count('class="card" id="group-') == SHOWN
    assert page.index("word0x") < page.index("people: 3")
    assert "Smaller groups that are not shown: 2." in page


async def test_the_way_to_a_training_question_carries_the_shown_words_and_no_others(stage: Stage) -> None:
    ilona = await editor(stage)
    for number, text in enumerate(("is a green card good", f"green card, {SECRET}", "the green card of my son")):
        await asks(stage, number, text)
    page = (await ilona.sees("/console/content/questions")).text
    (way,) = re.findall(r'href="([^"]*teach[?][^"]*)"', page)
    form = (await ilona.sees(way.replace("&amp;", "&"))).text
    assert re.search(r'<option value="card_renewal" selected>', form)
    assert re.search(r'<option value="en" lang="en" selected>', form)
    assert re.search(r"<textarea[^>]*>green card</textarea>", form)


async def test_an_editor_adds_training_questions_and_hears_when_they_are_learnt(stage: Stage, questions: Path) -> None:
    ilona = await editor(stage)
    fields = {"topic": "card_renewal", "locale": "en", "texts": "is a  green card good\n\nmy card is old\n"}
    answer = await ilona.does("content/questions/teach", **fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/content/questions?taught=2")
    assert questions_in(questions / "en" / "papers.yml") == [
        ("card_renewal", "my card ends soon"),
        ("card_renewal", "is a green card good"),
        ("card_renewal", "my card is old"),
    ]
    page = (await ilona.sees(answer.headers["location"])).text
    assert "Training questions added: 2." in page
    assert "next training" in page


async def test_how_many_wait_for_the_next_training_is_known_where_the_model_is_kept(stage: Stage) -> None:
    ilona = await editor(stage)
    models = stage.settings.data_dir / "models"
    models.mkdir(parents=True)
    (models / "old.tar.gz").touch()
    os.utime(models / "old.tar.gz", (stage.now - 60, stage.now - 60))
    await ilona.does("content/questions/teach", topic="card_renewal", locale="en", texts="is a green card good")
    assert "wait to be learnt: 1." in (await ilona.sees("/console/content/questions")).text
    os.utime(models / "old.tar.gz", (stage.now + 60, stage.now + 60))
    assert "wait to be learnt" not in (await ilona.sees("/console/content/questions")).text


GERMAN = Understanding(locale="de", locale_scores=(("de", 0.97), ("en", 0.02)))


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("My CARD ends soon", "learned this one already", None),
        ("write to me at olena@example.org", "personal data", None),
        ("картка", "letters do not belong", None),
        ("ich brauche bitte bald eine neue karte", "another language", GERMAN),
    ],
)
async def test_what_may_not_be_learnt_is_said_and_nothing_typed_is_lost(
    stage: Stage, questions: Path, text: str, word: str, found: Understanding | None
) -> None:
    ilona = await editor(stage, found)
    texts = f"is a green card good\n{text}"
    answer = await ilona.does("content/questions/teach", topic="card_renewal", locale="en", texts=texts)
    assert answer.status_code == 422
    assert word.replace("learned", "learnt") in answer.text
    assert texts in answer.text
    assert (questions / "en" / "papers.yml").read_text() == PAPERS


async def test_a_long_question_in_the_right_language_may_be_learnt(stage: Stage) -> None:
    ilona = await editor(stage, Understanding(locale="en", locale_scores=(("en", 0.97), ("de", 0.02))))
    fields = {"topic": "card_renewal", "locale": "en", "texts": "please tell me when I need a new card"}
    assert (await ilona.does("content/questions/teach", **fields)).status_code == 303


async def test_an_empty_form_a_critical_topic_and_an_unknown_language_change_nothing(stage: Stage) -> None:
    ilona = await editor(stage)
    for status, fields in (
        (422, {"topic": "card_renewal", "locale": "en", "texts": " \n "}),
        (404, {"topic": "emergency_immediate_danger", "locale": "en", "texts": "help"}),
        (404, {"topic": "card_renewal", "locale": "xx", "texts": "help"}),
    ):
        assert (await ilona.does("content/questions/teach", **fields)).status_code == status


async def test_a_file_that_cannot_be_written_loses_nothing_that_was_typed(stage: Stage, questions: Path) -> None:
    (questions / "en" / "papers.yml").write_text("nlu: [1]\n")
    ilona = await editor(stage)
    fields = {"topic": "card_renewal", "locale": "en", "texts": "is a green card good"}
    answer = await ilona.does("content/questions/teach", **fields)
    assert answer.status_code == 422
    assert "could not be written" in answer.text
    assert "is a green card good" in answer.text


async def test_where_there_are_no_training_questions_the_page_says_so_and_what_to_do(
    stage: Stage, questions: Path
) -> None:
    shutil.rmtree(questions)
    page = (await (await editor(stage)).sees("/console/content/questions/teach")).text
    assert str(questions) in page
    assert "HOTLINE_QUESTIONS_DIR" in page
    assert "<textarea" not in page
