"""The worker as a process: everything it needs from the settings, and its end on SIGTERM."""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Callable
from typing import Final

from actions.route import apologise, route
from content.content import Content
from content.live import LiveContent, follow
from nlu.client import UnderstandingClient
from road.clock import system_clock
from road.errors import StoreUnavailable
from road.settings import Settings
from road.waiting import happens
from store.connect import connect
from store.interface import Store
from worker.keeper import Keeper
from worker.road import Road, Understand
from worker.shift import Shift
from worker.taking import staff_chats
from worker.upkeep import keep_up

ASK_AGAIN_S: Final = 0.2

_LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"  # no I, O, Q: they are misheard and misread
_DIGITS: Final = "23456789"

_log = logging.getLogger(__name__)


async def main(settings: Settings, stop: asyncio.Event) -> None:
    """A worker with a store and content of its own, until told to stop."""
    store = connect(settings)
    try:
        if await _is_ready(store, stop):
            await run_worker(settings, store, LiveContent(settings.data_dir).now, stop)
    finally:
        await store.close()


async def _is_ready(store: Store, stop: asyncio.Event) -> bool:
    """Waits for the store; False when told to stop before it came."""
    while not stop.is_set():
        try:
            await store.ready()
        except StoreUnavailable:
            _log.warning("the store does not answer yet")
            await happens(stop, within_s=ASK_AGAIN_S)
        else:
            return True
    return False


async def run_worker(settings: Settings, store: Store, content: Callable[[], Content], stop: asyncio.Event) -> None:
    """Serves the road until told to stop."""
    async with UnderstandingClient(settings.rasa_url, settings.rasa_token, lambda: content().topics) as client:
        road = road_for(settings, store, content, client.understand)
        name = f"worker:{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        await asyncio.gather(serve(road, stop, name=name), follow(content, stop))


def road_for(settings: Settings, store: Store, content: Callable[[], Content], understand: Understand) -> Road:
    """The road as it is in the product."""
    return Road(
        store=store,
        understand=understand,
        route=route,
        apologise=apologise,
        content=content,
        clock=system_clock,
        fresh_id=case_id,
        retention_days=settings.retention_days,
        privacy_contact=settings.privacy_contact,
        console_url=settings.console_url,
        staff=staff_chats(settings),
    )


async def serve(road: Road, stop: asyncio.Event, *, name: str) -> None:
    """One worker's work until told to stop; the turns in hand are finished.

    Args:
        name: `worker:<what names the process>:<what nobody else has>`.
    """
    async with asyncio.TaskGroup() as together:
        together.create_task(Shift(road.store, road.travel, name=name).run(stop))
        together.create_task(Keeper(road, name=name).run(stop))
        together.create_task(keep_up(road.store, name, stop))


def case_id() -> str:
    """A case's name, to be read aloud: four letters and four digits, a thousand million of them.

    The store refuses one that somebody else has.
    """
    letters = "".join(secrets.choice(_LETTERS) for _ in range(4))
    return f"{letters}-{''.join(secrets.choice(_DIGITS) for _ in range(4))}"
