import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

import pytest

from road.account import Account, Role
from road.case import CaseState, Visibility
from road.outcome import Erasure
from road.reply import HideMessages
from store.interface import DeskEvent
from tests.app.contract.world import (
    EVERYBODY,
    FOCAL_POINT,
    World,
    case,
    entry,
    person,
    replying,
    say,
    soon,
    wrote,
)


class Console:
    """Collects desk events as a console does."""

    def __init__(self, world: World, visibilities: Collection[Visibility]) -> None:
        self._events: AsyncIterator[DeskEvent] = world.store.events(visibilities)
        self._next = asyncio.ensure_future(anext(self._events))

    async def saw(self, count: int) -> list[tuple[str, str]]:
        events = []
        for _ in range(count):
            event = await soon(self._next)
            events.append((event.kind, event.case_id))
            self._next = asyncio.ensure_future(anext(self._events))
        return events

    async def close(self) -> None:
        self._next.cancel()
        await asyncio.gather(self._next, return_exceptions=True)


@asynccontextmanager
async def watching(world: World, visibilities: Collection[Visibility]) -> AsyncIterator[Console]:
    console = Console(world, visibilities)
    try:
        assert await console.saw(1) == [("listening", "")]
        yield console
    finally:
        await console.close()


async def test_consoles_hear_what_becomes_of_a_case(world: World) -> None:
    name = world.store.person(person())
    await world.store.set_duty("anna", on=True)
    async with watching(world, EVERYBODY) as console:
        for change in (
            replying(cases=(case("A", name),), entries=(entry("help"),)),
            replying(cases=(case("A", name, critical=True, alarm=True),)),
            replying(entries=(entry("hello?"),)),
            replying(cases=(case("A", name, state=CaseState.ACTIVE, operator="anna"),)),
            replying(cases=(case("A", name, state=CaseState.CLOSED, closed_at=world.now),)),
            replying(cases=(case("A", name),)),
        ):
            await world.deed(person(), change)
        assert await console.saw(8) == [
            ("opened", "A"), ("entry", "A"), ("changed", "A"), ("alarm", "A"), ("entry", "A"), ("changed", "A"),
            ("closed", "A"), ("opened", "A"),
        ]  # fmt: skip


async def test_operators_hear_nothing_of_focal_cases(world: World) -> None:
    name = world.store.person(person())
    async with watching(world, EVERYBODY) as operator, watching(world, FOCAL_POINT) as focal:
        await world.deed(
            person(), replying(cases=(case("F", name, visibility=Visibility.FOCAL),), entries=(entry("x"),))
        )
        await world.deed(person(2), replying(person(2), cases=(case("A", world.store.person(person(2))),)))
        assert await operator.saw(1) == [("opened", "A")]
        assert sorted(await focal.saw(3)) == [("entry", "F"), ("opened", "A"), ("opened", "F")]


async def test_when_a_case_becomes_focal_the_others_are_told_to_look_again(world: World) -> None:
    name = world.store.person(person())
    await world.deed(person(), replying(cases=(case("A", name),)))
    async with watching(world, EVERYBODY) as operator:
        await world.deed(person(), replying(cases=(case("A", name, visibility=Visibility.FOCAL),)))
        assert await operator.saw(1) == [("changed", "A")]


async def test_a_forgotten_persons_case_vanishes_with_an_event(world: World) -> None:
    name = world.store.person(person())
    await world.turn_done(wrote(), replying(cases=(case("A", name),)))
    async with watching(world, EVERYBODY) as console:
        await world.turn_done(wrote("/forget"), replying(erasure=Erasure.FORGET))
        assert await console.saw(1) == [("closed", "A")]


async def test_duty_is_kept_and_told(world: World) -> None:
    async with watching(world, EVERYBODY) as console:
        await world.store.set_duty("bela", on=True)
        await world.store.set_duty("anna", on=True)
        await world.store.set_duty("anna", on=True)
        assert await world.store.on_duty() == ["anna", "bela"]
        await world.store.set_duty("bela", on=False)
        assert await world.store.on_duty() == ["anna"]
        assert await console.saw(3) == [("duty", "")] * 3


