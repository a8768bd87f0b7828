import pytest

from road.case import CaseState, Page, Visibility
from road.errors import Conflict
from road.outcome import Erasure, Outcome
from road.reply import HideMessages, Lane
from road.turn import TurnKind
from tests.app.contract.world import FOCAL_POINT, World, case, entry, person, replying, say, session, wrote

HOUR_S = 3600


def hiding(*texts: str) -> Outcome:
    return replying(None, *texts, erasure=Erasure.HIDE)


def forgetting(*texts: str) -> Outcome:
    return replying(None, *texts, erasure=Erasure.FORGET)


async def deliver(world: World, *message_ids: int) -> None:
    """Sends all that is in the outbox; the messages get these ids."""
    lease = await world.lease("courier", "courier")
    deliveries = await world.deliveries()
    assert len(deliveries) == len(message_ids)
    for delivery, message_id in zip(deliveries, message_ids, strict=True):
        await world.store.delivered(lease, delivery, [message_id] if message_id else [])


async def test_hiding_names_the_messages_of_both_sides_before_the_reply(world: World) -> None:
    await world.turn_done(wrote("where?", message_id=11), replying(None, "here", "and there"))
    await deliver(world, 12, 13)
    await world.turn_done(wrote("/hide", message_id=14), hiding("hidden"))
    first, second = await world.deliveries()
    assert first.reply == HideMessages(message_ids=(11, 12, 13, 14))
    assert first.address == person()
    assert second.reply == say("hidden")


async def test_hiding_twice_names_only_what_came_since(world: World) -> None:
    await world.turn_done(wrote(message_id=11), replying(None, "here"))
    await deliver(world, 12)
    await world.turn_done(wrote("/hide", message_id=14), hiding("hidden"))
    await deliver(world, 0, 15)
    await world.turn_done(wrote("/hide", message_id=16), hiding("hidden"))
    assert (await world.deliveries())[0].reply == HideMessages(message_ids=(15, 16))


async def test_hiding_by_button_does_not_count_the_tapped_message_twice(world: World) -> None:
    await world.turn_done(wrote(message_id=11), replying(None, "sure?"))
    await deliver(world, 12)
    await world.turn_done(wrote("", kind=TurnKind.BUTTON, button="hide", message_id=12), hiding("hidden"))
    assert (await world.deliveries())[0].reply == HideMessages(message_ids=(11, 12))


async def test_messages_older_than_telegram_may_delete_are_left_alone(world: World) -> None:
    await world.turn_done(wrote(message_id=11), replying(None, "old"))
    await deliver(world, 12)
    world.now += 48 * HOUR_S + 1
    await world.turn_done(wrote("/hide", message_id=21), hiding("hidden"))
    assert (await world.deliveries())[0].reply == HideMessages(message_ids=(21,))


async def test_with_nothing_to_hide_there_is_just_the_reply(world: World) -> None:
    await world.turn_done(wrote("", kind=TurnKind.BUTTON, button="hide", message_id=5), hiding("hidden"))
    assert await world.said() == ["hidden"]


async def test_hiding_takes_back_what_was_not_sent_yet(world: World) -> None:
    await world.turn_done(wrote(message_id=11), replying(None, "not sent yet"))
    await world.turn_done(wrote("other", person(2)), replying(person(2), "to somebody else"))
    await world.turn_done(wrote("/hide", message_id=14), hiding("hidden"))
    assert await world.said() == ["HideMessages", "to somebody else", "hidden"]


async def test_a_message_that_was_on_its_way_is_hidden_as_soon_as_it_was_sent(world: World) -> None:
    await world.turn_done(wrote(message_id=11), replying(None, "on its way"))
    lease = await world.lease("courier", "courier")
    (on_its_way,) = await world.deliveries()
    await world.turn_done(wrote("/hide", message_id=14), hiding("hidden"))
    await world.store.delivered(lease, on_its_way, [12])
    await world.store.delivered(lease, on_its_way, [12])
    late = [delivery.reply for delivery in await world.deliveries()]
    assert late == [HideMessages(message_ids=(11, 14)), HideMessages(message_ids=(12,)), say("hidden")]


async def test_hiding_keeps_what_operators_need(world: World) -> None:
    name = world.store.person(person())
    waiting = case("ASH-3", name)
    await world.turn_done(wrote("help"), replying(cases=(waiting,), entries=(entry("help"),)))
    await world.turn_done(wrote("/hide"), hiding())
    assert (await world.load(person())).cases == (waiting,)
    assert [each.text for each in await world.store.transcript(name, FOCAL_POINT)] == ["help"]


