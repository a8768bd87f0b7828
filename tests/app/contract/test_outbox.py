import asyncio

import pytest

from road.errors import Conflict
from road.outcome import Outcome
from road.reply import Lane
from tests.app.contract.world import World, person, replying, say, session, soon, text_of, wrote


async def test_deliveries_come_by_lane_and_then_by_age(world: World) -> None:
    lanes = (Lane.BROADCAST, Lane.ANSWER, Lane.URGENT, Lane.OPERATOR)
    for number, lane in enumerate((*lanes, *lanes)):
        outcome = Outcome(session=session(), replies=(say(f"{lane} {number}", lane),))
        await world.deed(person(), outcome)
    assert await world.said() == [
        "urgent 2", "urgent 6", "operator 3", "operator 7", "answer 1", "answer 5", "broadcast 0", "broadcast 4"
    ]  # fmt: skip


async def test_a_courier_gets_each_delivery_once_and_in_the_order_of_the_chat(world: World) -> None:
    texts = [f"part {number}" for number in range(7)]
    await world.deed(person(), replying(None, *texts))
    got = [delivery for _ in range(4) for delivery in await world.deliveries(limit=2)]
    assert [delivery.reply for delivery in got] == [say(text) for text in texts]
    assert {delivery.attempts for delivery in got} == {1}
    assert await world.deliveries() == []


async def test_a_new_courier_gets_first_what_the_former_left(world: World) -> None:
    await world.deed(person(), replying(None, "one", "two", "three"))
    old = await world.lease("courier", "old")
    one, two, three = await world.store.next_deliveries(old, limit=10, wait_s=0)
    await world.store.delivered(old, two, [12])
    await world.deed(person(2), Outcome(session=session(person(2)), replies=(say("urgent", Lane.URGENT),)))
    await world.expire(old)
    again = await world.deliveries("new")
    assert [(delivery.id, delivery.attempts) for delivery in again] == [(one.id, 2), (three.id, 2), (again[2].id, 1)]
    assert again[2].reply == say("urgent", Lane.URGENT)


async def test_what_was_left_is_handed_on_in_order_even_in_small_batches_and_twice(world: World) -> None:
    texts = [f"part {number}" for number in range(5)]
    await world.deed(person(), replying(None, *texts))
    first = await world.lease("courier", "first")
    assert len(await world.store.next_deliveries(first, limit=5, wait_s=0)) == 5
    await world.expire(first)
    second = await world.lease("courier", "second")
    assert len(await world.store.next_deliveries(second, limit=2, wait_s=0)) == 2
    await world.expire(second)
    got = [delivery for _ in range(5) for delivery in await world.deliveries("third", limit=1)]
    assert {text_of(delivery.reply) for delivery in got} == set(texts)
    assert {delivery.attempts for delivery in got} == {2, 3}


async def test_who_is_no_longer_courier_can_do_nothing(world: World) -> None:
    await world.deed(person(), replying(None, "one"))
    old = await world.lease("courier", "old")
    (one,) = await world.store.next_deliveries(old, limit=10, wait_s=0)
    await world.expire(old)
    with pytest.raises(Conflict):
        await world.store.next_deliveries(old, limit=10, wait_s=0)
    with pytest.raises(Conflict):
        await world.store.delivered(old, one, [1])
    with pytest.raises(Conflict):
        await world.store.give_up(old, one, why="unreachable")
    assert await world.said("new") == ["one"]


async def test_what_was_sent_or_given_up_never_comes_again(world: World) -> None:
    await world.deed(person(), replying(None, "sent", "given up", "open"))
    lease = await world.lease("courier", "courier")
    sent, given_up, _ = await world.deliveries()
    for _ in range(2):
        await world.store.delivered(lease, sent, [7])
        await world.store.give_up(lease, given_up, why="unreachable")
    await world.expire(lease)
    assert await world.said("another") == ["open"]


async def test_a_courier_waits_for_work_and_no_longer_than_asked(world: World) -> None:
    lease = await world.lease("courier", "courier")
    assert await soon(world.store.next_deliveries(lease, limit=5, wait_s=0.02)) == []
    waiting = asyncio.create_task(world.store.next_deliveries(lease, limit=5, wait_s=4))
    await world.turn_done(wrote(), replying(None, "just in time"))
    (delivery,) = await soon(waiting)
    assert delivery.reply == say("just in time")