async def test_accounts_are_saved_replaced_and_listed_by_name(world: World) -> None:
    anna = Account(name="anna", role=Role.OPERATOR, password_hash="$argon2id$1")
    bela = Account(name="bela", role=Role.FOCAL, password_hash="$argon2id$2", locale="hu")
    for account in (bela, anna):
        await world.store.save_account(account)
    assert await world.store.accounts() == [anna, bela]
    promoted = Account(name="anna", role=Role.SUPERVISOR, password_hash="$argon2id$3")
    await world.store.save_account(promoted)
    assert await world.store.find_account("anna") == promoted
    assert await world.store.find_account("nobody") is None


async def test_a_console_session_lasts_until_it_is_closed(world: World) -> None:
    anna = Account(name="anna", role=Role.OPERATOR, password_hash="$argon2id$1")
    await world.store.save_account(anna)
    secret = await world.store.open_console("anna", ttl_s=60)
    assert await world.store.console_account(secret) == anna
    assert await world.store.console_account(secret + "x") is None
    assert await world.store.use_login_link(secret) is None, "a console session is no login link"
    await world.store.close_console(secret)
    assert await world.store.console_account(secret) is None


async def test_a_login_link_works_once(world: World) -> None:
    anna = Account(name="anna", role=Role.OPERATOR, password_hash="$argon2id$1")
    await world.store.save_account(anna)
    secret = await world.store.make_login_link("anna", ttl_s=60)
    uses = await asyncio.gather(*(world.store.use_login_link(secret) for _ in range(5)))
    assert sorted(uses, key=lambda use: use is None) == [anna, None, None, None, None]


async def test_failed_logins_are_counted_in_a_window(world: World) -> None:
    assert [await world.store.count_login("anna", window_s=60) for _ in range(3)] == [1, 2, 3]
    assert await world.store.count_login("bela", window_s=60) == 1
    world.now += 61
    assert await world.store.count_login("anna", window_s=60) == 1


async def test_the_chat_page_gets_what_was_shown_after_a_message(world: World) -> None:
    ids = [await world.store.show(person(), say(text)) for text in ("one", "two", "three")]
    assert ids == sorted(set(ids))
    assert await world.store.shown(person(), after=ids[0], wait_s=0) == [(ids[1], say("two")), (ids[2], say("three"))]
    assert await world.store.shown(person(2), after=0, wait_s=0) == []


async def test_the_chat_page_waits_for_the_next_message(world: World) -> None:
    assert await soon(world.store.shown(person(), after=0, wait_s=0.02)) == []
    waiting = asyncio.create_task(world.store.shown(person(), after=0, wait_s=4))
    await asyncio.sleep(0)
    message_id = await world.store.show(person(), say("hello"))
    assert await soon(waiting) == [(message_id, say("hello"))]


async def test_a_hidden_message_leaves_the_chat_page(world: World) -> None:
    first = await world.store.show(person(), say("private"))
    second = await world.store.show(person(), say("harmless"))
    hide = HideMessages(message_ids=(first,))
    third = await world.store.show(person(), hide)
    assert await world.store.shown(person(), after=0, wait_s=0) == [(second, say("harmless")), (third, hide)]


async def test_a_lease_has_one_holder_and_every_new_holder_a_higher_fence(world: World) -> None:
    mine = await world.lease("poller", "me")
    assert await world.store.acquire("poller", "you", ttl_s=30) is None
    assert await world.lease("poller", "me") == mine, "asking again gives the same lease"
    assert await world.store.renew(mine, ttl_s=30)
    await world.store.release(mine)
    assert not await world.store.renew(mine, ttl_s=30)
    yours = await world.lease("poller", "you")
    assert yours.fence > mine.fence
    await world.store.release(mine)
    assert await world.store.renew(yours, ttl_s=30), "a lost lease cannot take another's away"


async def test_processes_say_that_they_are_alive(world: World) -> None:
    await world.store.beat("worker:b", ttl_s=30)
    await world.store.beat("courier:a", ttl_s=30)
    assert await world.store.alive() == ["courier:a", "worker:b"]


async def test_a_fresh_store_is_ready(world: World) -> None:
    await world.store.ready()
    await world.store.ready()


@pytest.mark.parametrize("visibilities", [(), (Visibility.FOCAL,)])
async def test_who_may_read_less_hears_less(world: World, visibilities: tuple[Visibility, ...]) -> None:
    await world.turn_done(wrote(), replying(entries=(entry("for all"),)))
    assert await world.store.transcript(world.store.person(person()), visibilities) == []
