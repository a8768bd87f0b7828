"""A lease for as long as its work goes on: one process at a time polls, and one delivers."""

import asyncio
import logging
import os
import secrets
import socket
import time
from collections.abc import Awaitable, Callable

from road.errors import StoreError
from road.waiting import happens
from store.interface import Lease, Leases

_log = logging.getLogger(__name__)

TTL_S = 10.0
RENEW_EVERY_S = 3.0
_TRY_EVERY_S = 1.0

Ticks = Callable[[], float]
"""Seconds that never go back, and that go on while the process is stopped."""


class Tenure:
    """A lease in hand.

    Attributes:
        ended: Set when the lease is lost or the work must stop.
    """

    def __init__(self, leases: Leases, lease: Lease, *, taken_at: float, ticks: Ticks = time.monotonic) -> None:
        self.lease = lease
        self.ended = asyncio.Event()
        self._leases, self._ticks = leases, ticks
        self._until = taken_at + TTL_S

    def holds(self) -> bool:
        """Whether the lease can't have run out yet; a process that was stopped for long finds out here."""
        return not self.ended.is_set() and self._ticks() < self._until

    async def keep(self, stop: asyncio.Event) -> None:
        """Renews the lease until it is lost or `stop` is set."""
        while self._ticks() < self._until and not await happens(stop, within_s=RENEW_EVERY_S):
            await self._renew()
        self.ended.set()

    async def _renew(self) -> None:
        asked_at = self._ticks()
        try:
            kept = await self._leases.renew(self.lease, ttl_s=TTL_S)
        except StoreError as error:
            _log.warning("lease %s not renewed: %s", self.lease.name, type(error).__name__)
            return
        self._until = asked_at + TTL_S if kept else asked_at


async def while_held(leases: Leases, name: str, work: Callable[[Tenure], Awaitable[None]], stop: asyncio.Event) -> None:
    """Does `work` whenever the lease is won, until stopped. `work` must return when its tenure has ended."""
    holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    while not stop.is_set():
        tenure = await _win(leases, name, holder)
        if tenure is None:
            await happens(stop, within_s=_TRY_EVERY_S)
            continue
        _log.info("lease %s taken", name)
        await _serve(leases, tenure, work, stop)


async def _win(leases: Leases, name: str, holder: str) -> Tenure | None:
    asked_at = time.monotonic()
    try:
        lease = await leases.acquire(name, holder, ttl_s=TTL_S)
    except StoreError as error:
        _log.warning("lease %s not taken: %s", name, type(error).__name__)
        return None
    return Tenure(leases, lease, taken_at=asked_at) if lease else None


async def _serve(
    leases: Leases, tenure: Tenure, work: Callable[[Tenure], Awaitable[None]], stop: asyncio.Event
) -> None:
    keeper = asyncio.create_task(tenure.keep(stop))
    try:
        await work(tenure)
    finally:
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)
        await _release(leases, tenure)


async def _release(leases: Leases, tenure: Tenure) -> None:
    try:
        await leases.release(tenure.lease)
    except StoreError as error:
        _log.warning("lease %s not released: %s", tenure.lease.name, type(error).__name__)
