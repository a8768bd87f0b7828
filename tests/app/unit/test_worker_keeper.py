"""The keeper's rounds over a store in memory, with a clock that the test moves."""

import asyncio
import logging
from dataclasses import replace as altered

import pytest

from content.content import Content
from desk.agenda import TELL_EVERY_S
from road.account import Account, Role
from road.case import Call, Case, CaseState
from road.errors import Conflict, StoreUnavailable
from road.outcome import Outcome
from road.session import Remembered
from road.settings import Settings
from store.interface import PRESENT_S
from tests.app.contract.world import NOON, MemoryWorld, case, person, session
from worker.keeper import BROKEN_S, CASES_A_ROUND, LEASE_S, ROUND_S, Keeper
from worker.process import road_for


class House:
    """A desk with a keeper, an operator, a supervisor and a web process that lives as long as the test wants it to."""

    def __init__(self, content: Content) -> None:
        self.world = MemoryWorld()
        self.store = self.world.store
        self.content = content
        self.is_web_alive = True
        self.present = {"anna"}
        self.keeper = self.another("worker:one:1")

    def another(self, name: str) -> Keeper:
        road = road_for(Settings(), self.store, lambda: self.content, None)  # type: ignore[arg-type]
        return Keeper(altered(road, clock=self.world.clock), name=name)

    async def opens(self) -> None:
        for account in (
            Account(name="anna", role=Role.OPERATOR, password_hash="$", chat="11"),
            Account(name="eva", role=Role.SUPERVISOR, password_hash="$", chat="22"),
        ):
            await self.store.save_account(account)
        await self.store.set_duty("anna", on=True)

    async def has(self, number: int, **more: object) -> None:
        """A person with a case, `K1` for the first."""
        address = person(number)
        more = {"queued_at": self.world.now, "opened_at": self.world.now, **more}
        made = case(f"K{number}", self.store.person(address), **more)
        await self.world.deed(address, Outcome(session=session(address), cases=(made,)))

    async def passes(self, seconds: float, keeper: Keeper | None = None) -> None:
        """Time, in rounds, with the beats of a web process and the consoles that are open."""
        until = self.world.now + seconds
        while self.world.now < until:
            if self.is_web_alive:
                await self.store.beat("web:1", ttl_s=20)
                await self.store.be_present(self.present)
            await (keeper or self.keeper).round()
            self.world.now += ROUND_S

    async def state(self, number: int = 1) -> Case:
        found = await self.store.find_case(f"K{number}")
        assert found is not None
        return found[0]

    async def called(self) -> list[str]:
        """Staff chats that were sent something since the last time."""
        lease = await self.world.lease("courier", "courier")
        sent = await self.world.deliveries(limit=1000)
        for each in sent:
            await self.store.delivered(lease, each, [1])
        return [each.address.chat for each in sent if each.address.chat in {"11", "22"}]


@pytest.fixture
async def house(content: Content) -> House:
    made = House(content)
    await made.opens()
    return made


HELD = {"state": CaseState.ACTIVE, "operator": "anna", "claimed_at": NOON}
CALLING = {"critical": True, "alarm": True, "sensitive": True, "call": Call(group="now", since=NOON, next_at=NOON + 60)}


async def test_a_vanished_operators_case_is_back_within_90_seconds_and_the_person_hears_nothing(house: House) -> None:
    await house.passes(PRESENT_S + 60)
    await house.has(1, **HELD)
    house.present.clear()
    gone_at = house.world.now
    while (await house.state()).state is CaseState.ACTIVE:
        await house.passes(ROUND_S)
    assert house.world.now - gone_at < 90
    assert (await house.store.roster()).names == []
    assert await house.world.deliveries() == []


async def test_of_a_critical_case_that_is_lost_the_supervisor_hears_at_once(house: House) -> None:
    await house.passes(PRESENT_S + 5)
    await house.has(1, critical=True, **HELD)
    house.present.clear()
    await house.passes(PRESENT_S + 5)
    assert (await house.state()).state is CaseState.WAITING
    assert await house.called() == ["22"]


async def test_nobody_counts_as_gone_while_no_web_process_lives_nor_before_consoles_could_come_back(
    house: House,
) -> None:
    await house.passes(PRESENT_S + 5)
    await house.has(1, **HELD)
    house.is_web_alive = False
    await house.passes(300)
    house.is_web_alive, house.present = True, set()
    await house.passes(PRESENT_S - 5)
    assert (await house.state()).operator == "anna"
    house.present = {"anna"}
    await house.passes(200)
    assert (await house.state()).operator == "anna"


