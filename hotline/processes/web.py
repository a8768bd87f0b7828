"""The chat page and the console, as a process."""

import asyncio

from content.live import LiveContent, follow
from hotline.processes.life import live
from hotline.storing import ready_store
from road.settings import Settings
from web.server import run_web


async def main(settings: Settings, stop: asyncio.Event) -> None:
    """Runs until told to stop."""
    async with ready_store(settings, stop) as store:
        content = LiveContent(settings.data_dir).now
        await asyncio.gather(run_web(settings, store, content, stop), follow(content, stop))


if __name__ == "__main__":
    live("web", main)
