"""`hotline understand`: what the hotline would make of messages, without sending anything anywhere."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import Any

import msgspec

from actions.decision import Kind, decide
from content.content import Content
from road.errors import UnderstandingFailed
from road.understanding import UNAVAILABLE, Hints, Understanding

AT_ONCE = 8
"""Messages in flight; the box works on two at a time, the others wait there instead of here."""

SHOWN = 5

Understand = Callable[[str, Hints], Awaitable[Understanding]]


class Line(msgspec.Struct):
    """A line of `hotline understand --jsonl`."""

    text: str
    telegram_locale: str | None = None


async def reports(lines: Iterable[str], understand: Understand, content: Content) -> AsyncIterator[str]:
    """One JSON report for each JSON line, in order; a line that is none is reported as an error in its place."""
    waiting: deque[asyncio.Task[str]] = deque()
    for number, line in enumerate(lines, start=1):
        waiting.append(asyncio.create_task(_report(number, line, understand, content)))
        if len(waiting) >= AT_ONCE:
            yield await waiting.popleft()
    while waiting:
        yield await waiting.popleft()


async def _report(number: int, line: str, understand: Understand, content: Content) -> str:
    try:
        message = msgspec.json.decode(line, type=Line)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        return json.dumps({"error": f"line {number}: {error}"})
    try:
        understanding = await understand(message.text, Hints(client_locale=message.telegram_locale))
    except UnderstandingFailed:
        understanding = UNAVAILABLE
    return json.dumps(report(message.text, understanding, content), ensure_ascii=False)


def report(text: str, understanding: Understanding, content: Content) -> dict[str, Any]:
    """The contract with outside checks: these keys stay."""
    decision = decide(text, understanding, content)
    ranking = understanding.ranking[:SHOWN]
    return {
        "locale": understanding.locale,
        "locale_confidence": round(understanding.locale_confidence, 4),
        "decision": str(decision.kind),
        "topic": decision.topic,
        "urgent": decision.kind is Kind.URGENT,
        "ranking": [{"topic": c.topic, "confidence": round(c.confidence, 4)} for c in ranking],
    }
