"""The desk as all consoles of this process see it: one stream of events, one snapshot from one telling to the next."""

import asyncio
from collections.abc import AsyncGenerator, Collection
from typing import Final

from road.case import Visibility
from road.errors import StoreError
from store.interface import LISTENING, DeskEvent, Store
from web.snapshot import Snapshot

GATHER_S: Final = 0.2
"""Events of so long are told together. The first after a quiet time is told at once, so that a new case is in every
open console within 500 ms (issue D), and a busy desk makes a console load its page five times a second at most.
What happens inside cases, and is much more, doesn't make `NEWS` wait. What was read of the desk is kept until events
are told, not until they come: whoever looks in between is told right after, and looks again."""

NEWS: Final = frozenset({"opened", "alarm", "duty"})
"""Events that concern every console, as in static/console.js."""

BEHIND: Final = 100
"""A console that has left so many tellings unread is cut off; its page connects again and loads everything."""

Events = tuple[DeskEvent, ...]
Reader = asyncio.Queue[Events | None]


class Board:
    """Listens at the desk for as long as a console is open; while none is, every page asks the store anew."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._snapshot: Snapshot | None = None
        self._readers: dict[Reader, frozenset[Visibility]] = {}
        self._listener: asyncio.Task[None] | None = None
        self._listens = asyncio.Event()
        self._gathered: dict[DeskEvent, None] = {}
        self._told_at = {True: 0.0, False: 0.0}  # of news, and of the rest
        self._tells_at: asyncio.TimerHandle | None = None

    def snapshot(self) -> Snapshot:
        """The desk since consoles were last told; nothing is kept while nobody would say that it has changed."""
        if self._snapshot is None or not self._listens.is_set():
            self._snapshot = Snapshot(self._store)
        return self._snapshot

    def changed(self) -> None:
        """Something was done in this process: its next page must show it, even before the event has come."""
        self._snapshot = None

    async def events(self, visibilities: Collection[Visibility]) -> AsyncGenerator[Events, None]:
        """As `Desk.events`, several at a time; ends when the store no longer tells."""
        reader: Reader = asyncio.Queue(BEHIND)
        self._readers[reader] = frozenset(visibilities)
        self._listener = self._listener or asyncio.create_task(self._listen())
        try:
            await self._listening()
            yield (LISTENING,)
            while (events := await reader.get()) is not None:
                yield events
        finally:
            self._leave(reader)

    async def _listening(self) -> None:
        """Returns when the desk is listened at, or when that has failed."""
        listening, failing = asyncio.ensure_future(self._listens.wait()), self._listener
        waited = {listening, failing} if failing else {listening}
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        listening.cancel()

    def _leave(self, reader: Reader) -> None:
        self._readers.pop(reader, None)
        if not self._readers and self._listener:
            self._listener.cancel()
            self._end()

    async def _listen(self) -> None:
        try:
            async for event in self._store.events(tuple(Visibility)):
                self._heard(event)
        except StoreError:
            pass  # told to the readers below: their pages connect again
        finally:
            if self._listener is asyncio.current_task():
                self._end()

    def _end(self) -> None:
        self._listens.clear()
        self._listener = None
        for reader in list(self._readers):
            self._cut_off(reader)

    def _heard(self, event: DeskEvent) -> None:
        if event == LISTENING:
            self.changed()
            self._listens.set()
            return
        self._gathered[event] = None
        now = asyncio.get_running_loop().time()
        self._tell_at(max(now, self._told_at[event.kind in NEWS] + GATHER_S))

    def _tell_at(self, at: float) -> None:
        """Tells then, if not before."""
        if self._tells_at is None or at < self._tells_at.when():
            if self._tells_at:
                self._tells_at.cancel()
            self._tells_at = asyncio.get_running_loop().call_at(at, self._tell)

    def _tell(self) -> None:
        self._tells_at = None
        now = asyncio.get_running_loop().time()
        self._told_at |= {event.kind in NEWS: now for event in self._gathered}
        events, self._gathered = list(self._gathered), {}
        if any(event.kind != "entry" for event in events):
            self.changed()
        for reader, visibilities in list(self._readers.items()):
            if seen := tuple(event for event in events if event.visibility in visibilities):
                self._give(reader, seen)

    def _give(self, reader: Reader, events: Events) -> None:
        try:
            reader.put_nowait(events)
        except asyncio.QueueFull:
            self._cut_off(reader)

    def _cut_off(self, reader: Reader) -> None:
        self._readers.pop(reader, None)
        while not reader.empty():
            reader.get_nowait()
        reader.put_nowait(None)
