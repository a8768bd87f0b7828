"""The store of these settings, for a process or for one command."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from road.errors import StoreUnavailable
from road.settings import Settings
from road.turn import Address, Channel
from store.crypto import Keyring
from store.embedded import url_of
from store.interface import Store
from store.master_key import master_key
from store.valkey import ValkeyStore

PAGE_GROUPS: Final = ("now", "duty", "focal")
ASK_AGAIN_S: Final = 0.2

_log = logging.getLogger(__name__)


def connect(settings: Settings) -> ValkeyStore:
    """The configured server, or the embedded one; connected at first use."""
    return ValkeyStore(
        settings.redis_url or url_of(settings.data_dir),
        keyring=Keyring(master_key(settings)),
        staff={group: _staff(settings, group) for group in PAGE_GROUPS},
        retention_days=settings.retention_days,
    )


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


def _staff(settings: Settings, group: str) -> tuple[Address, ...]:
    return tuple(Address(Channel.TELEGRAM, str(chat)) for chat in settings.staff_chats(group))
