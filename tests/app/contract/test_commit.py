import asyncio

import pytest

from road.case import CaseState, Interpreter, Page, Visibility
from road.errors import Conflict
from road.outcome import Outcome
from road.reply import Button, ConfirmTap, Lane, Say, ShowPlace
from road.session import Remembered
from road.understanding import Candidate
from tests.app.contract.world import (
    EVERYBODY,
    FOCAL_POINT,
    NOON,
    World,
    case,
    entry,
    person,
    replying,
    say,
    session,
    wrote,
)

DAY_S = 86_400


async def test_of_a_stranger_nothing_is_kept(world: World) -> None:
    name = world.store.person(person())
    assert await world.store.load(name) == Remembered(person=name, version=0, session=None)
    assert await world.store.transcript(name, FOCAL_POINT) == []


async def test_an_outcome_is_written_whole(world: World) -> None:
    turn = wrote("I need a doctor")
    name = world.store.person(turn.address)
    replies = (
        Say(html="<b>Ambulance</b>", buttons=((Button(text="A person", data="person"),),), locale="uk"),
        ShowPlace(name="Rendelő", address="Budapest", lat=47.5, lon=19.0),
        ConfirmTap(callback_id="77"),
    )
    outcome = Outcome(
        session=session(last_topic="medical_emergency", locale="uk"),
        replies=replies,
        cases=(case("PINE-4", name),),
        entries=(entry("I need a doctor"), entry("Ambulance")),
    )
    await world.turn_done(turn, outcome)
    kept = await world.load(turn.address)
    assert kept.version == 1
    assert kept.session == outcome.session
    assert kept.cases == outcome.cases
    assert list(await world.store.transcript(name, EVERYBODY)) == list(outcome.entries)
    deliveries = await world.deliveries()
    assert tuple(delivery.reply for delivery in deliveries) == replies
    assert {delivery.address for delivery in deliveries} == {turn.address}
    assert {delivery.person for delivery in deliveries} == {name}


async def test_a_turn_is_committed_once(world: World) -> None:
    await world.store.accept(wrote())
    held, before = await world.take(person()), await world.load(person())
    await world.store.commit(held, before, replying(None, "answer"))
    for remembered in (before, await world.load(person())):
        with pytest.raises(Conflict):
            await world.store.commit(held, remembered, replying(None, "answer again"))
    assert await world.said() == ["answer"]
    assert (await world.load(person())).version == 1


async def test_of_two_commits_at_once_one_is_written(world: World) -> None:
    await world.store.accept(wrote())
    held, before = await world.take(person()), await world.load(person())
    results = await asyncio.gather(
        *(world.store.commit(held, before, replying(None, f"answer {n}")) for n in range(4)), return_exceptions=True
    )
    assert sorted(map(type, results), key=str) == sorted([type(None), Conflict, Conflict, Conflict], key=str)
    assert len(await world.said()) == 1


async def test_a_commit_on_an_old_version_writes_nothing(world: World) -> None:
    await world.turn_done(wrote("first"))
    await world.store.accept(wrote("second"))
    held, before = await world.take(person()), await world.load(person())
    await world.deed(person(), replying(None, "an operator was faster"))
    name = world.store.person(person())
    late = replying(None, "the bot talks over them", cases=(case("ELM-1", name),), entries=(entry("x"),))
    with pytest.raises(Conflict):
        await world.store.commit(held, before, late)
    assert await world.said() == ["an operator was faster"]
    assert (await world.load(person())).cases == ()
    assert await world.store.transcript(name, EVERYBODY) == []
    await world.store.commit(held, await world.load(person()), replying(None, "the bot after them"))
    assert await world.said() == ["the bot after them"]


async def test_every_change_makes_a_new_version(world: World) -> None:
    name = world.store.person(person())
    await world.turn_done(wrote())
    waiting = case("OAK-7", name)
    await world.deed(person(), replying(None, cases=(waiting,)))
    stale = await world.load(person())
    await world.deed(person(), replying(None, "operator's reply"))
    assert (await world.load(person())).version == 3
    with pytest.raises(Conflict):
        await world.store.change(stale, replying(None, "second operator's reply"))


