"""How each evaluation question fared before and fares now, and whether a loss is more than chance.

The same questions are asked both times, so only those whose outcome changed tell something: McNemar's test, exact, and
one-sided, since a gain needs no proof.
"""

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from hotline.scorecard import Question, Result, by_locale, is_danger, is_on_topic
from road.errors import SetupError

SIGNIFICANT: Final = 0.01
"""A loss is real when chance alone would show as large a one less often than this. Source: issue B."""


class Outcome(msgspec.Struct, frozen=True, array_like=True):
    """How a question fared: a line of docs/scorecard.jsonl.

    Attributes:
        id: Of its locale and text, see `question_id`.
        right: Its likeliest topic was the right one.
        urgent: It was treated as danger.
    """

    id: str
    right: bool
    urgent: bool


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Questions that a measure looks at, before and now.

    Attributes:
        before: How many of `questions` fared well before.
        lost: Those that fared well before and do not now.
        won: The reverse.
    """

    measure: str
    locale: str
    questions: int
    before: int
    lost: int
    won: int

    @property
    def now(self) -> int:
        """How many fare well now."""
        return self.before - self.lost + self.won

    @property
    def chance(self) -> float:
        """How likely at least so many of the changed questions are losses if losses and gains are equally likely."""
        changed = self.lost + self.won
        ways = sum(math.comb(changed, lost) for lost in range(self.lost, changed + 1))
        return ways / float(2**changed)

    @property
    def is_loss(self) -> bool:
        """Whether it got worse by more than chance."""
        return self.chance < SIGNIFICANT


Measured = tuple[str, Callable[[Result], bool], Callable[[Outcome], bool]]

MEASURED: Final[tuple[Measured, ...]] = (
    ("top-1", is_on_topic, lambda outcome: outcome.right),
    ("urgent recall", is_danger, lambda outcome: outcome.urgent),
    ("no false alarm", lambda result: not is_danger(result), lambda outcome: not outcome.urgent),
)
"""Name, the questions it looks at, and which of them fare well."""


def outcome(result: Result) -> Outcome:
    """What is kept of a result."""
    return Outcome(question_id(result.question), result.is_right, result.is_urgent)


def question_id(question: Question) -> str:
    """The same for the same text in the same locale, whatever its line."""
    return hashlib.sha256(f"{question.locale}\t{question.text}".encode()).hexdigest()[:16]


def changes(before: Mapping[str, Outcome], results: Iterable[Result]) -> Iterator[Change]:
    """Each measure over all locales and in each, for the questions that were asked both times."""
    asked_twice = [result for result in results if question_id(result.question) in before]
    for locale, group in by_locale(asked_twice).items():
        for name, concerns, fares_well in MEASURED:
            pairs = [(fares_well(before[now.id]), fares_well(now)) for now in map(outcome, filter(concerns, group))]
            yield _change(name, locale, pairs)


def _change(name: str, locale: str, pairs: list[tuple[bool, bool]]) -> Change:
    return Change(
        measure=name,
        locale=locale,
        questions=len(pairs),
        before=sum(before for before, _ in pairs),
        lost=pairs.count((True, False)),
        won=pairs.count((False, True)),
    )


def write_outcomes(path: Path, results: Iterable[Result]) -> None:
    """One line a question, in an order that does not depend on the questions' files."""
    lines = sorted(msgspec.json.encode(outcome(result)) for result in results)
    path.write_bytes(b"\n".join([*lines, b""]))


def read_outcomes(path: Path) -> dict[str, Outcome]:
    """The outcomes by question.

    Raises:
        SetupError: There is no such file, or a line is malformed; names file and line.
    """
    if not path.exists():
        raise SetupError(f"{path} is missing, there is nothing to compare with: run `make evaluate` and commit it")
    return {found.id: found for found in _outcomes(path)}


def _outcomes(path: Path) -> Iterator[Outcome]:
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            yield msgspec.json.decode(line, type=Outcome)
        except msgspec.MsgspecError as error:
            raise SetupError(f"{path}:{number}: not an outcome that `make evaluate` writes: {error}") from error
