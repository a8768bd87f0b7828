"""Questions without an answer: kept for each person, for a time, and no longer than they may be."""

from datetime import date

import pytest
from msgspec.structs import replace

from road.case import CaseState, Visibility
from road.outcome import Erasure
from road.unanswered import Unanswered
from store.keys import UNANSWERED_ENTRIES
from tests.app.contract.world import World, case, person, replying, wrote

DAY_S = 86_400
ASKED = Unanswered(text="may my dog live in the hostel", locale="en", topic="pets", day=date(2027, 1, 15))
NOT_HELPFUL = replace(ASKED, text="")


async def asks(world: World, number: int, asked: Unanswered | None = ASKED) -> None:
    await world.turn_done(wrote("?", person(number)), replying(person(number), unanswered=asked))


async def kept(world: World) -> list[list[Unanswered]]:
    return [list(each) for each in await world.store.unanswered()]


async def test_of_nobody_anything_is_kept(world: World) -> None:
    await asks(world, 1, None)
    assert await kept(world) == []


async def test_each_persons_questions_are_kept_together_and_in_order(world: World) -> None:
    await asks(world, 1)
    world.now += 1
    await asks(world, 2, NOT_HELPFUL)
    world.now += 1
    await asks(world, 1, NOT_HELPFUL)
    await asks(world, 1, None)
    assert await kept(world) == [[ASKED, NOT_HELPFUL], [NOT_HELPFUL]]


async def test_of_very_many_questions_of_a_person_the_last_are_kept(world: World) -> None:
    many = [replace(ASKED, text=f"question {number}") for number in range(UNANSWERED_ENTRIES + 2)]
    for each in many:
        await asks(world, 1, each)
    assert await kept(world) == [many[2:]]


async def test_they_end_with_the_days_of_retention_of_the_first(world: World) -> None:
    await asks(world, 1)
    world.now += 20 * DAY_S
    await asks(world, 1, NOT_HELPFUL)
    await asks(world, 2)
    world.now += 10 * DAY_S - 1
    assert len(await kept(world)) == 2
    world.now += 2
    assert await kept(world) == [[ASKED]], "the second person's"
    await asks(world, 1, NOT_HELPFUL)
    assert await kept(world) == [[ASKED], [NOT_HELPFUL]]


async def test_who_forgets_takes_them_away_and_begins_anew(world: World) -> None:
    await asks(world, 1)
    await asks(world, 2, NOT_HELPFUL)
    await world.turn_done(wrote("/forget"), replying(None, erasure=Erasure.FORGET))
    assert await kept(world) == [[NOT_HELPFUL]]
    await asks(world, 1)
    assert sorted(map(len, await kept(world))) == [1, 1]


@pytest.mark.parametrize("guarded", [{"critical": True}, {"sensitive": True}, {"visibility": Visibility.FOCAL}])
async def test_who_gets_a_guarded_case_loses_them_at_once_whoever_opens_it(world: World, guarded: dict) -> None:  # type: ignore[type-arg]
    await asks(world, 1)
    await asks(world, 2)
    name = world.store.person(person())
    await world.deed(person(), replying(cases=(case("A", name, **guarded),)))
    assert len(await kept(world)) == 1
    await asks(world, 1)
    closed = case("A", name, state=CaseState.CLOSED, closed_at=world.now, **guarded)
    await world.deed(person(), replying(cases=(closed,)))
    assert len(await kept(world)) == 1, "neither while it is open nor with its close"


async def test_an_ordinary_case_takes_nothing_away(world: World) -> None:
    await world.turn_done(wrote(), replying(unanswered=ASKED, cases=(case("A", world.store.person(person())),)))
    assert await kept(world) == [[ASKED]]
