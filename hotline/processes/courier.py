"""The way out to Telegram and the chat page, and to the files that people have sent, as a process."""

import asyncio

from bot.courier import run_courier
from bot.fetcher import run_fetcher
from content.live import LiveContent
from hotline.processes.life import live
from hotline.storing import ready_store
from road.settings import Settings


async def main(settings: Settings, stop: asyncio.Event) -> None:
    """Runs until told to stop."""
    async with ready_store(settings, stop) as store:
        content = LiveContent(settings.data_dir).now()
        delivering = run_courier(settings, store, stop, plain=content.plain, locales=content.languages)
        await asyncio.gather(delivering, run_fetcher(settings, store, stop))


if __name__ == "__main__":
    live("courier", main)
