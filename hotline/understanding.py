"""`hotline understand`: what the hotline would make of messages, without sending anything anywhere."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from functools import partial
from typing import Any

import msgspec

from actions.decision import Kind, decide
from content.content import Content
from hotline.explanation import as_json, explain
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


async def reports(
    lines: Iterable[str], understand: Understand, content: Content, *, explained: bool = False
) -> AsyncIterator[str]:
    """One JSON report for each JSON line, in order; a line that is none is reported as an error in its place."""
    report_on = explained_report if explained else plain_report
    waiting: deque[asyncio.Task[str]] = deque()
    for number, line in enumerate(lines, start=1):
        waiting.append(asyncio.create_task(_report_line(number, line, partial(report_on, understand, content))))
        if len(waiting) >= AT_ONCE:
            yield await waiting.popleft()
    while waiting:
        yield await waiting.popleft()


async def _report_line(number: int, line: str, report_on: Callable[[str, Hints], Awaitable[dict[str, Any]]]) -> str:
    try:
        message = msgspec.json.decode(line, type=Line)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        return json.dumps({"error": f"line {number}: {error}"})
    found = await report_on(message.text, Hints(client_locale=message.telegram_locale))
    return json.dumps(found, ensure_ascii=False)


async def plain_report(understand: Understand, content: Content, text: str, hints: Hints) -> dict[str, Any]:
    """What is made of a text, by the staff's phrases alone when the box does not answer."""
    try:
        understanding = await understand(text, hints)
    except UnderstandingFailed:
        understanding = UNAVAILABLE
    return report(text, understanding, content)


async def explained_report(understand: Understand, content: Content, text: str, hints: Hints) -> dict[str, Any]:
    """The same with the field `explanation`, while the box answers."""
    try:
        explanation = await explain(text, hints, understand, content)
    except UnderstandingFailed:
        return report(text, UNAVAILABLE, content)
    return {**report(text, explanation.understanding, content), "explanation": as_json(explanation)}


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
