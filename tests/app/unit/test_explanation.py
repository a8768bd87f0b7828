"""`hotline understand --explain`: which words carried the decision, found by leaving each one out."""

import json
from io import StringIO

import pytest
from rich.console import Console

from content.content import Content
from hotline.explanation import MOST_PARTS, as_json, explain, show
from hotline.understanding import reports
from road.errors import UnderstandingFailed
from road.understanding import Hints, Understanding
from tests.app.unit.stage import understood

asked: list[str] = []


async def by_words(text: str, _hints: Hints) -> Understanding:
    """Knows three words: each adds to a topic, or to danger."""
    asked.append(text)
    words = text.split()
    return understood(
        ("pets", 0.1 + 0.5 * ("dog" in words) + 0.3 * ("vet" in words)),
        locale_scores=(("en", 0.9), ("hu", 0.1)),
        urgent_topic="medical_emergency",
        urgent_confidence=0.3 * ("bleeding" in words),
    )


@pytest.fixture(autouse=True)
def _forget() -> None:
    asked.clear()


async def test_a_word_has_the_share_that_goes_missing_without_it(content: Content) -> None:
    found = await explain("my dog bleeding vet", Hints(), by_words, content)

    assert found.topic == "pets"
    assert {share.words: (round(share.topic, 3), round(share.danger, 3)) for share in found.shares} == {
        "my": (0, 0),
        "dog": (0.5, 0),
        "bleeding": (0, 0.3),
        "vet": (0.3, 0),
    }
    assert asked == ["my dog bleeding vet", "dog bleeding vet", "my bleeding vet", "my dog vet", "my dog bleeding"]


@pytest.mark.parametrize("count", [0, 1, 12, 13, 100, 5000])
async def test_a_story_costs_no_more_than_thirteen_questions(content: Content, count: int) -> None:
    found = await explain("dog " * count, Hints(), by_words, content)

    assert len(asked) == len(found.shares) + 1 <= MOST_PARTS + 1
    assert " ".join(share.words for share in found.shares).split() == ["dog"] * min(count, 200)


async def test_a_phrase_of_staff_that_decides_is_named(content: Content) -> None:
    found = await explain("he is beating me", Hints(), by_words, content)

    assert found.phrase
    assert found.decision.kind == "urgent"


async def test_what_is_printed_names_words_scores_hints_decision_and_thresholds(content: Content) -> None:
    printed = StringIO()

    show(await explain("[b] dog vet", Hints(client_locale="uk"), by_words, content), Console(file=printed, width=100))

    for expected in ("[b]", "+50.0%", "answer, pets at 90.0%", "from 60%", "from 40%", "en 90.0%", "client_locale uk"):
        assert expected in printed.getvalue()


async def lines(understand: object, content: Content, **options: bool) -> list[dict]:
    line = '{"text": "dog", "telegram_locale": "uk"}'
    return [json.loads(report) async for report in reports([line], understand, content, **options)]  # type: ignore[arg-type]


async def test_json_lines_are_explained_only_when_asked(content: Content) -> None:
    assert "explanation" not in (await lines(by_words, content))[0]
    explained = (await lines(by_words, content, explained=True))[0]
    assert explained["explanation"] == as_json(await explain("dog", Hints(client_locale="uk"), by_words, content))
    assert explained["explanation"]["words"] == [{"words": "dog", "topic": 0.5, "danger": 0.0}]
    assert explained["explanation"]["hints"] == {"client_locale": "uk"}


async def test_a_box_that_is_down_explains_nothing(content: Content) -> None:
    async def failing(_text: str, _hints: Hints) -> Understanding:
        raise UnderstandingFailed("down")

    found = await lines(failing, content, explained=True)
    assert found[0]["decision"] == "person"
    assert "explanation" not in found[0]
