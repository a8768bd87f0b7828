import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from msgspec.structs import replace

from desk.agenda import TELL_EVERY_S
from desk.surge import PEOPLE, SLOT_S
from road.account import Account, Role
from road.case import CaseState, Visibility
from road.clock import day_of
from road.errors import Conflict
from road.outcome import Erasure
from road.reply import HideMessages
from store.interface import PRESENT_S, DeskEvent
from tests.app.contract.world import (
    EVERYBODY,
    FOCAL_POINT,
    NOON,
    World,
    active,
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


async def hired(world: World, *names: str) -> None:
    for name in names:
        await world.store.save_account(Account(name=name, role=Role.OPERATOR, password_hash="$", capacity=2))


async def test_duty_is_kept_and_told(world: World) -> None:
    await hired(world, "anna", "bela")
    async with watching(world, EVERYBODY) as console:
        await world.store.set_duty("bela", on=True)
        await world.store.set_duty("anna", on=True)
        await world.store.set_duty("anna", on=True)
        assert (await world.store.roster()).names == ["anna", "bela"]
        await world.store.set_duty("bela", on=False)
        assert (await world.store.roster()).names == ["anna"]
        assert [account.name for account in (await world.store.roster()).others] == ["bela"]
        assert await console.saw(3) == [("duty", "")] * 3


async def test_who_is_no_longer_there_is_not_on_duty_and_their_cases_are_named(world: World) -> None:
    await hired(world, "anna", "bela")
    for name in ("anna", "bela"):
        await world.store.set_duty(name, on=True)
    await world.deed(person(), replying(cases=(active("A", world.store.person(person()), "anna"),)))
    world.now += PRESENT_S - 1
    await world.store.be_present(["bela"])
    world.now += 2
    assert (await world.store.roster()).names == ["bela"]
    assert await world.store.end_absences() == ["A"]
    await world.store.be_present(["anna"])
    assert (await world.store.roster()).names == ["bela"], "who comes back goes on duty by hand"
    assert await world.store.end_absences() == []


async def test_an_account_holds_no_more_than_its_capacity(world: World) -> None:
    await hired(world, "anna")
    for number in (1, 2):
        taking = active(f"C{number}", world.store.person(person(number)), "anna")
        await world.deed(person(number), replying(person(number), cases=(taking,), capacity=2))
    third = active("C3", world.store.person(person(3)), "anna")
    with pytest.raises(Conflict, match="capacity"):
        await world.deed(person(3), replying(person(3), cases=(third,), capacity=2))
    first = active("C1", world.store.person(person(1)), "anna")
    await world.deed(person(1), replying(person(1), cases=(first,), capacity=2))
    await world.deed(person(3), replying(person(3), cases=(third,)))
    assert [each.id for each in await world.store.held_by(["anna"])] == ["C1", "C2", "C3"]
    assert await world.store.held_by(["bela"]) == []


async def test_cases_wait_in_lines_by_what_they_ask_for(world: World) -> None:
    waiting = (
        case("U", world.store.person(person(1)), locale="uk", group="daily_life", opened_at=NOON),
        case("V", world.store.person(person(2)), locale="uk", group="daily_life", opened_at=NOON - 1),
        case("A", world.store.person(person(3)), locale="ar", opened_at=NOON - 2),
    )
    for number, each in enumerate(waiting, 1):
        await world.deed(person(number), replying(person(number), cases=(each,)))
    assert await world.store.lines() == {"all:uk:daily_life": 2, "all:ar:": 1}
    assert [each.id for each in await world.store.waiting(["all:uk:daily_life"], limit=9)] == ["V", "U"]
    assert [each.id for each in await world.store.waiting(["all:uk:daily_life", "all:ar:"], limit=2)] == ["A", "V"]
    await world.deed(person(2), replying(person(2), cases=(active("V", waiting[1].person, "anna", locale="uk"),)))
    assert await world.store.lines() == {"all:uk:daily_life": 1, "all:ar:": 1}


async def test_the_first_cases_of_many_lines_are_found_wherever_they_stand(world: World) -> None:
    for number, (line, opened_at) in enumerate([("uk", 5), ("uk", 1), ("ar", 4), ("hu", 2), ("uk", 3)], 1):
        name = world.store.person(person(number))
        waiting = case(f"C{opened_at}", name, locale=line, opened_at=NOON + opened_at)
        await world.deed(person(number), replying(person(number), cases=(waiting,)))
    lines = ["all:uk:", "all:ar:", "all:hu:", "all:mn:"]
    assert [each.id for each in await world.store.waiting(lines, limit=4)] == ["C1", "C2", "C3", "C4"]
    assert [each.id for each in await world.store.waiting(lines, limit=9)] == ["C1", "C2", "C3", "C4", "C5"]


async def test_cases_of_the_same_moment_stand_by_their_ids_whatever_their_lines(world: World) -> None:
    for number, (name, line) in enumerate([("B", "uk"), ("D", "uk"), ("A", "ar"), ("C", "hu")], 1):
        waiting = case(name, world.store.person(person(number)), locale=line)
        await world.deed(person(number), replying(person(number), cases=(waiting,)))
    found = await world.store.waiting(["all:uk:", "all:ar:", "all:hu:"], limit=3)
    assert [each.id for each in found] == ["A", "B", "C"]


async def test_a_case_that_is_given_back_is_told_like_a_new_one(world: World) -> None:
    name = world.store.person(person())
    await world.deed(person(), replying(cases=(active("A", name, "anna"),)))
    async with watching(world, EVERYBODY) as console:
        await world.deed(person(), replying(cases=(case("A", name),)))
        assert await console.saw(1) == [("opened", "A")]


async def test_alarms_are_listed_until_they_are_seen(world: World) -> None:
    name = world.store.person(person())
    await world.deed(person(), replying(cases=(case("A", name, critical=True, alarm=True),)))
    assert [each.id for each in await world.store.alarms(EVERYBODY, limit=9)] == ["A"]
    assert await world.store.alarms((Visibility.FOCAL,), limit=9) == []
    await world.deed(person(), replying(cases=(case("A", name, critical=True),)))
    assert await world.store.alarms(EVERYBODY, limit=9) == []


async def test_a_case_is_on_the_agenda_when_it_is_due(world: World) -> None:
    name = world.store.person(person())
    await world.deed(person(), replying(cases=(case("A", name, queued_at=NOON),)))
    assert await world.store.agenda(limit=9) == []
    world.now += TELL_EVERY_S
    assert await world.store.agenda(limit=9) == ["A"]
    await world.store.put_off("A", until=world.now + 60)
    await world.store.put_off("nobody", until=world.now)
    assert await world.store.agenda(limit=9) == []
    await world.store.put_off("A", until=world.now + 9999)
    world.now += 60
    assert await world.store.agenda(limit=9) == ["A"]
    await world.deed(person(), replying(cases=(case("A", name, state=CaseState.CLOSED, closed_at=world.now),)))
    assert await world.store.agenda(limit=9) == []


async def asked(world: World, topic: str, people: range) -> None:
    for number in people:
        await world.turn_done(wrote(topic, person(number)), replying(person(number), asked=topic))


async def test_many_people_who_ask_the_same_within_half_an_hour_are_a_surge(world: World) -> None:
    await asked(world, "pets", range(1, PEOPLE + 1))
    await asked(world, "pets", range(1, 4))
    await asked(world, "parking", range(1, PEOPLE))
    await asked(world, "parking", range(1, 9))
    assert await world.store.surges(["pets", "parking", "nothing"]) == {"pets": PEOPLE}
    assert await world.store.surges(["parking"]) == {}
    world.now += SLOT_S
    await asked(world, "parking", range(1, PEOPLE + 3))
    assert list((await world.store.surges(["pets", "parking"])).items()) == [("parking", PEOPLE + 2), ("pets", PEOPLE)]
    world.now += SLOT_S
    assert await world.store.surges(["pets"]) == {}


async def test_the_roster_knows_how_long_cases_took(world: World) -> None:
    for number, seconds in enumerate((300.0, 600.0), 1):
        name = world.store.person(person(number))
        held = active(f"C{number}", name, "anna")
        await world.deed(person(number), replying(person(number), cases=(held,)))
        done = replace(held, state=CaseState.CLOSED, closed_at=NOON + seconds)
        await world.deed(person(number), replying(person(number), cases=(done,)))
        await world.deed(person(number), replying(person(number), cases=(replace(done, outcome="other"),)))
    assert (await world.store.roster()).service_s == (600.0, 300.0)


async def test_what_was_done_is_counted_by_day(world: World) -> None:
    today = day_of(NOON)
    tomorrow = today + timedelta(days=1)
    await world.deed(person(), replying(counts=("messages", "vote:helped", "messages")))
    await world.turn_done(wrote(), replying(counts=("messages",)))
    world.now += 86_400
    await world.deed(person(), replying(counts=("messages",)))
    await world.deed(person(), replying())
    assert await world.store.tally([today, tomorrow, tomorrow + timedelta(days=1)]) == {
        today: {"messages": 3, "vote:helped": 1},
        tomorrow: {"messages": 1},
    }


async def test_what_was_written_once_is_counted_once(world: World) -> None:
    before, outcome = await world.load(person()), replying(counts=("messages",))
    await world.store.change(before, outcome)
    with pytest.raises(Conflict):
        await world.store.change(before, outcome)
    assert await world.store.tally([day_of(NOON)]) == {day_of(NOON): {"messages": 1}}


async def test_nothing_is_counted_of_a_person_who_wants_all_to_be_forgotten(world: World) -> None:
    await world.deed(person(), replying(counts=("messages",), erasure=Erasure.FORGET))
    assert await world.store.tally([day_of(NOON)]) == {}


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


async def test_a_new_password_ends_sessions_and_links_and_nothing_else_does(world: World) -> None:
    anna = Account(name="anna", role=Role.OPERATOR, password_hash="$argon2id$1")
    await world.store.save_account(anna)
    session = await world.store.open_console("anna", ttl_s=60)
    link = await world.store.make_login_link("anna", ttl_s=60)
    await world.store.save_account(replace(anna, locale="hu"))
    assert await world.store.console_account(session) == replace(anna, locale="hu")
    await world.store.save_account(replace(anna, password_hash="$argon2id$2"))
    assert await world.store.console_account(session) is None
    assert await world.store.use_login_link(link) is None


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
