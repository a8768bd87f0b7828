"""Slows down whoever tries passwords: five failures for a name in fifteen minutes, thirty for an address."""

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Final

from road.clock import Clock
from store.interface import Accounts

WINDOW_S: Final = 900.0
FAILURES_OF_NAME: Final = 5
FAILURES_OF_ADDRESS: Final = 30
"""An office behind one address has many colleagues, and each of them mistypes."""


@dataclass(frozen=True)
class Counted:
    """One thing that failures are counted for; the store's key is a hash, so that no name stands in it."""

    key: str
    limit: int


def counted(name: str, address: str) -> tuple[Counted, ...]:
    """What an attempt is counted for."""
    return (
        Counted(_key("name", name.casefold()), FAILURES_OF_NAME),
        Counted(_key("address", address), FAILURES_OF_ADDRESS),
    )


class LoginThrottle:
    """Knows who must wait. The store counts; the end of each wait is remembered by this process.

    Attempts go through one at a time (`lock`): argon2 takes 64 MiB each, and a burst can't outrun the count.
    """

    def __init__(self, store: Accounts, clock: Clock) -> None:
        self.lock = asyncio.Lock()
        self._store = store
        self._clock = clock
        self._waits_until: dict[str, float] = {}

    def wait_s(self, attempt: tuple[Counted, ...]) -> float:
        """How long until the attempt may be made; 0.0 for now."""
        now = self._clock()
        self._waits_until = {key: until for key, until in self._waits_until.items() if until > now}
        return max((self._waits_until.get(each.key, now) - now for each in attempt), default=0.0)

    async def failed(self, attempt: tuple[Counted, ...]) -> None:
        """Counts a failure, and makes those who had too many wait."""
        for each in attempt:
            if await self._store.count_login(each.key, window_s=WINDOW_S) >= each.limit:
                self._waits_until[each.key] = self._clock() + WINDOW_S


def _key(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()
