"""The webhook between a Bot API server over HTTP and a store in memory."""

import asyncio
import logging
import socket

import aiohttp
import pytest

from bot.webhook import BODY_BYTES, PATH, SECRET_HEADER, run_webhook
from road.errors import SetupError, StoreFull, StoreUnavailable
from store.memory import MemoryStore
from tests.app.botapi.refusal import Refusal
from tests.app.botapi.server import TOKEN, BotApi
from tests.app.integration.bot_road import SECRET, all_turns, running, settings, until


@pytest.fixture
async def api():
    async with BotApi() as server:
        yield server


@pytest.fixture
def store():
    return Guarded()


class Guarded(MemoryStore):
    """Takes nothing while `error` is set."""

    def __init__(self):
        super().__init__()
        self.error = None

    async def accept(self, turn):
        if self.error:
            raise self.error
        return await super().accept(turn)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture
def given(api):
    port = free_port()
    return settings(api, public_url=f"http://127.0.0.1:{port}", webhook_port=port, webhook_secret=SECRET)


@pytest.fixture
async def listening(api, store, given):
    async with running(run_webhook, given, store):
        await api.until(lambda: api.called("setWebhook"))
        yield f"{given.public_url}{PATH}"


async def post(url, body, *, secret=SECRET, **how):
    headers = {"Content-Type": "application/json"} | ({SECRET_HEADER: secret} if secret else {})
    async with aiohttp.ClientSession() as http, http.post(url, data=body, headers=headers, **how) as response:
        return response.status, await response.text()


UPDATE = (
    b'{"update_id": 5, "message": {"message_id": 1, "date": 1, "text": "hello", '
    b'"chat": {"id": 501, "type": "private"}, "from": {"id": 501, "is_bot": false, "first_name": "Testperson"}}}'
)


async def test_telegram_is_told_where_to_come_and_delivers(api, store, listening):
    assert api.bot.updates.webhook.url == listening
    assert api.bot.updates.webhook.secret == SECRET
    await api.person(501).writes("hello")
    await api.bot.updates.settled()
    assert [turn.text for turn in await all_turns(store)] == ["hello"]


async def test_a_doubled_update_is_one_turn(store, listening):
    assert [await post(listening, UPDATE) for _ in range(3)] == [(200, "")] * 3
    assert len(await all_turns(store)) == 1


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "x", "ж"])
async def test_without_the_secret_nothing_is_taken_or_read(store, listening, secret):
    assert await post(listening, UPDATE, secret=secret) == (403, "")
    assert await post(listening, b"x" * (BODY_BYTES + 1), secret=secret) == (403, "")
    assert await all_turns(store) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b'{"update_id": "x"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b"9" * 5000,
    ],
)
async def test_what_is_no_update_is_a_bad_request(store, listening, body):
    assert await post(listening, body) == (400, "")
    assert await all_turns(store) == []


async def test_an_update_that_can_not_be_read_is_not_sent_for_ever(store, listening, caplog):
    caplog.set_level(logging.DEBUG)
    assert await post(listening, b'{"update_id": 6, "message": "MARKER"}') == (200, "")
    assert await post(listening, b'{"update_id": 7, "update_of_2031": {"text": "MARKER"}}') == (200, "")
    assert await all_turns(store) == []
    assert "MARKER" not in caplog.text


async def test_broken_surrogates_are_no_trouble(store, listening):
    assert await post(listening, UPDATE.replace(b"hello", rb"\ud83d\ude00 \ud800")) == (200, "")
    assert [turn.text for turn in await all_turns(store)] == ["😀 \ufffd"]


async def test_a_body_that_is_too_large_is_refused_with_and_without_a_length(store, listening):
    assert await post(listening, b"x" * (BODY_BYTES + 1)) == (413, "")

    async def chunks():
        for _ in range(11):
            yield b"x" * (BODY_BYTES // 10)

    assert (await post(listening, chunks()))[0] == 413
    assert await all_turns(store) == []


async def test_only_one_path_and_one_method_answer(listening):
    async with aiohttp.ClientSession() as http:
        async with http.get(listening) as response:
            assert response.status == 405
        async with http.post(listening.replace(PATH, "/"), data=UPDATE) as response:
            assert response.status == 404


@pytest.mark.parametrize("error", [StoreUnavailable("away"), StoreFull("full")])
async def test_while_the_store_takes_nothing_telegram_keeps_the_update(api, store, listening, error):
    store.error = error
    await api.person(501).writes("hello")
    await until(lambda: 503 in api.bot.updates.webhook.statuses)
    store.error = None
    await api.bot.updates.settled()
    assert [turn.text for turn in await all_turns(store)] == ["hello"]


async def test_the_webhook_is_set_when_telegram_is_well_again(api, store, given, monkeypatch):
    monkeypatch.setattr("bot.webhook._SET_PAUSE_S", 0.02)
    api.fail("setWebhook", Refusal(502, "Bad Gateway"), times=2)
    async with running(run_webhook, given, store):
        await api.until(lambda: api.called("setWebhook"))


async def test_the_webhook_stays_set_when_the_process_ends(api, store, given):
    async with running(run_webhook, given, store):
        await api.until(lambda: api.called("setWebhook"))
    assert api.bot.updates.webhook.url == f"{given.public_url}{PATH}"
    assert api.called("deleteWebhook") == []


async def test_a_wrong_token_stops_the_start(api, store, given):
    api.unknown_tokens.add(TOKEN)
    with pytest.raises(SetupError, match="HOTLINE_TELEGRAM_TOKEN"):
        await run_webhook(given, store, asyncio.Event())


async def test_an_address_that_telegram_refuses_stops_the_start(api, store):
    given = settings(api, public_url="http://example.org", webhook_port=free_port(), webhook_secret=SECRET)
    with pytest.raises(SetupError, match="https url must be provided"):
        await run_webhook(given, store, asyncio.Event())


async def test_a_port_that_is_taken_stops_the_start_and_is_named(given, store):
    with (
        socket.create_server(("127.0.0.1", given.webhook_port)),
        pytest.raises(SetupError, match=f"{given.webhook_port}.*HOTLINE_WEBHOOK_PORT"),
    ):
        await run_webhook(given, store, asyncio.Event())


async def test_without_a_public_address_there_is_no_webhook(api, store):
    with pytest.raises(SetupError, match="HOTLINE_PUBLIC_URL"):
        await run_webhook(settings(api), store, asyncio.Event())


@pytest.mark.usefixtures("listening")
async def test_the_listener_says_that_it_is_alive(store):
    assert (await until(store.alive))[0].startswith("webhook:")
