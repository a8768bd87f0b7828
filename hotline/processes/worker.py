"""The worker, as a process."""

import asyncio

from content.live import LiveContent
from hotline.processes.life import live
from hotline.storing import ready_store
from road.settings import Settings
from worker.process import run_worker


async def main(settings: Settings, stop: asyncio.Event) -> None:
    """Runs until told to stop."""
    async with ready_store(settings, stop) as store:
        await run_worker(settings, store, LiveContent(settings.data_dir).now, stop)


if __name__ == "__main__":
    live("worker", main)