async def test_what_stands_before_a_waiting_case_is_counted_by_line(world: World) -> None:
    async def wait(number: int, case_id: str, **more: object) -> None:
        name = world.store.person(person(number))
        await world.deed(person(number), replying(person(number), cases=(case(case_id, name, **more),)))

    await wait(1, "A", opened_at=NOON)
    await wait(2, "B", opened_at=NOON + 5)
    await wait(3, "C", opened_at=NOON + 9, critical=True)
    await wait(4, "D", opened_at=NOON + 1, visibility=Visibility.FOCAL)
    await wait(5, "E", opened_at=NOON - 9, state=CaseState.ACTIVE, operator="anna")
    await wait(6, "F", opened_at=NOON + 7, locale="uk")
    first, second, critical, focal, active, other = [await world.load(person(number)) for number in range(1, 7)]
    assert first.ahead == {"A": {"all:en:": 1}}
    assert second.ahead == {"B": {"all:en:": 2, "focal:en:": 1}}
    assert critical.ahead == {"C": {}}
    assert focal.ahead == {"D": {"all:en:": 2}}
    assert active.ahead == {}
    assert other.ahead == {"F": {"all:en:": 3, "focal:en:": 1}}
    assert first.waiting == {"all:en:": 3, "all:uk:": 1, "focal:en:": 1}, "all that may stand before whoever comes next"


async def test_the_queue_shows_critical_cases_first_and_then_the_oldest(world: World) -> None:
    cases = {
        1: case("A", world.store.person(person(1)), opened_at=NOON),
        2: case("B", world.store.person(person(2)), opened_at=NOON - 1, visibility=Visibility.FOCAL),
        3: case("C", world.store.person(person(3)), opened_at=NOON + 60, critical=True),
        4: case("D", world.store.person(person(4)), opened_at=NOON + 50, critical=True, state=CaseState.ACTIVE),
        5: case("E", world.store.person(person(5)), opened_at=NOON + 0.000002),
        6: case("F", world.store.person(person(6)), state=CaseState.CLOSED, closed_at=NOON),
    }
    for number, each in cases.items():
        await world.deed(person(number), replying(person(number), cases=(each,)))
    assert [each.id for each in await world.store.queue(FOCAL_POINT, limit=99)] == ["D", "C", "B", "A", "E"]
    assert [each.id for each in await world.store.queue(EVERYBODY, limit=99)] == ["D", "C", "A", "E"]
    assert await world.store.queue((), limit=99) == []


async def test_a_case_changes_its_place_when_it_is_raised_and_leaves_when_closed(world: World) -> None:
    name = world.store.person(person())
    await world.deed(person(2), replying(person(2), cases=(case("OLD", world.store.person(person(2)), opened_at=1.0),)))
    await world.deed(person(), replying(cases=(case("MINE", name),)))
    assert [each.id for each in await world.store.queue(EVERYBODY, limit=99)] == ["OLD", "MINE"]
    await world.deed(person(), replying(cases=(case("MINE", name, critical=True, alarm=True),)))
    assert [each.id for each in await world.store.queue(EVERYBODY, limit=99)] == ["MINE", "OLD"]
    await world.deed(person(), replying(cases=(case("MINE", name, visibility=Visibility.FOCAL),)))
    assert [each.id for each in await world.store.queue(EVERYBODY, limit=99)] == ["OLD"]
    assert [each.id for each in await world.store.queue((Visibility.FOCAL,), limit=99)] == ["MINE"]
    await world.deed(person(), replying(cases=(case("MINE", name, state=CaseState.CLOSED, closed_at=world.now),)))
    assert await world.store.queue((Visibility.FOCAL,), limit=99) == []


