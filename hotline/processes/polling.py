"""Telegram's way in, as a process."""

import asyncio

from bot.polling import run_polling
from hotline.processes.life import live
from hotline.storing import ready_store
from road.settings import Settings


async def main(settings: Settings, stop: asyncio.Event) -> None:
    """Runs until told to stop."""
    async with ready_store(settings, stop) as store:
        await run_polling(settings, store, stop)


if __name__ == "__main__":
    live("polling", main)
