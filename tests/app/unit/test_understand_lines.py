"""`hotline understand --jsonl`: the contract with outside checks."""

import asyncio
import json
from collections.abc import Callable

import pytest

from content.content import Content
from hotline.understanding import report, reports
from road.errors import UnderstandingFailed
from road.understanding import Hints, Understanding
from tests.app.unit.stage import understood


async def collected(lines: list[str], understand: Callable[[str, Hints], object], content: Content) -> list[dict]:
    return [json.loads(line) async for line in reports(lines, understand, content)]  # type: ignore[arg-type]


def test_a_report_has_exactly_the_promised_keys(content: Content) -> None:
    reading = understood(("pets", 0.9), ("legal_aid", 0.02), ("tp_newborn", 0.01), *[("greet", 0.01)] * 9, locale="uk")
    found = report("собака", reading, content)
    assert list(found) == ["locale", "locale_confidence", "decision", "topic", "urgent", "ranking"]
    assert (found["locale"], found["decision"], found["topic"], found["urgent"]) == ("uk", "answer", "pets", False)
    assert len(found["ranking"]) == 5
    assert found["ranking"][0] == {"topic": "pets", "confidence": 0.9}


def test_urgency_names_the_critical_topic_and_leaves_the_ranking_alone(content: Content) -> None:
    reading = understood(("pets", 0.9), urgent_topic="medical_emergency", urgent_confidence=0.9)
    found = report("my dog is fine but i cannot breathe", reading, content)
    assert (found["decision"], found["topic"], found["urgent"]) == ("urgent", "medical_emergency", True)
    assert found["ranking"][0]["topic"] == "pets"


async def test_lines_come_back_in_order_however_long_each_takes(content: Content) -> None:
    async def slow_first(text: str, _hints: Hints) -> Understanding:
        for _ in range(50 if text == "0" else 0):
            await asyncio.sleep(0)
        return understood((["pets", "greet", "thanks"][int(text) % 3], 0.9))

    lines = [json.dumps({"text": str(number), "telegram_locale": None}) for number in range(30)]
    found = await collected(lines, slow_first, content)
    assert [f["topic"] for f in found] == ["pets", "greet", "thanks"] * 10


async def test_telegrams_locale_is_passed_on_as_a_hint(content: Content) -> None:
    seen: list[str | None] = []

    async def note(_text: str, hints: Hints) -> Understanding:
        seen.append(hints.client_locale)
        return understood(("pets", 0.9))

    await collected(['{"text": "a", "telegram_locale": "uk"}', '{"text": "b"}'], note, content)
    assert seen == ["uk", None]


@pytest.mark.parametrize("line", ["", "not json", "[]", '{"texts": "a"}', '{"text": 5}'])
async def test_a_broken_line_is_an_error_in_its_place(content: Content, line: str) -> None:
    async def fine(_text: str, _hints: Hints) -> Understanding:
        return understood(("pets", 0.9))

    found = await collected(['{"text": "a"}', line, '{"text": "b"}'], fine, content)
    assert [next(iter(f)) for f in found] == ["locale", "error", "locale"]
    assert "line 2" in found[1]["error"]


async def test_without_the_model_staffs_phrases_and_a_person_remain(content: Content) -> None:
    async def failing(_text: str, _hints: Hints) -> Understanding:
        raise UnderstandingFailed("down")

    found = await collected(['{"text": "he is beating me"}', '{"text": "my dog"}'], failing, content)
    assert [f["decision"] for f in found] == ["urgent", "person"]
