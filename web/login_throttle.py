"""Slows down whoever tries passwords or codes: so many failures for a name, so many for an address."""

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

DAY_S: Final = 86_400.0
CODES_A_DAY: Final = 20
"""Of a million codes three are taken at a time: twenty guesses a day, by somebody who knows the password, hit once in
45 years."""


@dataclass(frozen=True)
class Counted:
    """One thing that failures are counted for; the store's key is a hash, so that no name stands in it.

    Attributes:
        window_s: How long a failure counts, and how long whoever had too many must wait.
    """

    key: str
    limit: int
    window_s: float = WINDOW_S


def counted(name: str, address: str) -> tuple[Counted, ...]:
    """What an attempt with a password is counted for."""
    return (
        Counted(_key("name", name.casefold()), FAILURES_OF_NAME),
        Counted(_key("address", address), FAILURES_OF_ADDRESS),
    )


def counted_code(name: str, address: str) -> tuple[Counted, ...]:
    """What an attempt with a code is counted for; who makes one has the password, or a link, already."""
    return (
        Counted(_key("code", name.casefold()), FAILURES_OF_NAME),
        Counted(_key("codes a day", name.casefold()), CODES_A_DAY, DAY_S),
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
            if await self._store.count_login(each.key, window_s=each.window_s) >= each.limit:
                self._waits_until[each.key] = self._clock() + each.window_s


def _key(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()
