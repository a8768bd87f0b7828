"""The scorecard's measures: what the hotline makes of questions that it was not trained on."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from actions.decision import Decision, Kind
from road.understanding import Understanding

SHORT_WORDS: Final = 3
MIDDLE_WORDS: Final = 8
OFFERED: Final = 3
SURE: Final = 0.9

SPELLINGS: Final = {
    "accentless": "without accents",
    "latin": "in Latin letters",
    "polite": "with a greeting or thanks",
}
"""Copies of questions as others type them: what `nlu.copies` calls them, and what people do."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A line of `nlu/evaluation/<locale>.tsv`, or a copy of one in another spelling.

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
    def confidence(self) -> float:
        """How sure the model is of the likeliest topic, 0.0 to 1.0."""
        return self.understanding.ranking[0].confidence if self.understanding.ranking else 0.0

    @property
    def is_right(self) -> bool:
        """Whether the likeliest topic is the right one."""
        return self.best == self.question.topic

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


class Measure(NamedTuple):
    """A share of results."""

    name: str
    concerns: Callable[[Result], bool]
    counts: Callable[[Result], bool]


ALL: Final = "all"
"""In place of a locale: all of them together."""

FIRST: Final = frozenset({"uk", "hu", "en", "ru"})
"""The languages of issue B; those of issue E have goals of their own."""


class Goal(NamedTuple):
    """What a measure must reach.

    Attributes:
        overall: Over all languages, and in each where no other limit is given.
        each: In each language.
        later: In each of the nine that are not among the first.
        is_ceiling: It must stay below, not above.
    """

    overall: float
    each: float | None = None
    later: float | None = None
    is_ceiling: bool = False

    def limit(self, locale: str) -> float:
        """What is to be reached in a locale, or over `ALL`."""
        if locale == ALL:
            return self.overall
        each = self.overall if self.each is None else self.each
        return each if self.later is None or locale in FIRST else self.later

    def missed(self, found: float, locale: str) -> bool:
        """Whether a share misses it."""
        limit = self.limit(locale)
        return found > limit if self.is_ceiling else found < limit


def is_on_topic(result: Result) -> bool:
    """A question that some topic answers."""
    return result.question.kind == "topic"


def is_danger(result: Result) -> bool:
    """A question about a critical topic."""
    return is_on_topic(result) and result.critical


def is_ordinary(result: Result) -> bool:
    """A question about a topic that is not critical."""
    return is_on_topic(result) and not result.critical


def is_hard_calm(result: Result) -> bool:
    """A question that sounds like danger, and is none."""
    return result.question.kind == "not_urgent"


def is_answerable_or_not(result: Result) -> bool:
    """A question that is answered or left alone: all but those that only try the urgency."""
    return not is_hard_calm(result)


def _is_out_of_scope(result: Result) -> bool:
    return result.question.kind == "out_of_scope"


def _is_sure(result: Result) -> bool:
    return is_answerable_or_not(result) and result.confidence >= SURE


def _is_right_in_locale(result: Result) -> bool:
    return result.understanding.locale == result.question.locale


def _ends_as(*kinds: Kind) -> Callable[[Result], bool]:
    return lambda result: result.decision.kind in kinds


def _has_words(fewest: int, most: float) -> Callable[[Result], bool]:
    return lambda result: is_on_topic(result) and fewest <= len(result.question.text.split()) <= most


TOP_1: Final = Measure("top-1", is_on_topic, lambda r: r.is_right)
TOP_3: Final = Measure("top-3", is_on_topic, lambda r: r.question.topic in r.first_three)
RECALL: Final = Measure("urgent recall", is_danger, lambda r: r.is_urgent)
LOCALE: Final = Measure("locale", is_on_topic, _is_right_in_locale)

MEASURES: Final = (
    TOP_1,
    TOP_3,
    Measure("confident wrong", is_answerable_or_not, lambda r: r.is_confidently_wrong),
    Measure("right where 90 % sure", _is_sure, lambda r: r.is_right),
    Measure("out of scope caught", _is_out_of_scope, lambda r: r.decision.kind not in (Kind.ANSWER, Kind.URGENT)),
    RECALL,
    Measure("false alarms", is_hard_calm, lambda r: r.is_urgent),
    Measure("false alarms, ordinary", is_ordinary, lambda r: r.is_urgent),
    Measure("locale, 1-3 words", _has_words(1, SHORT_WORDS), _is_right_in_locale),
    Measure("locale, 4-8 words", _has_words(SHORT_WORDS + 1, MIDDLE_WORDS), _is_right_in_locale),
    Measure("locale, 9+ words", _has_words(MIDDLE_WORDS + 1, float("inf")), _is_right_in_locale),
)

FATES: Final = (
    Measure("answered", is_on_topic, _ends_as(Kind.ANSWER, Kind.CHAT, Kind.URGENT)),
    Measure("asked back", is_on_topic, _ends_as(Kind.CLARIFY)),
    Measure("to a person", is_on_topic, _ends_as(Kind.PERSON)),
)
"""What is done with a question."""

GOALS: Final[Mapping[str, Goal]] = {
    "top-1": Goal(0.92, later=0.88),
    "top-3": Goal(0.96, later=0.95),
    "confident wrong": Goal(0.04, later=0.05, is_ceiling=True),
    "right where 90 % sure": Goal(0.90),
    "out of scope caught": Goal(0.85),
    "urgent recall": Goal(0.98, each=0.95),
    "false alarms": Goal(0.03, later=0.05, is_ceiling=True),
    "false alarms, ordinary": Goal(0.03, is_ceiling=True),
    "locale, 1-3 words": Goal(0.96),
    "locale, 4-8 words": Goal(0.99),
    "locale, 9+ words": Goal(0.99),
    "locale, without accents": Goal(0.94),
    "locale, in Latin letters": Goal(0.75),
    "locale, with a greeting or thanks": Goal(0.96),
}
"""Source: issues B and E, "Must reach"; with a greeting or thanks, our own, as for one to three words."""


def share(results: Iterable[Result], measure: Measure) -> float | None:
    """The share that counts, or None where there is nothing to look at."""
    looked_at = [result for result in results if measure.concerns(result)]
    return sum(map(measure.counts, looked_at)) / len(looked_at) if looked_at else None


def by_locale(results: Sequence[Result]) -> dict[str, list[Result]]:
    """All results under `ALL`, then those of each locale."""
    groups: dict[str, list[Result]] = {ALL: list(results)}
    for result in sorted(results, key=lambda result: result.question.locale):
        groups.setdefault(result.question.locale, []).append(result)
    return groups


def confusions(results: Iterable[Result], most: int = 20) -> list[tuple[str, str, int, str]]:
    """Right topic, topic taken instead, how often, and an example; most frequent first."""
    wrong = [result for result in results if is_on_topic(result) and not result.is_right]
    pairs = Counter((result.question.topic, result.best) for result in wrong)
    example = {(result.question.topic, result.best): result.question.text for result in reversed(wrong)}
    return [(*pair, times, example[pair]) for pair, times in pairs.most_common(most)]
