"""Long polling between a Bot API server over HTTP and a store in memory."""

import asyncio
import logging

import pytest

from bot import polling
from bot.polling import run_polling
from road.errors import SetupError, StoreFull, StoreUnavailable
from road.turn import TurnKind
from store.memory import MemoryStore
from tests.app.botapi.refusal import Refusal, too_fast
from tests.app.botapi.server import TOKEN, BotApi
from tests.app.integration.bot_road import all_turns, running, settings, until


@pytest.fixture
async def api():
    async with BotApi() as server:
        yield server


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def person(api):
    return api.person(501, locale="uk")


async def test_what_people_do_is_stored_in_order_and_then_confirmed(api, store, person):
    await person.writes("before the start")
    async with running(run_polling, settings(api), store):
        await person.speaks()
        await person.edits(min(person.chat.messages), "changed")
        await person.blocks()
        await api.bot.updates.settled()
    turns = await all_turns(store)
    assert [turn.kind for turn in turns] == [TurnKind.TEXT, TurnKind.VOICE, TurnKind.TEXT, TurnKind.LEFT]
    assert [turn.edited for turn in turns] == [False, False, True, False]
    assert turns[0].client_locale == "uk"


async def test_a_doubled_update_is_one_turn(api, store, person):
    number = await person.writes("once")
    async with running(run_polling, settings(api), store):
        await api.bot.updates.settled()
        message = next(iter(person.chat.messages.values()))
        await api.bot.updates.push({"update_id": number, "message": message})
        await person.writes("after")
        await api.bot.updates.settled()
    assert [turn.text for turn in await all_turns(store)] == ["once", "after"]


async def test_what_can_not_be_read_is_passed_over_and_what_follows_is_not(api, store, person, caplog):
    caplog.set_level(logging.DEBUG)
    await person.update(update_of_2031={"x": "MARKER"})
    await person.update(message={"text": "MARKER"})
    await person.update(message="MARKER")
    await person.writes("after")
    async with running(run_polling, settings(api), store):
        await api.bot.updates.settled()
    assert [turn.text for turn in await all_turns(store)] == ["after"]
    assert "MARKER" not in caplog.text


class Away(MemoryStore):
    """Takes nothing until it is back."""

    def __init__(self, error):
        super().__init__()
        self.error = error
        self.refused = 0

    async def accept(self, turn):
        if self.error:
            self.refused += 1
            raise self.error
        return await super().accept(turn)


@pytest.mark.parametrize("error", [StoreUnavailable("away"), StoreFull("full")])
async def test_nothing_is_confirmed_before_the_store_has_it(api, person, error, monkeypatch):
    monkeypatch.setattr(polling, "STORE_PAUSE_S", 0.02)
    store = Away(error)
    for text in ("one", "two"):
        await person.writes(text)
    async with running(run_polling, settings(api), store):
        await until(lambda: store.refused >= 3)
        assert api.bot.updates.pending == 2
        store.error = None
        await api.bot.updates.settled()
    assert [turn.text for turn in await all_turns(store)] == ["one", "two"]


async def test_stopping_while_the_store_is_away_confirms_nothing(api, person):
    store = Away(StoreUnavailable("away"))
    await person.writes("one")
    async with running(run_polling, settings(api), store):
        await until(lambda: store.refused)
    assert api.bot.updates.pending == 1


async def test_stopping_does_not_wait_for_the_long_poll(api, store):
    loop = asyncio.get_running_loop()
    async with running(run_polling, settings(api), store):
        await until(lambda: api.bot.updates.polls)
        began = loop.time()
    assert loop.time() - began < 2


@pytest.mark.parametrize("refusal", [Refusal(502, "Bad Gateway"), too_fast(1)])
async def test_an_ill_telegram_is_polled_again(api, store, person, refusal, monkeypatch):
    monkeypatch.setattr(polling, "PAUSE_S", 0.02)
    api.fail("getUpdates", refusal, times=2)
    await person.writes("one")
    async with running(run_polling, settings(api), store):
        await api.bot.updates.settled()
    assert [turn.text for turn in await all_turns(store)] == ["one"]


async def test_only_one_process_polls_and_the_other_takes_over(api, store, person):
    async with running(run_polling, settings(api), store):
        async with running(run_polling, settings(api), store):
            await person.writes("one")
            await api.bot.updates.settled()
        await person.writes("two")
        await api.bot.updates.settled()
    assert [turn.text for turn in await all_turns(store)] == ["one", "two"]
    assert api.bot.updates.conflicts == 0


async def test_another_program_with_the_same_token_does_not_stop_us(api, store, person, monkeypatch):
    monkeypatch.setattr(polling, "PAUSE_S", 0.02)
    async with running(run_polling, settings(api), store):
        await until(lambda: api.bot.updates.polls)
        other = asyncio.create_task(api.bot.updates.poll(offset=0, limit=1, timeout_s=0.2))
        await until(lambda: api.bot.updates.conflicts)
        await asyncio.gather(other, return_exceptions=True)
        await person.writes("one")
        await api.bot.updates.settled()
    assert [turn.text for turn in await all_turns(store)] == ["one"]


async def test_a_webhook_that_is_set_stays_and_stops_the_start(api, store):
    await api.bot.updates.set_webhook("https://example.org/theirs", "", drop=False)
    with pytest.raises(SetupError, match="HOTLINE_PUBLIC_URL"):
        await run_polling(settings(api), store, asyncio.Event())
    assert api.bot.updates.webhook.url == "https://example.org/theirs"
    assert api.called("deleteWebhook") == []


async def test_a_wrong_token_stops_the_start(api, store):
    api.unknown_tokens.add(TOKEN)
    with pytest.raises(SetupError, match="HOTLINE_TELEGRAM_TOKEN"):
        await run_polling(settings(api), store, asyncio.Event())


async def test_the_poller_says_that_it_is_alive(api, store):
    async with running(run_polling, settings(api), store):
        assert (await until(store.alive))[0].startswith("polling:")
