"""Serves the site until the process is told to stop."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import uvicorn

from content.content import Content
from nlu.client import UnderstandingClient
from road.clock import Clock, system_clock
from road.errors import SetupError
from road.settings import Settings
from store.interface import Store
from web.app import create_app, nobody_understands

LAST_REQUESTS_S: Final = 3

UNHEARD_MS: Final = 20_000
"""A peer that acknowledges nothing for so long is gone: the kernel closes the connection, and with it a console's
stream. Without it a laptop that was closed would count as there for a quarter of an hour (Linux, tcp(7))."""


class _EveryTopic:
    """Lets every topic that the model knows through: editors see which of them are live, and which in the draft."""

    def __contains__(self, _topic: object) -> bool:
        return True


class Server(uvicorn.Server):
    """Leaves signals to the process, which says by `should_exit` when to end."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield


async def run_web(
    settings: Settings,
    store: Store,
    content: Callable[[], Content],
    stop: asyncio.Event,
    *,
    clock: Clock = system_clock,
) -> None:
    """Serves until `stop` is set; requests under way are finished.

    Raises:
        SetupError: The port is taken, or the address is not this machine's.
    """
    box = UnderstandingClient(settings.rasa_url, settings.rasa_token, _EveryTopic)
    with _listening(settings.host, settings.port) as listener:
        app = create_app(settings, store, content, clock, box.understand if settings.rasa_url else nobody_understands)
        server = Server(server_config(app))
        ending = asyncio.create_task(_end(server, app.state.site.stop, stop))
        presence = asyncio.create_task(app.state.site.presence.keep(stop))
        try:
            async with box:
                await server.serve(sockets=[listener])
        finally:
            ending.cancel()
            presence.cancel()
            await asyncio.gather(ending, presence, return_exceptions=True)


def server_config(app: "object") -> uvicorn.Config:
    """No access log, since addresses of pages name cases; no tracebacks, since their texts may quote people."""
    logging.getLogger("uvicorn.error").addFilter(without_traceback)
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=LAST_REQUESTS_S,
    )


def without_traceback(record: logging.LogRecord) -> bool:
    """A log filter: says of an exception its type and place, never its text."""
    if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
        record.msg, record.args = "%s: %s", (record.msg, _type_and_place(record.exc_info[1]))
        record.exc_info = record.exc_text = None
    return True


def _type_and_place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"


async def _end(server: Server, streams: asyncio.Event, stop: asyncio.Event) -> None:
    await stop.wait()
    streams.set()
    server.should_exit = True


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNHEARD_MS)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise SetupError(f"{host}:{port} can't be listened on ({error.strerror}); set HOTLINE_PORT") from error
        yield listener