async def test_a_fresh_keeper_gives_consoles_time_as_well(house: House) -> None:
    await house.has(1, **HELD)
    house.world.now += 1000
    house.present.clear()
    await house.passes(PRESENT_S - 5)
    assert (await house.state()).operator == "anna"
    await house.passes(10)
    assert (await house.state()).operator == ""


async def test_staff_is_called_again_each_minute_and_each_call_is_made_once(house: House) -> None:
    await house.has(1, **CALLING)
    await house.passes(59)
    assert await house.called() == []
    await house.passes(3)
    assert await house.called() == ["22"]
    await house.passes(57)
    assert await house.called() == []


async def test_one_keeper_works_and_another_takes_over_within_seconds(house: House) -> None:
    await house.has(1, **CALLING)
    other = house.another("worker:two:2")
    await house.keeper.round()
    house.world.now = NOON + 61
    await house.keeper.round()
    await other.round()
    assert len(await house.called()) == 1
    await house.passes(62, keeper=other)
    assert await house.called() == ["11", "22"]
    assert await house.store.acquire("keeper", "somebody else", ttl_s=LEASE_S) is None


async def test_a_keeper_told_to_end_gives_the_desk_to_another_at_once(house: House) -> None:
    await house.keeper.round()
    stop = asyncio.Event()
    stop.set()
    await house.keeper.run(stop)
    assert await house.store.acquire("keeper", "worker:two:2", ttl_s=LEASE_S) is not None


async def test_one_broken_case_never_stops_the_others_and_nothing_of_it_is_logged(
    house: House, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.has(1, **CALLING)
    await house.has(2, **CALLING)
    await house.passes(5)
    find = house.store.find_case
    asked: list[str] = []

    async def breaking(case_id: str) -> tuple[Case, Remembered] | None:
        asked.append(case_id)
        if case_id == "K1":
            raise ValueError("Olena from Debrecen")
        return await find(case_id)

    monkeypatch.setattr(house.store, "find_case", breaking)
    await house.passes(60)
    assert len(await house.called()) == 1
    assert asked.count("K1") == 1
    await house.passes(BROKEN_S)
    assert asked.count("K1") == 2
    assert "ValueError" in caplog.text
    assert "Olena" not in caplog.text


async def test_a_case_that_is_gone_is_set_aside(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.has(1, **CALLING)

    async def nothing(case_id: str) -> None:
        return None

    monkeypatch.setattr(house.store, "find_case", nothing)
    await house.passes(62)
    assert await house.store.agenda(limit=9) == []


async def test_a_person_who_writes_at_the_same_moment_wins_and_the_keeper_looks_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.has(1, **CALLING)
    house.world.now = NOON + 60
    change, lost = house.store.change, [Conflict("the version changed")]

    async def conflicting(remembered: Remembered, outcome: Outcome) -> None:
        if lost:
            raise lost.pop()
        await change(remembered, outcome)

    monkeypatch.setattr(house.store, "change", conflicting)
    await house.keeper.round()
    assert await house.called() == []
    await house.keeper.round()
    assert await house.called() == ["22"]


async def test_a_look_that_changes_nothing_is_not_repeated_each_second(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.has(1, told_at=NOON, told_place=1, told_wait_s=0.0)
    find, asked = house.store.find_case, []

    async def counting(case_id: str) -> tuple[Case, Remembered] | None:
        asked.append(case_id)
        return await find(case_id)

    monkeypatch.setattr(house.store, "find_case", counting)
    await house.passes(2 * TELL_EVERY_S + 5)
    assert len(asked) == 2


async def test_more_cases_than_a_round_holds_are_looked_at_in_rounds_without_pause(house: House) -> None:
    for number in range(1, CASES_A_ROUND + 3):
        await house.has(number, **CALLING)
    house.world.now = NOON + 61
    assert await house.keeper.round() is True
    assert await house.keeper.round() is False
    assert len(await house.called()) == CASES_A_ROUND + 2


@pytest.mark.parametrize("step", ["agenda", "find_case", "change"])
async def test_after_a_store_that_was_away_consoles_get_time_again(
    house: House, step: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await house.passes(PRESENT_S + 5)
    await house.has(1, **HELD)
    await house.has(2, **CALLING)
    house.world.now += 20
    stop = asyncio.Event()

    async def gone(*_: object, **__: object) -> None:
        stop.set()
        raise StoreUnavailable("gone")

    with monkeypatch.context() as patch, caplog.at_level(logging.WARNING):
        patch.setattr(house.store, step, gone)
        await house.keeper.run(stop)
    assert "the keeper waits for the store" in caplog.text
    house.world.now += 1000
    house.present.clear()
    await house.passes(PRESENT_S - 5)
    assert (await house.state()).operator == "anna"
