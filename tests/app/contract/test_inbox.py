import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from road.errors import Conflict
from store.change import shard_of
from store.interface import SHARDS
from tests.app.contract.world import World, person, replying, soon, wrote


async def test_an_accepted_turn_is_taken_as_it_was_given(world: World) -> None:
    turn = wrote("Де отримати картку?", client_locale="uk")
    assert await world.store.accept(turn)
    held = await world.take(turn.address)
    assert held.turn == turn
    assert held.person == world.store.person(turn.address)
    assert held.deliveries == 1


async def test_the_same_update_is_stored_once(world: World) -> None:
    turn = wrote()
    assert await world.store.accept(turn)
    assert not await world.store.accept(turn)
    await world.store.commit(await world.take(turn.address), await world.load(turn.address), replying())
    assert await world.nothing_to_take(turn.address)
    assert not await world.store.accept(turn), "a doubled update after the answer is still the same update"


async def test_turns_of_a_chat_come_in_the_order_of_acceptance_whatever_their_ids(world: World) -> None:
    turns = [wrote(id=f"7:{number}") for number in (905, 903, 904)]
    for turn in turns:
        assert await world.store.accept(turn)
    for turn in turns:
        held = await world.take(turn.address)
        assert held.turn.id == turn.id
        await world.store.commit(held, await world.load(turn.address), replying())


async def test_a_turn_that_was_not_committed_is_the_next_one_again(world: World) -> None:
    first, second = wrote("first"), wrote("second")
    await world.store.accept(first)
    await world.store.accept(second)
    assert [(await world.take(person())).deliveries for _ in range(3)] == [1, 2, 3]
    assert (await world.take(person())).turn == first


async def test_a_new_holder_gets_first_what_the_old_one_left(world: World) -> None:
    first, second = wrote("first"), wrote("second")
    await world.store.accept(first)
    left = await world.take(person(), holder="old")
    await world.store.accept(second)
    await world.expire(left.lease)
    held = await world.take(person(), holder="new")
    assert (held.turn, held.deliveries) == (first, 2)
    assert held.lease.fence > left.lease.fence


async def test_who_lost_the_lease_can_neither_take_nor_commit(world: World) -> None:
    await world.store.accept(wrote("first"))
    late = await world.take(person(), holder="old")
    before = await world.load(person())
    await world.expire(late.lease)
    with pytest.raises(Conflict):
        await world.store.commit(late, before, replying(None, "late"))
    with pytest.raises(Conflict):
        await world.store.take(late.lease, wait_s=0)
    held = await world.take(person(), holder="new")
    with pytest.raises(Conflict):
        await world.store.commit(late, before, replying(None, "later still"))
    await world.store.commit(held, before, replying(None, "in time"))
    assert await world.said() == ["in time"]


async def test_taking_waits_for_a_turn_and_no_longer_than_asked(world: World) -> None:
    lease = await world.lease(f"inbox:{shard_of(world.store.person(person()))}")
    assert await soon(world.store.take(lease, wait_s=0.02)) is None
    taking = asyncio.create_task(world.store.take(lease, wait_s=4))
    turn = wrote("just in time")
    await world.store.accept(turn)
    held = await soon(taking)
    assert held is not None
    assert held.turn == turn


async def test_taking_one_shard_does_not_see_another(world: World) -> None:
    await world.store.accept(wrote())
    mine = shard_of(world.store.person(person()))
    others = [shard for shard in range(SHARDS) if shard != mine]
    assert others
    for shard in others:
        assert await world.store.take(await world.lease(f"inbox:{shard}"), wait_s=0) is None


async def test_chats_spread_over_all_shards(world: World) -> None:
    shards = {shard_of(world.store.person(person(number))) for number in range(400)}
    assert shards == set(range(SHARDS))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrivals=st.lists(st.tuples(st.integers(1, 3), st.integers(1, 6)), max_size=12))
async def test_whatever_arrives_each_update_is_answered_once_and_in_order(
    world: World, arrivals: list[tuple[int, int]]
) -> None:
    base = await world.store.count_login("examples", window_s=3600) * 1000
    expected: dict[int, list[str]] = {}
    for chat, update in arrivals:
        turn = wrote(f"{chat}/{update}", person(chat), id=f"{chat}:{base + update}")
        if await world.store.accept(turn):
            expected.setdefault(chat, []).append(turn.text)
    for chat, texts in expected.items():
        for text in texts:
            held = await world.take(person(chat))
            assert held.turn.text == text
            await world.store.commit(held, await world.load(person(chat)), replying(person(chat), text))
        assert len(texts) == len(set(texts))
    for chat in expected:
        assert await world.nothing_to_take(person(chat))
