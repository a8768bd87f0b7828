"""What the desk looks like now: each question is put to the store once, whoever asks."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar, cast

from desk.routing import Hands, Line
from road.account import Account, Roster
from road.case import Case, Visibility
from store.interface import Store

ALARMS: Final = 20
"""More alarms than that are no longer told apart by anybody."""

T = TypeVar("T")
Visibilities = frozenset[Visibility]


class Lines(NamedTuple):
    """Names of lines: those that an account serves, and the others that it may see."""

    served: frozenset[str]
    others: frozenset[str]


class Snapshot:
    """Answers of one moment, shared by all pages until something happens at the desk.

    With 10,000 open cases and 50 consoles the same few questions come again and again: operators with the same skills
    are served by the same lines.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._asked: dict[object, asyncio.Task[Any]] = {}
        self._hands: Hands | None = None
        self._lines: dict[object, Lines] = {}

    async def roster(self) -> Roster:
        """Who is on duty."""
        return await self._once("roster", self._store.roster)

    async def hands(self) -> Hands:
        """Who of them serves which line."""
        roster = await self.roster()
        self._hands = self._hands or Hands(roster)
        return self._hands

    async def lines(self) -> Mapping[str, int]:
        """How many cases wait, by the name of their line."""
        return await self._once("lines", self._store.lines)

    async def lines_for(self, account: Account) -> Lines:
        """The lines that an account may see, worked out once for all who may see and know the same."""
        hands, counts = await self.hands(), await self.lines()
        skills = (account.role, account.locales, account.groups)
        if skills not in self._lines:
            lines = [Line.named(name) for name in counts]
            seen = [line for line in lines if account.sees(line.visibility)]
            served = frozenset(line.name for line in seen if hands.is_for(line, account))
            self._lines[skills] = Lines(served, frozenset(line.name for line in seen) - served)
        return self._lines[skills]

    async def alarms(self, visibilities: Visibilities) -> Sequence[Case]:
        """The first cases whose alarm nobody has seen."""
        return await self._once(("alarms", visibilities), lambda: self._store.alarms(visibilities, limit=ALARMS))

    async def first(self, visibilities: Visibilities, limit: int) -> Sequence[Case]:
        """The first open cases by rank."""
        return await self._once(("first", visibilities, limit), lambda: self._store.queue(visibilities, limit=limit))

    async def waiting(self, lines: Collection[str], limit: int) -> Sequence[Case]:
        """The first waiting cases of some lines by rank."""
        asked = frozenset(lines)
        return await self._once(("waiting", asked, limit), lambda: self._store.waiting(asked, limit=limit))

    async def surges(self, topics: Collection[str]) -> Mapping[str, int]:
        """Topics that very many people ask about just now, and how many do."""
        return await self._once("surges", lambda: self._store.surges(topics))

    async def held_by(self, accounts: Collection[str]) -> Sequence[Case]:
        """Cases in the hands of these accounts, oldest first."""
        asked = frozenset(accounts)
        return await self._once(("held", asked), lambda: self._store.held_by(asked))

    async def _once(self, question: object, ask: Callable[[], Awaitable[T]]) -> T:
        if question not in self._asked:
            self._asked[question] = asyncio.ensure_future(ask())
        try:
            return cast(T, await asyncio.shield(self._asked[question]))
        except Exception:
            self._asked.pop(question, None)  # the next page asks again
            raise
