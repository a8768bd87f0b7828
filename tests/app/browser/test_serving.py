"""The site as a process runs it."""

import asyncio
import logging
import socket

import httpx
import pytest

from content.content import Content
from road.errors import SetupError
from road.settings import Settings
from store.memory import MemoryStore
from tests.app.browser.house import free_port
from web.server import UNHEARD_MS, _listening, run_web, without_traceback


async def test_it_serves_until_it_is_stopped_even_with_a_poll_open(content: Content) -> None:
    settings, stop = Settings(port=free_port()), asyncio.Event()
    serving = asyncio.create_task(run_web(settings, MemoryStore(), lambda: content, stop))
    transport = httpx.AsyncHTTPTransport(retries=20)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.port}", transport=transport) as browser:
        assert (await browser.get("/healthz")).text == "ok"
        await browser.get("/")
        polling = asyncio.create_task(browser.get("/chat/replies"))
        await asyncio.sleep(0.05)
        stop.set()
        await asyncio.wait_for(serving, 60)
        assert (await polling).json() == {"replies": []}


async def test_a_taken_port_is_told_in_one_sentence(content: Content) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        settings = Settings(port=listener.getsockname()[1])
        with pytest.raises(SetupError, match="HOTLINE_PORT"):
            await run_web(settings, MemoryStore(), lambda: content, asyncio.Event())


def test_a_logged_exception_keeps_its_type_and_place_and_loses_its_text() -> None:
    try:
        raise ValueError("what a person wrote")
    except ValueError as error:
        caught = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, "Exception in ASGI application\n", (), caught)
    assert without_traceback(record)
    said = logging.Formatter().format(record)
    assert "ValueError at test_serving.py:" in said
    assert "wrote" not in said


def test_a_connection_whose_peer_hears_nothing_is_closed_by_the_kernel() -> None:
    with _listening("127.0.0.1", free_port()) as listener:
        listener.listen()
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == UNHEARD_MS
