"""A store that is gone, full, somebody else's, or changing under one's hands."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from road.errors import Conflict, StoreFull, StoreMismatch, StoreUnavailable
from road.outcome import Erasure
from road.reply import HideMessages
from store import commit, embedded
from store.crypto import Keyring
from store.erasure import Erased, find_erased
from store.interface import Held
from store.server import Server
from store.valkey import ValkeyStore
from tests.app.contract.world import FOCAL_POINT, ValkeyWorld, case, entry, person, replying, soon, wrote


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def server_url(data_dir: Path) -> Iterator[str]:
    with embedded.running(data_dir) as url:
        yield url


async def configure(world: ValkeyWorld, **settings: str) -> None:
    async with world.valkey._server.reading() as client:
        for name, value in settings.items():
            await client.config_set(name.replace("_", "-"), value)


async def test_a_full_store_takes_nothing_new_but_finishes_what_it_has(world: ValkeyWorld) -> None:
    await world.store.accept(wrote("inside"))
    await configure(world, maxmemory="1")
    with pytest.raises(StoreFull):
        await world.store.accept(wrote("outside"))
    with pytest.raises(StoreFull):
        await world.store.ready()
    held = await world.take(person())
    name = world.store.person(person())
    outcome = replying(None, "answer", cases=(case("A", name),), entries=(entry("inside"),))
    await world.store.commit(held, await world.load(person()), outcome)
    lease = await world.lease("courier", "courier")
    (delivery,) = await world.deliveries()
    await world.store.delivered(lease, delivery, [5])
    await configure(world, maxmemory="0")
    assert await world.store.accept(wrote("outside"))
    await world.store.ready()


async def test_a_person_is_forgotten_even_when_the_store_is_full(world: ValkeyWorld) -> None:
    await world.store.accept(wrote("/forget"))
    await configure(world, maxmemory="1")
    held = await world.take(person())
    await world.store.commit(held, await world.load(person()), replying(None, "forgotten", erasure=Erasure.FORGET))
    assert (await world.load(person())).session is None


async def test_a_store_that_comes_back_has_everything_and_the_client_finds_it_again(data_dir: Path) -> None:
    with embedded.running(data_dir) as url:
        world = ValkeyWorld(url)
        await world.store.accept(wrote("before"))
    for attempt in (world.store.accept(wrote("during")), world.load(person()), world.store.ready()):
        with pytest.raises(StoreUnavailable):
            await attempt
    with embedded.running(data_dir):
        await world.store.ready()
        await world.store.accept(wrote("after"))
        texts = []
        for _ in range(2):
            held = await world.take(person())
            texts.append(held.turn.text)
            await world.store.commit(held, await world.load(person()), replying())
        assert texts == ["before", "after"]
        await world.store.close()


async def test_one_who_waits_learns_that_the_store_is_gone(data_dir: Path) -> None:
    with embedded.running(data_dir) as url:
        world = ValkeyWorld(url)
        lease = await world.lease("inbox:0")
        courier = await world.lease("courier")
        waiting = [
            asyncio.ensure_future(world.store.take(lease, wait_s=60)),
            asyncio.ensure_future(world.store.next_deliveries(courier, limit=1, wait_s=60)),
        ]
        done, _ = await asyncio.wait(waiting, timeout=0.05)
        assert not done
    for each in waiting:
        with pytest.raises(StoreUnavailable):
            await soon(each)
    await world.store.close()


async def test_a_key_destroyed_between_sealing_and_accepting_loses_no_message(world: ValkeyWorld) -> None:
    intake = world.another()
    await intake.accept(wrote("first"))  # the intake now knows the person's key
    await world.store.commit(await world.take(person()), await world.load(person()), replying())
    await world.turn_done(wrote("/forget"), replying(erasure=Erasure.FORGET))
    assert await intake.accept(wrote("help"))
    assert (await world.take(person())).turn.text == "help"
    await intake.close()


async def test_whoever_writes_while_being_forgotten_is_heard(world: ValkeyWorld) -> None:
    intake = world.another()
    texts = [f"message {number}" for number in range(60)]

    async def write() -> None:
        for text in texts:
            await intake.accept(wrote(text))

    await world.store.accept(wrote("first"))
    lease = (await world.take(person())).lease
    writing = asyncio.create_task(write())
    heard: list[str] = []
    while len(heard) <= len(texts):
        held = await world.store.take(lease, wait_s=2)
        assert held is not None, heard
        with suppress(Conflict):  # as a worker: take it again
            await world.store.commit(held, await world.load(person()), replying(erasure=Erasure.FORGET))
            heard.append(held.turn.text)
    await writing
    assert heard == ["first", *texts]
    await intake.close()


async def test_a_turn_whose_key_was_destroyed_is_finished_without_a_word(
    world: ValkeyWorld, caplog: pytest.LogCaptureFixture
) -> None:
    await world.store.accept(wrote("unreadable"))
    async with world.valkey._server.reading() as client:
        await client.delete(world.valkey._server.keys.key(world.store.person(person())))
    await world.store.accept(wrote("readable"))
    with caplog.at_level(logging.WARNING):
        assert (await world.take(person())).turn.text == "readable"
    assert [record.message for record in caplog.records] == [
        "finished 1 turn that nobody can read: its key was destroyed"
    ]


async def test_under_another_master_key_the_store_refuses_to_work_and_loses_nothing(world: ValkeyWorld) -> None:
    await world.store.ready()
    await world.store.accept(wrote("hello"))
    held = await world.take(person())
    stranger = ValkeyStore(world.url, keyring=Keyring(bytes(32)), clock=world.clock, prefix=world.prefix)
    with pytest.raises(StoreMismatch):
        await stranger.ready()
    with pytest.raises(StoreMismatch):
        await stranger.take(held.lease, wait_s=0)
    assert (await world.take(person())).turn.text == "hello"
    await stranger.close()


async def test_a_server_that_would_throw_data_away_is_refused(world: ValkeyWorld) -> None:
    await configure(world, maxmemory_policy="allkeys-lru")
    with pytest.raises(StoreMismatch, match="noeviction"):
        await world.store.ready()


async def test_a_server_without_its_scripts_gets_them_again(world: ValkeyWorld) -> None:
    await world.store.accept(wrote("before"))
    async with world.valkey._server.reading() as client:
        await client.script_flush()
    await world.store.accept(wrote("after"))
    assert (await world.take(person())).turn.text == "before"


async def test_one_damaged_value_keeps_nothing_else_from_being_read(
    world: ValkeyWorld, caplog: pytest.LogCaptureFixture
) -> None:
    name = world.store.person(person())
    await world.deed(person(), replying(cases=(case("A", name), case("B", name)), entries=(entry("x"), entry("y"))))
    keys = world.valkey._server.keys
    async with world.valkey._server.reading() as client:
        await client.hset(keys.case("A"), "c", b"damaged")
        await client.lset(keys.transcript(name), 0, b"damaged")
    with caplog.at_level(logging.ERROR):
        assert [each.id for each in await world.store.queue(FOCAL_POINT, limit=99)] == ["B"]
        assert [each.id for each in (await world.load(person())).cases] == ["B"]
        assert [each.text for each in await world.store.transcript(name, FOCAL_POINT)] == ["y"]
    assert len(caplog.records) == 3
    assert not any("damaged" in record.getMessage() for record in caplog.records)


async def test_a_message_sent_while_the_hiding_is_prepared_is_hidden_with_the_rest(
    world: ValkeyWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.turn_done(wrote(message_id=11), replying(None, "sent at the last moment"))
    lease = await world.lease("courier", "courier")
    sending = list(await world.deliveries())

    async def prepare(server: Server, name: str, held: Held | None) -> Erased:
        erased = await find_erased(server, name, held)
        while sending:
            await world.store.delivered(lease, sending.pop(), [12])
        return erased

    monkeypatch.setattr(commit, "find_erased", prepare)
    await world.turn_done(wrote("/hide", message_id=14), replying(None, "hidden", erasure=Erasure.HIDE))
    assert (await world.deliveries())[0].reply == HideMessages(message_ids=(11, 12, 14))
