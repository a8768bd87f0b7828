"""The product's worker on a Sunday at two in the morning, whatever the time is."""

import asyncio
import os
import secrets
import socket
import time
from dataclasses import replace

from content.live import LiveContent
from hotline.processes.life import live
from hotline.storing import ready_store
from nlu.client import UnderstandingClient
from road.settings import Settings
from worker.process import road_for, serve

NIGHT = 1_795_309_200.0
"""2026-11-22 02:00 in Budapest, a Sunday."""


async def main(settings: Settings, stop: asyncio.Event) -> None:
    name = f"worker:{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    content, began = LiveContent(settings.data_dir), time.time()
    async with (
        ready_store(settings, stop) as store,
        UnderstandingClient(settings.rasa_url, settings.rasa_token, lambda: content.now().topics) as client,
    ):
        road = road_for(settings, store, content.now, client.understand)
        await serve(replace(road, clock=lambda: NIGHT + time.time() - began), stop, name=name)


if __name__ == "__main__":
    live("worker", main)
