"""Tells the store whose console is open, and that this process lives: nobody hears that somebody reads unless they do.

What a stream's end means is the desk's business (worker/keeper.py): duty ends and cases go back once an account has not
been there for `store.interface.PRESENT_S`. This process may be killed at any time; consoles then open their stream at
the next one.
"""

import asyncio
import logging
import os
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from road.errors import StoreError
from road.waiting import happens
from store.interface import Store

LOG: Final = logging.getLogger(__name__)

BEAT_S: Final = 10.0
"""Between two words that somebody is there: three may fail before an account counts as gone."""

ALIVE_S: Final = 25.0
"""So long this process counts as alive after a word. While none does, nobody's console can be open, and nobody counts
as gone for it (worker/keeper.py)."""


class Presence:
    """Counts the open streams of each account."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._process = f"web:{socket.gethostname()}:{os.getpid()}"
        self._streams: Counter[str] = Counter()

    @contextmanager
    def present(self, account: str) -> Iterator[None]:
        """The account has a console open, for the length of the block."""
        self._streams[account] += 1
        try:
            yield
        finally:
            self._streams[account] -= 1
            if not self._streams[account]:
                del self._streams[account]

    async def keep(self, stop: asyncio.Event) -> None:
        """Says who is there, and that we are, until told to stop."""
        while not stop.is_set():
            await self.say()
            await happens(stop, within_s=BEAT_S)
        await self._say(alive_s=0.0)

    async def say(self) -> None:
        """Says who is there now; a store that does not answer hears it next time."""
        await self._say(alive_s=ALIVE_S)

    async def _say(self, *, alive_s: float) -> None:
        try:
            await self._store.be_present(list(self._streams))
            await self._store.beat(self._process, ttl_s=alive_s)
        except StoreError as error:
            LOG.warning("presence could not be told: %s", type(error).__name__)
