"""The scorecard: what the hotline makes of questions that it was not trained on, per locale."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from actions.decision import Decision, Kind
from road.understanding import Understanding

SHORT_WORDS: Final = 3
OFFERED: Final = 3


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A line of `nlu/evaluation/<locale>.tsv`.

    Attributes:
        kind: topic, out_of_scope or not_urgent.
    """

    locale: str
    kind: str
    topic: str
    text: str


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """A question, what was understood, and what would be done."""

    question: Question
    understanding: Understanding
    decision: Decision
    critical: bool

    @property
    def best(self) -> str:
        """The likeliest topic."""
        return self.understanding.ranking[0].topic if self.understanding.ranking else ""

    @property
    def is_urgent(self) -> bool:
        """Whether it would be treated as danger."""
        return self.decision.kind is Kind.URGENT

    @property
    def first_three(self) -> tuple[str, ...]:
        """What asking back could offer."""
        return tuple(c.topic for c in self.understanding.ranking[:OFFERED])

    @property
    def is_confidently_wrong(self) -> bool:
        """A wrong answer given at once."""
        return self.decision.kind is Kind.ANSWER and self.decision.topic != self.question.topic


Measure = tuple[str, Callable[[Result], bool], Callable[[Result], bool]]
"""Column, which results it looks at, and which of those count."""


def _on_topic(result: Result) -> bool:
    return result.question.kind == "topic"


def _words(result: Result) -> int:
    return len(result.question.text.split())


def _locale_right(result: Result) -> bool:
    return result.understanding.locale == result.question.locale


MEASURES: Final[tuple[Measure, ...]] = (
    ("top-1", _on_topic, lambda r: r.best == r.question.topic),
    ("top-3", _on_topic, lambda r: r.question.topic in r.first_three),
    ("answered", _on_topic, lambda r: r.decision.kind in (Kind.ANSWER, Kind.URGENT, Kind.CHAT)),
    ("asked back", _on_topic, lambda r: r.decision.kind is Kind.CLARIFY),
    ("to a person", _on_topic, lambda r: r.decision.kind is Kind.PERSON),
    ("confident wrong", lambda r: r.question.kind != "not_urgent", lambda r: r.is_confidently_wrong),
    ("urgent recall", lambda r: _on_topic(r) and r.critical, lambda r: r.is_urgent),
    ("false alarms", lambda r: r.question.kind == "not_urgent", lambda r: r.is_urgent),
    ("out of scope caught", lambda r: r.question.kind == "out_of_scope", lambda r: r.decision.kind is not Kind.ANSWER),
    ("locale, 1-3 words", lambda r: _on_topic(r) and _words(r) <= SHORT_WORDS, _locale_right),
    ("locale, 4+ words", lambda r: _on_topic(r) and _words(r) > SHORT_WORDS, _locale_right),
)


def share(results: Iterable[Result], measure: Measure) -> float | None:
    """The share that counts, or None where there is nothing to look at."""
    _, concerns, counts = measure
    looked_at = [result for result in results if concerns(result)]
    return sum(map(counts, looked_at)) / len(looked_at) if looked_at else None


def confusions(results: Sequence[Result], most: int = 20) -> list[tuple[str, str, int, str]]:
    """Right topic, topic taken instead, how often, and an example; most frequent first."""
    wrong: dict[tuple[str, str], list[str]] = {}
    for result in results:
        if _on_topic(result) and result.best != result.question.topic:
            wrong.setdefault((result.question.topic, result.best), []).append(result.question.text)
    ranked = sorted(wrong.items(), key=lambda item: -len(item[1]))
    return [(right, taken, len(texts), texts[0]) for (right, taken), texts in ranked[:most]]


def markdown(results: Sequence[Result]) -> str:
    """docs/scorecard.md."""
    locales = sorted({result.question.locale for result in results})
    by_locale = {locale: [r for r in results if r.question.locale == locale] for locale in locales}
    lines = [
        "# Scorecard",
        "",
        "Written by `make evaluate`: questions in `nlu/evaluation/`, by writers who have not seen the training",
        "questions, through the Rasa box and the application's decision. Shares in per cent.",
        "",
        f"| locale | questions | {' | '.join(name for name, _, _ in MEASURES)} |",
        f"|---|---|{'---|' * len(MEASURES)}",
        *(_row(locale, found) for locale, found in by_locale.items()),
        _row("all", list(results)),
        "",
        "## The most frequent confusions",
        "",
        "| right topic | taken for | times | example |",
        "|---|---|---|---|",
        *(f"| {right} | {taken} | {times} | {text} |" for right, taken, times, text in confusions(results)),
        "",
        "## Danger that was not caught",
        "",
        *(_missed(results) or ["None."]),
        "",
    ]
    return "\n".join(lines)


def _row(name: str, results: Sequence[Result]) -> str:
    cells = [share(results, measure) for measure in MEASURES]
    return f"| {name} | {len(results)} | {' | '.join('' if c is None else f'{c:.1%}'[:-1] for c in cells)} |"


def _missed(results: Iterable[Result]) -> list[str]:
    return [
        f"- {r.question.locale}, {r.question.topic}: {r.question.text}"
        for r in results
        if _on_topic(r) and r.critical and not r.is_urgent
    ]
