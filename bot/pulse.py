"""Tells the store that this process is alive, for `hotline run` and for whoever watches."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from road.errors import StoreError
from store.interface import Health

_log = logging.getLogger(__name__)

EVERY_S: Final = 5.0
TTL_S: Final = 15.0


@asynccontextmanager
async def beating(store: Health, role: str) -> AsyncIterator[None]:
    """Beats as `<role>:<host>:<process id>` while the block lasts."""
    task = asyncio.create_task(_beat(store, f"{role}:{socket.gethostname()}:{os.getpid()}"))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _beat(store: Health, process: str) -> None:
    while True:
        try:
            await store.beat(process, ttl_s=TTL_S)
        except StoreError as error:
            _log.warning("no heartbeat: %s", type(error).__name__)
        await asyncio.sleep(EVERY_S)
