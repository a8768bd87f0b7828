"""A worker's shift: its share of the sixteen inboxes, each held by a lease, its turns done one after the other.

Workers that are alive share the inboxes out evenly without talking to each other: each counts who is alive, gives up
what is above its share and takes what is free below it.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from road.errors import Conflict, StoreError
from road.waiting import happens, unless
from store.interface import SHARDS, Held, Lease, Store

LEASE_S: Final = 10.0
ROUND_S: Final = 3.0
"""Between renewals: two may fail before a lease runs out."""

TAKE_S: Final = 5.0
PAUSES_S: Final = (0.1, 0.2, 0.5, 1.0, 2.0)
"""Waits after the store failed, the last one again and again."""

Handle = Callable[[Held], Awaitable[None]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hold:
    """An inbox in hand, the task that works on it, and the sign that it shall end."""

    lease: Lease
    task: "asyncio.Task[None]"
    ending: asyncio.Event = field(default_factory=asyncio.Event)


class Shift:
    """See the module.

    Args:
        handle: Brings a turn to its commit.
        name: Unique to this worker; its part before the last colon is the process.
    """

    def __init__(self, store: Store, handle: Handle, *, name: str) -> None:
        self._store = store
        self._handle = handle
        self._name = name
        self._process = name.rpartition(":")[0]
        self._holds: dict[int, Hold] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Works until told to stop; then finishes the turns in hand and gives the inboxes back."""
        while not stop.is_set():
            try:
                await self._round()
            except StoreError as error:
                _log.warning("the store did not answer: %s", type(error).__name__)
            await happens(stop, within_s=ROUND_S)
        await self._end()

    async def _round(self) -> None:
        await self._store.beat(self._process, ttl_s=LEASE_S)
        await asyncio.gather(*(self._renew(hold) for hold in self._holds.values()))
        self._drop_ended()
        share = fair_share(SHARDS, await self._workers())
        self._give_up(len(self._holds) - share)
        await self._take_up(share)

    def _drop_ended(self) -> None:
        """Forgets what was given back or lost; a task that broke breaks the shift, so that somebody sees it."""
        for shard, hold in list(self._holds.items()):
            if hold.task.done():
                del self._holds[shard]
                hold.task.result()

    async def _workers(self) -> int:
        kind = self._process.partition(":")[0]
        return max(1, sum(name.partition(":")[0] == kind for name in await self._store.alive()))

    async def _renew(self, hold: Hold) -> None:
        if not await self._store.renew(hold.lease, ttl_s=LEASE_S):
            hold.ending.set()

    def _give_up(self, surplus: int) -> None:
        for hold in list(self._holds.values())[: max(0, surplus)]:
            hold.ending.set()

    async def _take_up(self, share: int) -> None:
        """Tries the inboxes from a place of its own on, so that workers who start together meet less."""
        first = hash(self._name) % SHARDS
        for number in range(SHARDS):
            shard = (first + number) % SHARDS
            if len(self._holds) >= share:
                return
            if shard not in self._holds and (lease := await self._lease(shard)):
                self._start(shard, lease)

    async def _lease(self, shard: int) -> Lease | None:
        return await self._store.acquire(f"inbox:{shard}", self._name, ttl_s=LEASE_S)

    def _start(self, shard: int, lease: Lease) -> None:
        ending = asyncio.Event()
        task = asyncio.create_task(self._work(lease, ending), name=lease.name)
        self._holds[shard] = Hold(lease, task, ending)

    async def _work(self, lease: Lease, ending: asyncio.Event) -> None:
        """Turn after turn, until the lease is lost or shall be given back."""
        failures = 0
        held: Held | None = None
        while not ending.is_set():
            try:
                held = held or await unless(ending, self._store.take(lease, wait_s=TAKE_S))
                if held is not None:
                    await self._handle(held)
                failures, held = 0, None
            except Conflict:
                break  # somebody else holds it now
            except StoreError as error:
                _log.warning("%s waits for the store: %s", lease.name, type(error).__name__)
                await happens(ending, within_s=PAUSES_S[min(failures, len(PAUSES_S) - 1)])
                failures += 1
        with contextlib.suppress(StoreError):
            await self._store.release(lease)

    async def _end(self) -> None:
        for hold in self._holds.values():
            hold.ending.set()
        await asyncio.gather(*(hold.task for hold in self._holds.values()))
        with contextlib.suppress(StoreError):
            await self._store.beat(self._process, ttl_s=0)


def fair_share(shards: int, workers: int) -> int:
    """How many inboxes one of several workers holds at most."""
    return -(-shards // workers)
