"""A store that is killed, gone or full while messages come in: nothing is lost, nothing is committed twice."""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from road.errors import StoreFull
from road.turn import Turn
from store import embedded
from store.interface import Store
from tests.app.contract.world import ValkeyWorld, person, wrote
from tests.app.faults.scenery import (
    accept_stubbornly,
    answered,
    chat,
    check_all_answered_once,
    done,
    working,
)


class Server:
    """A server that the test kills and starts."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self.url = embedded.url_of(data_dir)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(embedded.prepare(self._data_dir), stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path)
    made.start()
    yield made
    made.kill()


@pytest.fixture
async def fragile(server: Server) -> AsyncIterator[ValkeyWorld]:
    made = ValkeyWorld(server.url)
    yield made
    await made.store.close()


async def write(store: Store, turns: list[Turn]) -> None:
    for turn in turns:
        await accept_stubbornly(store, turn)


async def test_a_server_killed_again_and_again_loses_and_doubles_nothing(fragile: ValkeyWorld, server: Server) -> None:
    chats = [chat(name, 25) for name in "abcdef"]
    intake = fragile.another()
    async with working(fragile.store):
        writing = asyncio.gather(*(write(intake, turns) for turns in chats))
        for share in (0.2, 0.5, 0.8):
            await some_answered(fragile, chats, share)
            server.kill()
            server.start()
        await writing
        await answered(fragile, chats, within_s=60)
    await check_all_answered_once(fragile, chats)
    await intake.close()


async def test_messages_wait_while_the_store_is_gone(fragile: ValkeyWorld, server: Server) -> None:
    chats = [chat(name, 3) for name in "ab"]
    async with working(fragile.store):
        await write(fragile.store, chats[0])
        await answered(fragile, chats[:1])
        server.kill()
        writing = asyncio.create_task(write(fragile.store, chats[1]))
        done, _ = await asyncio.wait({writing}, timeout=1.5)
        assert not done
        server.start()
        await writing
        await answered(fragile, chats)
    await check_all_answered_once(fragile, chats)


async def test_a_full_store_answers_whom_it_has_and_takes_the_others_later(world: ValkeyWorld) -> None:
    inside, outside = chat("in", 5), chat("out", 2)
    for turn in inside:
        assert await world.store.accept(turn)
    async with world.valkey._server.reading() as client:
        await client.config_set("maxmemory", 1)
    try:
        async with working(world.store):
            await answered(world, [inside])
            with pytest.raises(StoreFull):
                await world.store.accept(outside[0])
    finally:
        async with world.valkey._server.reading() as client:
            await client.config_set("maxmemory", 0)
    async with working(world.store):
        await write(world.store, outside)
        await answered(world, [inside, outside])
    await check_all_answered_once(world, [inside, outside])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9)), min_size=1, max_size=30))
async def test_doubled_and_shuffled_updates_are_answered_once_each(
    server_url: str, arrivals: list[tuple[int, int]]
) -> None:
    world = ValkeyWorld(server_url)
    chats: dict[int, list[Turn]] = {}
    for who, update in arrivals:
        turn = wrote(f"{who}-{update}", person(who), id=f"{who}:{update}")
        if await world.store.accept(turn):
            chats.setdefault(who, []).append(turn)
    async with working(world.store):
        await answered(world, list(chats.values()))
    await check_all_answered_once(world, list(chats.values()))
    await world.store.close()


async def some_answered(world: ValkeyWorld, chats: list[list[Turn]], share: float) -> None:
    wanted = share * sum(map(len, chats))
    async with asyncio.timeout(60):
        while sum([await done(world, turns) for turns in chats]) < wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
