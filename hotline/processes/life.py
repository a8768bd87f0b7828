"""How a process lives: settings, log, one coroutine until SIGTERM or SIGINT, one line for a user's mistake."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable

from road.errors import HotlineError
from road.settings import Settings, load

Main = Callable[[Settings, asyncio.Event], Awaitable[None]]
"""A process: settings, and the event that asks it to end."""


def live(name: str, main: Main) -> None:
    """Runs a process to its end; exits 1 with one line when it can't go on."""
    try:
        settings = load(os.environ)
        logging.basicConfig(level=settings.log_level.upper(), format=f"%(asctime)s {name} %(levelname)s %(message)s")
        _quiet_libraries()
        asyncio.run(_until_stopped(main, settings))
    except HotlineError as error:
        sys.exit(f"{name}: {error}")


async def _until_stopped(main: Main, settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await main(settings, stop)


def _quiet_libraries() -> None:
    """Libraries that would log addresses, bodies or tokens say only what went wrong."""
    for library in ("aiohttp", "asyncio", "httpcore", "httpx", "markdown_it", "telegram", "uvicorn.access"):
        logging.getLogger(library).setLevel(logging.WARNING)
