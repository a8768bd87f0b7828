"""The store of these settings, for a process or for one command."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from road.errors import StoreUnavailable
from road.settings import Settings
from store.connect import connect
from store.interface import Store

ASK_AGAIN_S: Final = 0.2

_log = logging.getLogger(__name__)


@asynccontextmanager
async def ready_store(settings: Settings, stop: asyncio.Event) -> AsyncIterator[Store]:
    """A store that answers; waits for it until told to stop."""
    store = connect(settings)
    try:
        await _until_ready(store, stop)
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def store_at_once(settings: Settings) -> AsyncIterator[Store]:
    """A store that answers now.

    Raises:
        StoreUnavailable: It does not.
    """
    store = connect(settings)
    try:
        await store.ready()
        yield store
    finally:
        await store.close()


async def _until_ready(store: Store, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            return await store.ready()
        except StoreUnavailable:
            _log.warning("the store does not answer yet")
            await asyncio.sleep(ASK_AGAIN_S)
    return None
