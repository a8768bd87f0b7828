"""Ends the duty of whoever has gone: nobody is told that somebody is reading unless somebody is."""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from road.errors import StoreError
from store.interface import Desk

LOG: Final = logging.getLogger(__name__)

GRACE_S: Final = 120.0
"""Longer than a reload, a restart of this process or a dead spot between two rooms."""


class Presence:
    """Counts the open streams of each account. Someone without any for `GRACE_S` goes off duty."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._streams: Counter[str] = Counter()
        self._leaving: dict[str, asyncio.Task[None]] = {}

    @contextmanager
    def present(self, account: str) -> Iterator[None]:
        """The account has a console open, for the length of the block."""
        self._streams[account] += 1
        if leaving := self._leaving.pop(account, None):
            leaving.cancel()
        try:
            yield
        finally:
            self._streams[account] -= 1
            if not self._streams[account]:
                del self._streams[account]
                self._leaving[account] = asyncio.create_task(self._leave(account))

    def forget(self) -> None:
        """Leaves all duties as they are: it is this process that goes."""
        for leaving in self._leaving.values():
            leaving.cancel()
        self._leaving.clear()

    async def _leave(self, account: str) -> None:
        while True:
            await asyncio.sleep(GRACE_S)
            try:
                await self._desk.set_duty(account, on=False)
            except StoreError as error:
                LOG.warning("a duty could not be ended yet: %s", type(error).__name__)
            else:
                self._leaving.pop(account, None)
                return
