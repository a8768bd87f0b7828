"""Many at the same case at once, on the real store: one winner, nothing lost, nothing twice."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from actions import takeover
from content.content import Content
from content.folder import load
from desk import transitions
from road.account import Account, Role
from road.case import Case, CaseState, Ending
from road.errors import Conflict, NotAllowed
from road.outcome import Erasure, Outcome
from road.session import Remembered
from road.turn import Address
from tests.app.contract.world import EVERYBODY, NOON, ValkeyWorld, case, entry, person, replying, session, wrote

ROUNDS = 20
MANY = 200

Deed = Callable[..., Outcome]


@pytest.fixture(scope="module")
def content() -> Content:
    return load(Path(__file__).parents[3] / "content")


def account(name: str, capacity: int = 5) -> Account:
    return Account(name=name, role=Role.OPERATOR, password_hash="$", capacity=capacity)


ANNA = account("anna")


async def waits(world: ValkeyWorld, number: int, case_id: str) -> None:
    """A person with a case."""
    name = world.store.person(person(number))
    opened = transitions.opened(case(case_id, name))
    await world.deed(person(number), replying(person(number), cases=(opened,)))


async def does(world: ValkeyWorld, content: Content, case_id: str, by: Account, deed: Deed) -> bool:
    """Decides anew for as long as somebody was faster, as the console does; whether it was done."""
    while (found := await world.store.find_case(case_id)) is not None:
        try:
            outcome = deed(found[1], found[0], by, content, world.now)
            await world.store.change(found[1], outcome)
        except NotAllowed:
            return False
        except Conflict as conflict:
            if "capacity" in str(conflict):
                return False
        else:
            return True
    return False


async def is_written(world: ValkeyWorld, address: Address, text: str) -> None:
    """A message's whole way: decided anew for as long as an operator was faster, as the worker does."""
    turn = wrote(text, address)
    assert await world.store.accept(turn)
    held = await world.take(address)
    while True:
        remembered = await world.load(address)
        cases = tuple(transitions.wrote(each, at=world.now) for each in remembered.cases)
        outcome = Outcome(session=session(address), cases=cases, entries=(entry(text),))
        try:
            return await world.store.commit(held, remembered, outcome)
        except Conflict:
            continue


async def found(world: ValkeyWorld, case_id: str) -> Case:
    there = await world.store.find_case(case_id)
    assert there is not None
    return there[0]


async def heard(world: ValkeyWorld) -> list[str]:
    """What the person is sent; given to a courier of its own."""
    return await world.said()


def kinds(of: Case) -> list[str]:
    return [event.kind for event in of.events]


async def together(*deeds: Awaitable[bool]) -> list[bool]:
    return await asyncio.gather(*deeds)


@pytest.mark.parametrize("round_", range(ROUNDS))
async def test_of_two_hundred_who_claim_at_once_exactly_one_wins(
    world: ValkeyWorld, content: Content, round_: int
) -> None:
    await waits(world, 1, "OAK")
    staff = [account(f"op{number}") for number in range(MANY)]
    won = await together(*(does(world, content, "OAK", each, takeover.claim) for each in staff))
    assert won.count(True) == 1
    claimed = await found(world, "OAK")
    assert claimed.operator == staff[won.index(True)].name
    assert kinds(claimed) == ["opened", "claimed"]
    assert len(await heard(world)) == 1, "the person is told once"
    assert await world.store.held_by([each.name for each in staff]) == [claimed]
    assert await world.store.lines() == {}


@pytest.mark.parametrize("round_", range(ROUNDS))
async def test_ten_claims_at_once_do_not_slip_through_a_capacity_of_five(
    world: ValkeyWorld, content: Content, round_: int
) -> None:
    names = [f"C{number}" for number in range(10)]
    for number, name in enumerate(names):
        await waits(world, number, name)
    won = await together(*(does(world, content, name, ANNA, takeover.claim) for name in names))
    assert won.count(True) == 5
    assert len(await world.store.held_by(["anna"])) == 5
    assert await world.store.lines() == {"all:en:": 5}


