"""HTTP to the Bot API: uploads, time-outs, and errors that keep the token to themselves."""

import asyncio
import logging
import socket
import traceback
from contextlib import asynccontextmanager

import pytest
import telegram
from aiohttp import web
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.request import AiohttpRequest
from tests.app.botapi.refusal import WEBHOOK_ACTIVE, Refusal, too_fast
from tests.app.botapi.server import TOKEN, BotApi

SECRET_PART = TOKEN.partition(":")[2]


@pytest.fixture
async def api():
    async with BotApi() as server:
        yield server


@asynccontextmanager
async def bot_at(url, **request):
    async with AiohttpRequest(**request) as calls, AiohttpRequest() as polls:
        yield telegram.Bot(TOKEN, base_url=f"{url}/bot", request=calls, get_updates_request=polls)


@asynccontextmanager
async def answering(handler):
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_text_in_any_script_arrives_as_it_was(api):
    api.person(501)
    text = "😀 שלום Здравствуйте & <b>=%+\n\nend"
    async with bot_at(api.url) as bot:
        assert (await bot.send_message(501, text)).text == text


async def test_a_file_is_uploaded(api):
    api.person(501)
    async with bot_at(api.url) as bot:
        sent = await bot.send_document(501, telegram.InputFile(b"%PDF-1.7", filename="form.pdf"), caption="ю")
    assert (sent.document.file_name, sent.document.file_size) == ("form.pdf", 8)
    assert api.calls[-1].fields["caption"] == "ю"


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        (Refusal(400, "Bad Request: chat not found"), BadRequest),
        (Refusal(401, "Unauthorized"), InvalidToken),
        (Refusal(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (Refusal(404, "Not Found"), InvalidToken),
        (WEBHOOK_ACTIVE, Conflict),
        (Refusal(400, "Bad Request: moved", migrate_to_chat_id=-1007), ChatMigrated),
        (too_fast(7), RetryAfter),
        (Refusal(500, "Internal Server Error"), NetworkError),
        (Refusal(502, "Bad Gateway"), NetworkError),
    ],
)
async def test_each_refusal_is_the_error_that_the_library_documents(api, refusal, error):
    api.fail("getMe", refusal)
    async with bot_at(api.url) as bot:
        with pytest.raises(TelegramError) as raised:
            await bot.get_me()
    assert type(raised.value) is error
    assert getattr(raised.value, "message", "")


async def test_flood_control_says_how_long(api):
    api.fail("getMe", too_fast(7))
    async with bot_at(api.url) as bot:
        with pytest.raises(RetryAfter) as raised:
            await bot.get_me()
    assert raised.value.retry_after.total_seconds() == 7


async def failing(call):
    """The error of a call, with everything that a log could show of it."""
    with pytest.raises(TelegramError) as raised:
        await call
    assert SECRET_PART not in "".join(traceback.format_exception(raised.value))
    assert SECRET_PART not in repr(raised.value)
    return raised.value


async def test_an_answer_that_takes_too_long_is_timed_out(api):
    api.fail("getMe", None, delay_s=2.0)
    async with bot_at(api.url, read_timeout_s=0.1) as bot:
        assert type(await failing(bot.get_me())) is TimedOut


async def test_a_server_that_never_accepts_is_timed_out():
    with socket.create_server(("127.0.0.1", 0), backlog=1) as server:
        async with bot_at(f"http://127.0.0.1:{server.getsockname()[1]}") as bot:
            assert type(await failing(bot.get_me(read_timeout=0.1, connect_timeout=0.1))) is TimedOut


async def test_a_full_pool_is_timed_out_and_nothing_is_sent(api):
    api.fail("getMe", None, delay_s=1.0)
    async with bot_at(api.url, connections=1) as bot:
        first = asyncio.create_task(bot.get_me())
        await asyncio.sleep(0)
        assert type(await failing(bot.get_me(pool_timeout=0.05, connect_timeout=0.05))) is TimedOut
        await first
    assert len(api.calls) == 1


async def test_nobody_listening_is_a_network_error():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    async with bot_at(f"http://127.0.0.1:{port}") as bot:
        assert type(await failing(bot.get_me())) is NetworkError


async def test_an_address_that_is_none_is_a_network_error():
    async with bot_at("http://[nonsense") as bot:
        assert type(await failing(bot.get_me())) is NetworkError


async def test_an_answer_that_breaks_off_is_a_network_error(api):
    api.fail("getMe", None, is_lost=True)
    async with bot_at(api.url) as bot:
        assert type(await failing(bot.get_me())) is NetworkError


@pytest.mark.parametrize("status", [200, 400, 502])
async def test_an_error_page_from_the_way_is_neither_quoted_nor_logged(status, caplog):
    caplog.set_level(logging.DEBUG)

    async def page(request):
        return web.Response(status=status, text=f"<h1>cannot open {request.path}</h1>")

    async with answering(page) as url, bot_at(url) as bot:
        error = await failing(bot.get_me())
    assert "not JSON" in str(error)
    assert SECRET_PART not in caplog.text


async def test_a_text_that_can_not_be_encoded_is_refused_without_being_quoted(api):
    async with bot_at(api.url) as bot:
        error = await failing(bot.send_message(501, "MARKER \ud800"))
    assert type(error) is BadRequest
    assert "MARKER" not in repr(error)


async def test_a_closed_pool_is_a_network_error():
    request = AiohttpRequest()
    await request.shutdown()
    with pytest.raises(NetworkError, match="closed"):
        await request.post("http://127.0.0.1/")
