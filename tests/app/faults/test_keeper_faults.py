"""Keepers that die in the middle of a round: no call is lost, none is made twice, every lost case comes back once."""

import asyncio
import signal
import sys
from collections import Counter

import pytest

from road.account import Account, Role
from road.case import Call, Case, CaseState
from tests.app.contract.world import ValkeyWorld, active, case, person, replying, text_of
from tests.app.faults.keeper_driver import STEPS, keeper
from tests.app.faults.test_worker_faults import ROOT
from worker.keeper import ROUND_S

PEOPLE = range(1, 4)
RETURN_S = 90


async def dies(world: ValkeyWorld, step: str, count: int) -> None:
    """A keeper that kills itself, and the end of its lease."""
    arguments = ("-m", "tests.app.faults.keeper_driver", world.url, world.prefix, str(world.now), step, str(count))
    fated = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT)
    async with asyncio.timeout(60):
        assert await fated.wait() == -signal.SIGKILL
    async with world.valkey._server.reading() as client:
        await client.delete(world.valkey._server.keys.lease("keeper"))


async def cases(world: ValkeyWorld) -> list[Case]:
    found = [await world.store.find_case(f"K{number}") for number in PEOPLE]
    return [each[0] for each in found if each]


async def called(world: ValkeyWorld) -> Counter[str]:
    """How often staff was called, by what they read."""
    return Counter(text_of(each.reply) for each in await world.deliveries() if each.address.chat == "22")


@pytest.fixture
async def staffed(world: ValkeyWorld) -> ValkeyWorld:
    """A supervisor who can be called, an operator whose console is closed, and a web process that lives."""
    for name, role, chat in (("anna", Role.OPERATOR, ""), ("eva", Role.SUPERVISOR, "22")):
        await world.store.save_account(Account(name=name, role=role, password_hash="$", chat=chat))
    await world.store.beat("web:1", ttl_s=600)
    return world


@pytest.mark.parametrize("step", STEPS)
async def test_a_keeper_killed_at_any_step_calls_for_each_case_once(staffed: ValkeyWorld, step: str) -> None:
    world, due = staffed, Call(group="now", since=staffed.now - 60, next_at=staffed.now)
    for number in PEOPLE:
        name = world.store.person(person(number))
        calling = case(f"K{number}", name, critical=True, alarm=True, sensitive=True, call=due)
        await world.deed(person(number), replying(person(number), cases=(calling,)))
    await dies(world, step, 2)
    await keeper(world.store, world.clock, "worker:next:1").round()
    assert [each.call and each.call.calls for each in await cases(world)] == [2, 2, 2]
    assert sorted((await called(world)).values()) == [1, 1, 1]


@pytest.mark.parametrize("step", ["found", "changed"])
async def test_a_keeper_killed_while_it_gives_cases_back_gives_each_back_once_within_90_seconds(
    staffed: ValkeyWorld, step: str
) -> None:
    world = staffed
    for number in PEOPLE:
        held = active(f"K{number}", world.store.person(person(number)), "anna", critical=True)
        await world.deed(person(number), replying(person(number), cases=(held,)))
    await dies(world, step, 2)
    gone_at, successor = world.now, keeper(world.store, world.clock, "worker:next:1")
    while any(each.state is CaseState.ACTIVE for each in await cases(world)):
        await successor.round()
        world.now += ROUND_S
        assert world.now - gone_at < RETURN_S
    assert [[event.kind for event in each.events].count("lost") for each in await cases(world)] == [1, 1, 1]
    assert sorted((await called(world)).values()) == [1, 1, 1]