@pytest.mark.parametrize("round_", range(ROUNDS))
async def test_what_a_person_writes_while_the_claim_happens_is_there_once(
    world: ValkeyWorld, content: Content, round_: int
) -> None:
    await waits(world, 1, "OAK")
    texts = [f"message {number}" for number in range(5)]

    async def writes() -> bool:
        for text in texts:
            await is_written(world, person(), text)
        return True

    assert await together(writes(), does(world, content, "OAK", ANNA, takeover.claim)) == [True, True]
    claimed = await found(world, "OAK")
    assert (claimed.operator, claimed.unanswered_since) == ("anna", NOON)
    entries = await world.store.transcript(claimed.person, EVERYBODY)
    assert [each.text for each in entries if each.text in texts] == texts
    assert len(entries) == len(texts) + 1, "and that a colleague reads"


async def test_two_tabs_that_reply_at_once_both_reach_the_person_once(world: ValkeyWorld, content: Content) -> None:
    await waits(world, 1, "OAK")
    assert await does(world, content, "OAK", ANNA, takeover.claim)
    texts = [f"reply {number}" for number in range(8)]
    answers = (does(world, content, "OAK", ANNA, partial(takeover.answer, text=text)) for text in texts)
    assert await together(*answers) == [True] * len(texts)
    assert sorted((await heard(world))[1:]) == texts
    said = [each.text for each in await world.store.transcript((await found(world, "OAK")).person, EVERYBODY)]
    assert sorted(said[1:]) == texts
    assert kinds(await found(world, "OAK")).count("answered") == len(texts)


async def test_an_answer_that_was_decided_before_the_close_is_not_sent_after_it(
    world: ValkeyWorld, content: Content
) -> None:
    await waits(world, 1, "OAK")
    assert await does(world, content, "OAK", ANNA, takeover.claim)
    stale, remembered = await open_case(world, "OAK")
    late = takeover.answer(remembered, stale, ANNA, content, world.now, text="too late")
    assert await does(world, content, "OAK", ANNA, partial(takeover.close, ending=Ending(outcome="answered")))
    with pytest.raises(Conflict):
        await world.store.change(remembered, late)
    assert not await does(world, content, "OAK", ANNA, partial(takeover.answer, text="too late"))
    assert "too late" not in await heard(world)
    assert (await found(world, "OAK")).state is CaseState.CLOSED


async def test_an_answer_to_a_person_who_is_forgotten_meanwhile_leaves_nothing(
    world: ValkeyWorld, content: Content
) -> None:
    await waits(world, 1, "OAK")
    assert await does(world, content, "OAK", ANNA, takeover.claim)
    stale, remembered = await open_case(world, "OAK")
    late = takeover.answer(remembered, stale, ANNA, content, world.now, text="are you there")
    await world.turn_done(wrote("/forget"), replying(erasure=Erasure.FORGET))
    with pytest.raises(Conflict):
        await world.store.change(remembered, late)
    assert await world.store.find_case("OAK") is None
    assert await world.store.held_by(["anna"]) == []
    assert await world.store.transcript(stale.person, EVERYBODY) == []


async def test_an_operator_who_vanishes_while_they_answer_has_answered_or_lost_the_case(
    world: ValkeyWorld, content: Content
) -> None:
    await waits(world, 1, "OAK")
    assert await does(world, content, "OAK", ANNA, takeover.claim)
    lost: Deed = lambda remembered, case, *_: replace(  # noqa: E731
        replying(person()), cases=(transitions.lost(case, at=world.now),)
    )
    answered, _ = await together(
        does(world, content, "OAK", ANNA, partial(takeover.answer, text="here")),
        does(world, content, "OAK", ANNA, lost),
    )
    back = await found(world, "OAK")
    assert (back.state, back.operator) == (CaseState.WAITING, "")
    assert ("here" in await heard(world)) is answered
    assert ("answered" in kinds(back)) is answered


async def open_case(world: ValkeyWorld, case_id: str) -> tuple[Case, Remembered]:
    there = await world.store.find_case(case_id)
    assert there is not None
    return there
