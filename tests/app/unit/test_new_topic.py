"""A topic that an editor adds: listed in its group, with its English answer, and known everywhere at once."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from actions import taps
from actions.route import route
from actions.taps import tap
from content.door import Door
from content.draft import Draft
from content.new_topic import PROBLEMS, TOPICS, URGENCIES, NewTopic, groups
from road.errors import EditConflict, EditRefused
from tests.app.fixtures.folder import edit, faults
from tests.app.unit.stage import CONTENT, scene, tapped

GOOD = NewTopic(
    id="card_lost",
    group="papers",
    urgency="medium",
    related=("card_renewal",),
    title="When the card is lost: now",
    text="Go to the police.\r\n\r\n- Take your passport.  \n",
    sources=("hotline_staff",),
)


def source_of(draft: Draft) -> str:
    return next(iter(draft.content.sources))


def good(door: Door) -> NewTopic:
    return replace(GOOD, sources=(source_of(door.draft()),))


def test_it_stands_behind_the_last_topic_of_its_group_and_nothing_else_changes(door: Door, folder: Path) -> None:
    before = (folder / TOPICS).read_text()
    after = door.save(good(door).change, "Ilona")
    written = "  - id: card_lost\n    group: papers\n    urgency: medium\n    related: [card_renewal]\n"
    assert (folder / TOPICS).read_text() == before.replace("  - id: avrr_info\n", f"{written}  - id: avrr_info\n")
    assert after.content.topics["card_lost"] == GOOD.topic()
    assert list(after.content.topics).index("card_lost") == list(after.content.topics).index("card_renewal") + 1
    assert not faults(folder)
    assert [save.what for save in door.saves()] == ["New topic card_lost"]


def test_its_answer_is_an_unreviewed_draft_with_its_sources(door: Door, folder: Path) -> None:
    after = door.save(good(door).change, "Ilona")
    text = (folder / "answers" / "en" / "papers" / "card_lost.md").read_text()
    assert text == (
        '---\ntitle: "When the card is lost: now"\nreviewed: {by: "", on: }\n'
        f"sources: [{source_of(after)}]\n---\nGo to the police.\n\n- Take your passport.\n"
    )
    article = after.content.articles["card_lost", "en", "full"]
    assert (article.title, article.reviewed_on) == ("When the card is lost: now", None)


def test_it_can_be_reached_by_the_menu_though_no_model_knows_it(door: Door, folder: Path) -> None:
    shutil.copytree(CONTENT / "locale" / "en", folder / "locale" / "en", dirs_exist_ok=True)
    content = door.save(good(door).change, "Ilona").content
    outcome = route(tapped(tap(taps.ANSWER, "card_lost")), scene(), content)
    assert outcome.answered == "card_lost"


BAD = [
    ({"id": "Card lost"}, "id"),
    ({"id": ""}, "id"),
    ({"id": "x" * 41}, "id"),
    ({"id": "../papers"}, "id"),
    ({"id": "card_renewal"}, "taken"),
    ({"group": "nowhere"}, "group"),
    ({"group": "conversation"}, "group"),
    ({"urgency": "critical"}, "urgency"),
    ({"related": ("nothing",)}, "related"),
    ({"group": "safety", "related": ("avrr_info",)}, "return"),
    ({"title": "  "}, "title"),
    ({"text": "\n"}, "text"),
]


@pytest.mark.parametrize(("changed", "problem"), BAD)
def test_what_stands_against_a_topic_is_said_before_it_is_saved(door: Door, changed: dict, problem: str) -> None:  # type: ignore[type-arg]
    assert GOOD.problems(door.draft()) == []
    assert replace(GOOD, **changed).problems(door.draft()) == [problem]


def test_every_problem_has_its_case() -> None:
    assert {problem for _, problem in BAD} == set(PROBLEMS)


def test_a_topic_that_calls_people_cannot_be_made_here() -> None:
    assert "critical" not in URGENCIES


def test_an_answer_with_a_fault_changes_nothing(door: Door, folder: Path) -> None:
    before = (folder / TOPICS).read_text()
    with pytest.raises(EditRefused, match="unknown line nobody"):
        door.save(replace(good(door), text="Call {{ line.nobody.number }}").change, "Ilona")
    assert (folder / TOPICS).read_text() == before
    assert not (folder / "answers" / "en" / "papers" / "card_lost.md").exists()


def test_two_editors_with_one_new_topic_are_a_conflict(door: Door) -> None:
    seen = door.draft()
    door.save(good(door).change, "Ilona")
    with pytest.raises(EditConflict):
        door.save(lambda _: good(door).change(seen), "Béla")


def test_a_comment_behind_the_groups_last_topic_stays_there(door: Door, folder: Path) -> None:
    edit(folder, TOPICS, "    related: [avrr_info]\n", "    related: [avrr_info]  # why\n\n  # the way home\n")
    door.save(good(door).change, "Ilona")
    assert "  # why\n  - id: card_lost\n" in (folder / TOPICS).read_text()
    assert "related: [card_renewal]\n\n  # the way home\n  - id: avrr_info" in (folder / TOPICS).read_text()


def test_groups_are_those_of_the_menu(door: Door) -> None:
    assert list(groups(door.draft())) == ["safety", "papers", "home_again"]
