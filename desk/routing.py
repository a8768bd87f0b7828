"""Who may take which case, how many come before it, and how long that will take."""

from collections.abc import Mapping
from functools import lru_cache
from statistics import median
from typing import Final

import msgspec

from road.account import Account, OnDuty, Roster
from road.case import Case, Visibility

WIDEN_AFTER_S: Final = 300.0
"""So long a case waits for those who know its language and subject; then anybody who may see it is offered it."""

SAMPLES: Final = 5
"""Fewer cases closed lately say nothing about how long the next will take."""


class Line(msgspec.Struct, frozen=True, order=True):
    """Cases that ask for the same skills. Its name is in the store's keys: words of ours only."""

    visibility: Visibility
    locale: str
    group: str

    @property
    def name(self) -> str:
        """As it stands in keys: `all:uk:safety`."""
        return f"{self.visibility}:{self.locale}:{self.group}"

    @classmethod
    @lru_cache(maxsize=1024)
    def named(cls, name: str) -> "Line":
        """The line of a name."""
        visibility, locale, group = name.split(":")
        return cls(Visibility(visibility), locale, group)


def line_of(case: Case) -> Line:
    """The line that a case stands in."""
    return Line(case.visibility, case.locale, case.group)


def serves(account: Account, line: Line) -> bool:
    """Whether the account sees the line's cases and knows language and subject."""
    knows_locale = not account.locales or line.locale in account.locales
    knows_group = not account.groups or not line.group or line.group in account.groups
    return account.sees(line.visibility) and knows_locale and knows_group


def is_open_to(case: Case, account: Account, now: float) -> bool:
    """Whether a case is for this account, whoever else is there: by skill, being critical, or having waited long."""
    widened = case.critical or now - case.queued_at >= WIDEN_AFTER_S
    return account.sees(case.visibility) and (widened or serves(account, line_of(case)))


class Hands:
    """Who of a roster serves which line, each worked out once."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self._of_line: dict[Line, tuple[OnDuty, ...]] = {}
        self._skilled: dict[Line, bool] = {}
        self._names: dict[Line, frozenset[str]] = {}

    def of(self, line: Line) -> tuple[OnDuty, ...]:
        """Those on duty who serve a line; where nobody has the skill, all who may see it."""
        if line not in self._of_line:
            skilled = tuple(each for each in self.roster.on_duty if serves(each.account, line))
            self._of_line[line] = skilled or self.roster.seeing(line.visibility)
        return self._of_line[line]

    def offers(self, case: Case, account: Account, now: float) -> bool:
        """Whether a case is for this account: by itself (`is_open_to`), or because nobody on duty has the skill."""
        return is_open_to(case, account, now) or self.is_for(line_of(case), account)

    def is_for(self, line: Line, account: Account) -> bool:
        """Whether a line's cases are offered to this account at once: by skill, or because nobody on duty has it."""
        return account.sees(line.visibility) and (serves(account, line) or not self._has_skilled(line))

    def _has_skilled(self, line: Line) -> bool:
        if line not in self._skilled:
            self._skilled[line] = any(serves(each.account, line) for each in self.roster.on_duty)
        return self._skilled[line]

    def place(self, line: Line, ahead: Mapping[str, int]) -> int:
        """The place in the queue: cases ahead that share at least one operator on duty, plus one.

        Args:
            ahead: Waiting cases before this one by the name of their line.
        """
        mine = self._names_of(line)
        return 1 + sum(count for name, count in ahead.items() if mine & self._names_of(Line.named(name)))

    def expected_wait_s(self, line: Line, place: int) -> float | None:
        """How long until somebody takes the case at this place, from recent cases; None when nothing is known.

        As many hands must become free as stand before it; `n` hands that each need the median time for a case free
        one every median / n seconds. With a hand free for it, it waits nothing.
        """
        mine = self.of(line)
        hands = sum(each.account.capacity for each in mine)
        before = place - sum(each.free for each in mine)
        if hands and before <= 0:
            return 0.0
        if not hands or len(self.roster.service_s) < SAMPLES:
            return None
        return before * median(self.roster.service_s) / hands

    def _names_of(self, line: Line) -> frozenset[str]:
        if line not in self._names:
            self._names[line] = frozenset(each.account.name for each in self.of(line))
        return self._names[line]


@lru_cache(maxsize=4)
def hands_of(roster: Roster) -> Hands:
    """The hands of a roster, worked out once for all who ask: with 200 on duty it takes as long as ten commits."""
    return Hands(roster)