async def test_a_closed_case_is_remembered_for_a_day_and_found_for_longer(world: World) -> None:
    name = world.store.person(person())
    closed = case("FIR-2", name, state=CaseState.CLOSED, closed_at=world.now, outcome="helped")
    await world.deed(person(), replying(cases=(closed, case("FIR-3", name))))
    world.now += DAY_S - 1
    assert {each.id for each in (await world.load(person())).cases} == {"FIR-2", "FIR-3"}
    world.now += 2
    assert [each.id for each in (await world.load(person())).cases] == ["FIR-3"]
    found = await world.store.find_case("FIR-2")
    assert found == (closed, await world.load(person()))


async def test_a_case_is_found_with_what_a_decision_rests_on(world: World) -> None:
    name = world.store.person(person())
    await world.deed(person(), replying(cases=(case("YEW-1", name),)))
    found = await world.store.find_case("YEW-1")
    assert found == (case("YEW-1", name), await world.load(person()))
    assert await world.store.find_case("YEW-2") is None


async def test_an_entry_keeps_what_staff_reads_it_by(world: World) -> None:
    asked = entry("Wo?", own_text="ask:pass_on", fields={"service": "Menedék"}, locale="de")
    heard = entry("Da.", ranking=(Candidate("pets", 0.6),), locale="de", locale_confidence=0.9)
    await world.turn_done(wrote(), replying(entries=(asked, heard)))
    assert list(await world.store.transcript(world.store.person(person()), EVERYBODY)) == [asked, heard]


async def test_a_case_keeps_the_interpreter_who_is_looked_for(world: World) -> None:
    name = world.store.person(person())
    wanted = Interpreter(locale="mn", purpose="police", time="14:00", asked_at=NOON)
    await world.deed(person(), replying(cases=(case("ELM-1", name, interpreter=wanted),)))
    found = await world.store.find_case("ELM-1")
    assert found is not None
    assert found[0].interpreter == wanted


async def test_a_transcript_shows_each_reader_what_is_for_them(world: World) -> None:
    name = world.store.person(person())
    entries = (entry("for all"), entry("in private", visibility=Visibility.FOCAL))
    await world.turn_done(wrote(), replying(entries=entries))
    assert [each.text for each in await world.store.transcript(name, EVERYBODY)] == ["for all"]
    assert [each.text for each in await world.store.transcript(name, FOCAL_POINT)] == ["for all", "in private"]


async def test_staff_is_paged_in_their_own_chats(world: World) -> None:
    pages = (
        Page(case_id="A", group="now", html="come"),
        Page(case_id="A", group="duty", html="look"),
        Page(case_id="A", group="focal", html="nobody set up"),
    )
    await world.turn_done(wrote(), replying(None, "you", pages=pages))
    deliveries = await world.deliveries()
    assert [(each.lane, each.address.chat, each.reply) for each in deliveries] == [
        (Lane.URGENT, "-1009000001", say("come", Lane.URGENT)),
        (Lane.URGENT, "-1009000002", say("come", Lane.URGENT)),
        (Lane.URGENT, "-1009000003", say("look", Lane.URGENT)),
        (Lane.ANSWER, person().chat, say("you")),
    ]
    lease = await world.lease("courier", "courier")
    for delivery in deliveries:
        await world.store.delivered(lease, delivery, [5])
    await world.expire(lease)
    assert await world.deliveries("another") == []


async def test_one_person_knows_nothing_of_another(world: World) -> None:
    await world.turn_done(wrote("mine", person(1)), replying(person(1), entries=(entry("mine"),)))
    assert (await world.load(person(2))).session is None
    assert await world.store.transcript(world.store.person(person(2)), FOCAL_POINT) == []


async def test_a_case_id_drawn_twice_is_refused(world: World) -> None:
    first, second = world.store.person(person(1)), world.store.person(person(2))
    await world.deed(person(1), replying(person(1), cases=(case("SAME", first),)))
    with pytest.raises(Conflict):
        await world.deed(person(2), replying(person(2), "your case", cases=(case("SAME", second),)))
    assert await world.store.queue(EVERYBODY, limit=99) == [case("SAME", first)]
    assert await world.said() == []
