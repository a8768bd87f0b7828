"""The way out to Telegram and the chat page, as a process."""

import asyncio

from bot.courier import run_courier
from content.live import LiveContent
from hotline.processes.life import live
from hotline.storing import ready_store
from road.settings import Settings


async def main(settings: Settings, stop: asyncio.Event) -> None:
    """Runs until told to stop."""
    async with ready_store(settings, stop) as store:
        content = LiveContent(settings.data_dir).now()
        await run_courier(settings, store, stop, plain=content.plain, locales=content.languages)


if __name__ == "__main__":
    live("courier", main)
