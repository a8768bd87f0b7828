"""Workers that die or stall between any two steps of the road: nothing is lost, nothing is committed twice."""

import asyncio
import signal
import sys
from asyncio.subprocess import Process
from pathlib import Path

import pytest

from store.interface import SHARDS
from tests.app.contract.world import ValkeyWorld
from tests.app.faults.driver import STEPS
from tests.app.faults.scenery import answered, chat, check_all_answered_once, until, working

ROOT = Path(__file__).parents[3]


async def fated_worker(world: ValkeyWorld, step: str, count: int, fate: str) -> Process:
    arguments = ("-m", "tests.app.faults.driver", world.url, world.prefix, step, str(count), fate)
    return await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT)


async def leases_run_out(world: ValkeyWorld) -> None:
    """As ten seconds would do."""
    keys = world.valkey._server.keys
    async with world.valkey._server.reading() as client:
        await client.delete(keys.alive, *(keys.lease(f"inbox:{shard}") for shard in range(SHARDS)))


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("step", STEPS)
async def test_a_worker_killed_at_any_step_loses_and_doubles_nothing(world: ValkeyWorld, step: str, count: int) -> None:
    chats = [chat(name, 4) for name in ("a", "b", "c")]
    for turns in zip(*chats, strict=True):
        for turn in turns:
            assert await world.store.accept(turn)
    fated = await fated_worker(world, step, count, "SIGKILL")
    async with asyncio.timeout(60):
        assert await fated.wait() == -signal.SIGKILL
    await leases_run_out(world)
    async with working(world.store):
        await answered(world, chats)
    await check_all_answered_once(world, chats)


@pytest.mark.parametrize("step", ["took", "decided"])
async def test_a_worker_that_stalls_past_its_lease_can_no_longer_commit(world: ValkeyWorld, step: str) -> None:
    chats = [chat(name, 3) for name in ("a", "b")]
    for turns in chats:
        for turn in turns:
            assert await world.store.accept(turn)
    fated = await fated_worker(world, step, 2, "SIGSTOP")
    await until(lambda: is_stopped(fated.pid), within_s=60)
    await leases_run_out(world)
    async with working(world.store):
        await answered(world, chats)
    await leases_run_out(world)
    fated.send_signal(signal.SIGCONT)
    later = chat("c", 3)
    for turn in later:
        assert await world.store.accept(turn)
    await answered(world, [*chats, later])  # it works on, with new leases
    fated.terminate()
    async with asyncio.timeout(60):
        assert await fated.wait() == 0
    await check_all_answered_once(world, [*chats, later])


async def test_a_worker_told_to_end_gives_its_inboxes_back_at_once(world: ValkeyWorld) -> None:
    fated = await fated_worker(world, "committed", 99, "SIGKILL")
    first = chat("a", 1)
    assert await world.store.accept(first[0])
    await answered(world, [first])
    fated.terminate()
    async with asyncio.timeout(60):
        assert await fated.wait() == 0
    assert await world.store.alive() == []
    for shard in range(SHARDS):
        await world.lease(f"inbox:{shard}", "successor")


def is_stopped(process_id: int) -> bool:
    return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] == "T"
