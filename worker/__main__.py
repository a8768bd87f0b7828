"""`python -m worker`: one worker, until SIGTERM or SIGINT."""

import asyncio
import logging
import os
import signal
import sys

from road.errors import HotlineError
from road.settings import Settings, load
from worker.process import main


async def _until_signal(settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await main(settings, stop)


if __name__ == "__main__":
    try:
        settings = load(os.environ)
        logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s worker %(levelname)s %(message)s")
        asyncio.run(_until_signal(settings))
    except HotlineError as error:
        sys.exit(f"worker: {error}")
