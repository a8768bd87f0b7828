"""What becomes of an operator's message: the store says it by the message's name, and takes the message back by it."""

import pytest
from msgspec.structs import replace

from road.care import CallBack, Care, Given, Wish
from road.case import CaseState
from road.outcome import Erasure, Outcome
from road.reply import AskFor, HideMessages, Say
from tests.app.contract.world import World, active, case, person, replying, wrote


def says(*names: str) -> Outcome:
    return replace(replying(), replies=tuple(Say(html=f"text {name}", name=name) for name in names))


async def words(world: World) -> dict[str, str]:
    return dict(await world.store.messages(world.store.person(person())))


async def test_a_message_is_on_its_way_until_a_courier_says_what_became_of_it(world: World) -> None:
    await world.deed(person(), says("C.1", "C.2"))
    assert await words(world) == {"C.1": "on_its_way", "C.2": "on_its_way"}
    lease = await world.lease("courier", "courier")
    first, second = await world.deliveries()
    await world.store.delivered(lease, first, [11])
    await world.store.give_up(lease, second, why="unreachable")
    assert await words(world) == {"C.1": "sent", "C.2": "unreachable"}


async def test_a_message_that_was_not_sent_yet_is_taken_back_alone(world: World) -> None:
    await world.deed(person(), says("C.1", "C.2"))
    await world.deed(person(), replying(None, take_back="C.1"))
    assert [delivery.reply.name for delivery in await world.deliveries()] == ["C.2"]  # type: ignore[union-attr]
    assert await words(world) == {"C.1": "taken_back", "C.2": "on_its_way"}


async def test_a_message_that_was_sent_is_deleted_in_the_chat_and_no_other(world: World) -> None:
    await world.turn_done(wrote(message_id=5), says("C.1", "C.2"))
    lease = await world.lease("courier", "courier")
    first, second = await world.deliveries()
    await world.store.delivered(lease, first, [11, 12])
    await world.store.delivered(lease, second, [13])
    await world.deed(person(), replying(None, take_back="C.1"))
    assert [delivery.reply for delivery in await world.deliveries()] == [HideMessages(message_ids=(11, 12), name="C.1")]
    assert (await words(world))["C.1"] == "taken_back"


async def test_a_message_in_the_couriers_hands_is_deleted_as_soon_as_it_was_sent(world: World) -> None:
    await world.deed(person(), says("C.1"))
    lease = await world.lease("courier", "courier")
    (on_its_way,) = await world.deliveries()
    await world.deed(person(), replying(None, take_back="C.1"))
    await world.store.delivered(lease, on_its_way, [11])
    assert [delivery.reply for delivery in await world.deliveries()] == [HideMessages(message_ids=(11,))]
    assert (await words(world))["C.1"] == "taken_back"


async def test_what_is_held_back_is_kept_as_it_is_questions_among_it(world: World) -> None:
    held = (Say(html="one", name="C.1"), AskFor(html="two", wish=Wish.CONTACT, give="mine", decline="no", name="C.2"))
    outcome = replying()
    await world.deed(person(), replace(outcome, session=replace(outcome.session, held_back=held)))
    assert (await world.load(person())).session.held_back == held  # type: ignore[union-attr]


@pytest.mark.parametrize("erasure", [Erasure.HIDE, Erasure.FORGET])
async def test_of_what_the_person_hid_nothing_is_said_any_more(world: World, erasure: Erasure) -> None:
    await world.deed(person(), says("C.1"))
    lease = await world.lease("courier", "courier")
    (on_its_way,) = await world.deliveries()
    await world.turn_done(wrote(), replying(None, erasure=erasure))
    await world.store.delivered(lease, on_its_way, [11])
    assert await words(world) == {}


async def test_all_cases_of_a_person_are_found_however_long_ago_they_were_closed(world: World) -> None:
    name = world.store.person(person())
    old = case("OLD", name, state=CaseState.CLOSED, opened_at=world.now - 20 * 86400, closed_at=world.now - 19 * 86400)
    new = active("NEW", name, "anna")
    await world.deed(person(), replying(cases=(old, new)))
    assert [each.id for each in await world.store.cases_of(name)] == ["OLD", "NEW"]
    assert [each.id for each in (await world.load(person())).cases] == ["NEW"]


@pytest.mark.parametrize(
    "care",
    [
        Care(given=(Given(at=1.0, phone="+36201234567"),)),
        Care(call_back=CallBack(number="+36201234567")),
        Care(call_back=CallBack(asks_number=True, typed=("+36201234567",))),
    ],
)
async def test_what_was_kept_until_the_end_of_a_case_leaves_the_files_with_it(world: World, care: Care) -> None:
    name = world.store.person(person())
    await world.deed(person(), replying(cases=(active("C", name, "anna", care=care),)))
    await world.store.sweep()
    assert await world.store.sweep() is False
    closed = case("C", name, state=CaseState.CLOSED, closed_at=world.now)
    await world.deed(person(), replying(cases=(closed,)))
    swept = await world.store.sweep()
    assert swept or type(world).__name__ == "MemoryWorld", "there are files only where there is a server"