async def test_forgetting_leaves_nothing_but_the_last_word(world: World) -> None:
    name = world.store.person(person())
    cases = (
        case("ASH-1", name),
        case("ASH-2", name, visibility=Visibility.FOCAL, critical=True),
        case("ASH-0", name, state=CaseState.CLOSED, closed_at=world.now - 50 * HOUR_S),
    )
    await world.turn_done(wrote("help", message_id=11), replying(None, "here", cases=cases, entries=(entry("help"),)))
    await deliver(world, 12)
    await world.deed(person(), replying(None, "not sent yet"))
    await world.turn_done(wrote("/forget", message_id=14), forgetting("forgotten"))
    kept = await world.load(person())
    assert (kept.session, kept.cases, kept.ahead) == (None, (), {})
    assert await world.store.transcript(name, FOCAL_POINT) == []
    assert await world.store.queue(FOCAL_POINT, limit=99) == []
    assert [await world.store.find_case(case_id) for case_id in ("ASH-0", "ASH-1", "ASH-2")] == [None] * 3
    hide, last = await world.deliveries()
    assert hide.reply == HideMessages(message_ids=(11, 12, 14))
    assert last.reply == say("forgotten")
    assert last.address == person()


async def test_what_is_written_right_after_forgetting_is_answered(world: World) -> None:
    await world.store.accept(wrote("/forget", message_id=14))
    later = [wrote("help"), wrote("please")]
    held, before = await world.take(person()), await world.load(person())
    for turn in later:
        await world.store.accept(turn)
    await world.store.commit(held, before, forgetting("forgotten"))
    for turn in later:
        held = await world.take(person())
        assert held.turn == turn
        await world.store.commit(held, await world.load(person()), replying(None, f"answer to {turn.text}"))
    assert await world.said() == ["HideMessages", "forgotten", "answer to help", "answer to please"]


async def test_after_forgetting_a_person_is_a_stranger_who_can_write_again(world: World) -> None:
    await world.turn_done(wrote("before"))
    await world.turn_done(wrote("/forget"), forgetting("forgotten"))
    await world.turn_done(wrote("after"), replying(None, "welcome", entries=(entry("after"),)))
    assert (await world.load(person())).session == session()
    name = world.store.person(person())
    assert [each.text for each in await world.store.transcript(name, FOCAL_POINT)] == ["after"]


async def test_an_operator_cannot_write_to_a_person_who_was_forgotten_meanwhile(world: World) -> None:
    name = world.store.person(person())
    await world.turn_done(wrote("help"), replying(cases=(case("ASH-1", name),)))
    seen = await world.load(person())
    await world.turn_done(wrote("/forget"), forgetting("forgotten"))
    with pytest.raises(Conflict):
        await world.store.change(seen, replying(None, "can I help?"))


async def test_a_message_on_its_way_to_a_forgotten_person_is_hidden_too(world: World) -> None:
    await world.turn_done(wrote(message_id=11), replying(None, "on its way"))
    lease = await world.lease("courier", "courier")
    (on_its_way,) = await world.deliveries()
    await world.turn_done(wrote("/forget", message_id=14), forgetting("forgotten"))
    await world.store.delivered(lease, on_its_way, [12])
    replies = [delivery.reply for delivery in await world.deliveries()]
    assert HideMessages(message_ids=(12,)) in replies
    assert replies[-1] == say("forgotten")


async def test_of_a_forgotten_persons_outcome_nothing_but_the_replies_is_kept(world: World) -> None:
    name = world.store.person(person())
    pages = (Page(case_id="A", group="now", html="come"),)
    outcome = replying(cases=(case("A", name),), entries=(entry("x"),), pages=pages, erasure=Erasure.FORGET)
    await world.turn_done(wrote("/forget", message_id=None), outcome)
    assert await world.said() == []
    assert await world.store.queue(FOCAL_POINT, limit=99) == []
    assert await world.store.transcript(name, FOCAL_POINT) == []


async def test_forgetting_one_person_touches_nobody_else(world: World) -> None:
    other = world.store.person(person(2))
    outcome = replying(person(2), "for the other", cases=(case("ELM-9", other),), entries=(entry("theirs"),))
    await world.turn_done(wrote("other", person(2)), outcome)
    await world.turn_done(wrote("/forget"), forgetting("forgotten"))
    assert [each.id for each in await world.store.queue(FOCAL_POINT, limit=99)] == ["ELM-9"]
    assert (await world.load(person(2))).session == session(person(2))
    assert "for the other" in await world.said()


async def test_a_forgotten_chat_page_is_empty_but_goes_on_counting(world: World) -> None:
    first = await world.store.show(person(), say("private", Lane.ANSWER))
    await world.turn_done(wrote("/forget"), forgetting("forgotten"))
    assert await world.store.shown(person(), after=0, wait_s=0) == []
    assert await world.store.show(person(), say("forgotten")) > first
