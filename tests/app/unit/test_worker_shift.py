import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from road.errors import StoreUnavailable
from road.waiting import happens, unless
from store.interface import SHARDS, Held, Store
from tests.app.contract.world import MemoryWorld, person, replying, wrote
from worker import shift as shifts
from worker.shift import Shift, fair_share


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds and pauses as short as they can be; nothing else changes."""
    monkeypatch.setattr(shifts, "ROUND_S", 0.001)
    monkeypatch.setattr(shifts, "PAUSES_S", (0.001,))


@asynccontextmanager
async def at_work(*workers: Shift) -> AsyncIterator[asyncio.Event]:
    stop = asyncio.Event()
    tasks = [asyncio.create_task(worker.run(stop)) for worker in workers]
    try:
        yield stop
    finally:
        stop.set()
        async with asyncio.timeout(60):
            await asyncio.gather(*tasks)


class Desk:
    """Handles turns by committing them at once, and notes who handled what."""

    def __init__(self, world: MemoryWorld) -> None:
        self.world = world
        self.handled: list[tuple[str, str]] = []
        self.faults: list[Exception] = []
        self.wait_for: asyncio.Event | None = None

    async def handle(self, held: Held) -> None:
        if self.faults:
            raise self.faults.pop(0)
        if self.wait_for:
            await self.wait_for.wait()
        address = held.turn.address
        await self.world.store.commit(held, await self.world.load(address), replying(address, held.turn.text))
        self.handled.append((held.lease.holder, held.turn.text))


async def until(world: MemoryWorld, texts: Iterable[str]) -> None:
    """Waits until these texts are in the outbox."""
    wanted = set(texts)
    assert await world.store._state.until(  # type: ignore[attr-defined]
        lambda: wanted <= {out.parcel.reply.html for out in world.store._state.outbox},  # type: ignore[attr-defined]
        5,
    )


async def owners(store: Store) -> dict[str, int]:
    """How many inboxes each worker holds."""
    held: dict[str, int] = {}
    for lease, until_s in store._state.leases.values():  # type: ignore[attr-defined]
        if until_s > store._state.clock():  # type: ignore[attr-defined]
            held[lease.holder] = held.get(lease.holder, 0) + 1
    return held


async def shared(store: Store, wanted: dict[str, int]) -> None:
    async with asyncio.timeout(60):
        while await owners(store) != wanted:  # noqa: ASYNC110 - leases come and go without a sign
            await asyncio.sleep(0)


@given(st.integers(1, 64))
def test_shares_cover_all_inboxes_and_are_as_even_as_can_be(workers: int) -> None:
    share = fair_share(SHARDS, workers)
    assert share * workers >= SHARDS
    assert (share - 1) * workers < SHARDS


async def test_a_worker_alone_serves_everybody() -> None:
    world = MemoryWorld()
    desk = Desk(world)
    texts = [f"from {number}" for number in range(60)]
    async with at_work(Shift(world.store, desk.handle, name="worker:a:1")):
        for number, text in enumerate(texts):
            await world.store.accept(wrote(text, person(number)))
        await until(world, texts)
    assert sorted(text for _, text in desk.handled) == sorted(texts)


async def test_a_second_worker_takes_over_half_and_gives_it_back_at_its_end() -> None:
    world = MemoryWorld()
    desk = Desk(world)
    async with at_work(Shift(world.store, desk.handle, name="worker:a:1")):
        await shared(world.store, {"worker:a:1": 16})
        async with at_work(Shift(world.store, desk.handle, name="worker:b:1")):
            await shared(world.store, {"worker:a:1": 8, "worker:b:1": 8})
        await shared(world.store, {"worker:a:1": 16})
    assert await owners(world.store) == {}
    assert await world.store.alive() == []


async def test_inboxes_of_a_dead_worker_are_taken_over_when_its_leases_have_run_out() -> None:
    world = MemoryWorld()
    desk = Desk(world)
    await world.store.beat("worker:dead", ttl_s=10)
    for shard in range(SHARDS):
        await world.lease(f"inbox:{shard}", "worker:dead:1")
    async with at_work(Shift(world.store, desk.handle, name="worker:a:1")):
        await world.store.accept(wrote("left behind"))
        world.now += 31
        await until(world, ["left behind"])
        await shared(world.store, {"worker:a:1": 16})


async def test_the_turn_in_hand_is_finished_before_the_end() -> None:
    world = MemoryWorld()
    desk = Desk(world)
    desk.wait_for = asyncio.Event()
    async with at_work(Shift(world.store, desk.handle, name="worker:a:1")) as stop:
        await shared(world.store, {"worker:a:1": 16})
        await world.store.accept(wrote("in hand"))
        await happens(asyncio.Event(), within_s=0.01)
        stop.set()
        await happens(asyncio.Event(), within_s=0.01)
        assert desk.handled == []
        desk.wait_for.set()
    assert desk.handled == [("worker:a:1", "in hand")]


async def test_a_turn_waits_in_hand_while_the_store_is_gone_and_is_not_counted_as_failed() -> None:
    world = MemoryWorld()
    desk = Desk(world)
    desk.faults = [StoreUnavailable("gone")] * 7
    deliveries = []

    async def handle(held: Held) -> None:
        deliveries.append(held.deliveries)
        await desk.handle(held)

    async with at_work(Shift(world.store, handle, name="worker:a:1")):
        await world.store.accept(wrote("patient"))
        await until(world, ["patient"])
    assert deliveries == [1] * 8


async def test_a_worker_that_lost_a_lease_leaves_the_inbox_alone_until_it_has_it_again() -> None:
    world = MemoryWorld()
    desk = Desk(world)
    async with at_work(Shift(world.store, desk.handle, name="worker:a:1")):
        await shared(world.store, {"worker:a:1": 16})
        world.now += 31  # it stalled for longer than its leases last
        await shared(world.store, {"worker:a:1": 16})
        await world.store.accept(wrote("after the stall"))
        await until(world, ["after the stall"])
    fences = {lease.fence for lease, _ in world.store._state.leases.values()}  # type: ignore[attr-defined]
    assert fences <= {2}


async def test_a_fault_that_is_nobodys_breaks_the_shift_so_that_somebody_sees_it() -> None:
    world = MemoryWorld()
    desk = Desk(world)
    desk.faults = [ZeroDivisionError()]
    await world.store.accept(wrote())
    with pytest.raises(ZeroDivisionError):
        async with asyncio.timeout(60):
            await Shift(world.store, desk.handle, name="worker:a:1").run(asyncio.Event())


async def test_waiting_ends_with_whichever_comes_first() -> None:
    event = asyncio.Event()

    async def work() -> str:
        return "done"

    async def never() -> bool:
        return await asyncio.Event().wait()

    assert await unless(event, work()) == "done"
    assert not await happens(event, within_s=0.001)
    event.set()
    assert await unless(event, never()) is None
    assert await happens(event, within_s=60)
