"""Now and then: what was erased leaves the files too. One worker at a time, by lease."""

import asyncio
import logging
from typing import Final

from road.errors import StoreError
from road.waiting import happens, unless
from store.interface import Store

EVERY_S: Final = 5.0
LEASE_S: Final = 30.0

_log = logging.getLogger(__name__)


async def keep_up(store: Store, name: str, stop: asyncio.Event) -> None:
    """Sweeps until told to stop."""
    while not stop.is_set():
        try:
            lease = await store.acquire("upkeep", name, ttl_s=LEASE_S)
            swept = await unless(stop, store.sweep()) if lease else False
            if swept:
                _log.info("the store's files were written anew without what was erased or expired")
        except StoreError as error:
            _log.warning("upkeep failed: %s", type(error).__name__)
        await happens(stop, within_s=EVERY_S)
