"""Why a message was understood as it was: what each of its words does for the topic and for the urgency.

Each word is left out in turn and the rest is asked again: what goes missing is the word's share. That explains the
whole way, from the normaliser to the calibration, and asks nothing of the box that a message would not.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from math import ceil
from typing import Any, Final

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from actions.decision import ANSWER_AT, CLARIFY_AT, URGENT_AT, Decision, decide
from content.content import Content
from content.urgent import words_of
from nlu.message import prepare
from road.understanding import Hints, Understanding

MOST_PARTS: Final = 12
"""Of a longer message pieces of neighbouring words are left out, so that it costs thirteen questions at most."""

SHADES: Final = ((0.3, "bold"), (0.1, ""), (0.02, "dim"))
"""Lowest share and style; what is below the last does not matter."""

Understand = Callable[[str, Hints], Awaitable[Understanding]]


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """Words, and by how much topic and danger would be less likely without them, -1.0 to 1.0."""

    words: str
    topic: float
    danger: float


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision rests on.

    Attributes:
        topic: What the shares in `topic` are about: the decision's, or the likeliest.
        phrase: The staff's urgent phrase that decided, or "".
    """

    topic: str
    shares: tuple[Share, ...]
    phrase: str
    decision: Decision
    understanding: Understanding
    hints: Hints


async def explain(text: str, hints: Hints, understand: Understand, content: Content) -> Explanation:
    """Asks once for the message and once without each of its words.

    Raises:
        UnderstandingFailed: The box does not answer.
    """
    pieces = list(_pieces(prepare(text).split()))
    rests = (" ".join(pieces[:left_out] + pieces[left_out + 1 :]) for left_out in range(len(pieces)))
    whole, *without = await asyncio.gather(*(understand(asked, hints) for asked in (text, *rests)))
    decision = decide(text, whole, content)
    phrase = content.phrases.longest_in(words_of(text))
    topic = decision.topic or next((candidate.topic for candidate in whole.ranking), "")
    return Explanation(
        topic=topic,
        shares=tuple(_share(words, topic, whole, rest) for words, rest in zip(pieces, without, strict=True)),
        phrase=str(phrase or ""),
        decision=decision,
        understanding=whole,
        hints=hints,
    )


def as_json(explanation: Explanation) -> dict[str, Any]:
    """The field `explanation` of a report."""
    return {
        "topic": explanation.topic,
        "words": [
            {"words": share.words, "topic": round(share.topic, 4), "danger": round(share.danger, 4)}
            for share in explanation.shares
        ],
        "danger": round(explanation.understanding.urgent_confidence, 4),
        "phrase": explanation.phrase,
        "locale_scores": dict(explanation.understanding.locale_scores),
        "hints": {name: hint for name, hint in msgspec.structs.asdict(explanation.hints).items() if hint},
        "thresholds": {"urgent": URGENT_AT, "answer": ANSWER_AT, "clarify": CLARIFY_AT},
    }


def show(explanation: Explanation, console: Console) -> None:
    """Prints it for people."""
    table = Table("words", f"for {explanation.topic or 'no topic'}", "for danger")
    for share in explanation.shares:
        cells = (_shaded(f"{value:+.1%}", value, colour) for value, colour in _coloured(share))
        table.add_row(_shaded(share.words, *max(_coloured(share), key=lambda cell: abs(cell[0]))), *cells)
    console.print(table)
    for line in _lines(explanation):
        console.print(line, highlight=False, markup=False)


def _pieces(words: list[str]) -> Iterator[str]:
    size = ceil(len(words) / MOST_PARTS) or 1
    for start in range(0, len(words), size):
        yield " ".join(words[start : start + size])


def _share(words: str, topic: str, whole: Understanding, rest: Understanding) -> Share:
    return Share(
        words=words,
        topic=_confidence(whole, topic) - _confidence(rest, topic),
        danger=whole.urgent_confidence - rest.urgent_confidence,
    )


def _confidence(understanding: Understanding, topic: str) -> float:
    return next((candidate.confidence for candidate in understanding.ranking if candidate.topic == topic), 0.0)


def _coloured(share: Share) -> tuple[tuple[float, str], tuple[float, str]]:
    return (share.topic, "green"), (share.danger, "red")


def _shaded(text: str, share: float, colour: str) -> Text:
    style = next((style for least, style in SHADES if abs(share) >= least), None)
    return Text(text, style="bright_black" if style is None else f"{style} {colour}".strip())


def _lines(explanation: Explanation) -> Iterator[str]:
    decision, understood = explanation.decision, explanation.understanding
    yield f"decision   {decision.kind}, {decision.topic or 'no topic'} at {decision.confidence:.1%}"
    yield f"answered   from {ANSWER_AT:.0%}; asked back when the first three together reach {CLARIFY_AT:.0%}"
    yield f"danger     {understood.urgent_confidence:.1%}; acted on from {URGENT_AT:.0%}"
    yield f"phrase     {explanation.phrase or 'none of the urgent ones'}"
    scores = ", ".join(f"{code} {score:.1%}" for code, score in understood.locale_scores)
    yield f"letters    {scores or 'say nothing'}"
    hints = ", ".join(f"{name} {hint}" for name, hint in as_json(explanation)["hints"].items())
    yield f"hints      {hints or 'none'}"
    yield f"locale     {understood.locale} at {understood.locale_confidence:.1%}"
