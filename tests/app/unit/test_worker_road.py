import asyncio
import logging
from dataclasses import replace
from typing import cast

import pytest

from actions.moment import Moment
from actions.scene import Scene
from content.content import Content
from road.account import Account, Role
from road.case import CaseState, Visibility
from road.errors import StoreUnavailable, UnderstandingFailed
from road.outcome import Outcome
from road.turn import Turn, TurnKind
from road.understanding import UNAVAILABLE, Hints, Understanding
from store.change import shard_of
from tests.app.contract.world import EVERYBODY, FOCAL_POINT, MemoryWorld, case, person, replying, session, wrote
from tests.app.fixtures.folder import FOLDER, load
from worker.process import case_id
from worker.road import Road, hints_for

SMALL = load(FOLDER)
ENGLISH = Understanding(locale="en", locale_confidence=1.0)


class Roadside:
    """A road over a store in memory, whose understanding and decisions the test chooses; it notes what it was asked."""

    def __init__(self) -> None:
        self.world = MemoryWorld()
        self.understandings: list[Understanding | Exception] = []
        self.heard: list[tuple[str, Hints]] = []
        self.scenes: list[Scene] = []
        self.faults: list[Exception] = []
        self.apology_faults: list[Exception] = []
        self.meanwhile: list[Outcome] = []
        self.content = SMALL
        self._ids = iter(range(100))
        self.road = Road(
            store=self.world.store,
            understand=self._understand,
            route=self._route,
            apologise=self._apologise,
            content=lambda: self.content,
            clock=self.world.clock,
            fresh_id=lambda: f"case {next(self._ids)}",
        )

    async def _understand(self, text: str, hints: Hints) -> Understanding:
        self.heard.append((text, hints))
        found = self.understandings.pop(0) if self.understandings else ENGLISH
        if isinstance(found, Exception):
            raise found
        if self.meanwhile:
            await self.world.deed(person(), self.meanwhile.pop(0))
        return found

    def _route(self, turn: Turn, scene: Scene, content: Content) -> Outcome:
        self.scenes.append(scene)
        if self.faults:
            raise self.faults.pop(0)
        return replying(turn.address, f"answer to {turn.text}")

    def _apologise(self, turn: Turn, scene: Scene, content: Content) -> Outcome:
        if self.apology_faults:
            raise self.apology_faults.pop(0)
        return replying(turn.address, "sorry", cases=(case(scene.fresh_id, scene.remembered.person),))

    async def travel(self, turn: Turn) -> None:
        """A turn from acceptance to the end of its road, however often it has to be taken."""
        await self.world.store.accept(turn)
        lease = await self.world.lease(f"inbox:{shard_of(self.world.store.person(turn.address))}")
        while held := await self.world.store.take(lease, wait_s=0):
            await self.road.travel(held)


@pytest.fixture
def side() -> Roadside:
    return Roadside()


async def test_a_turn_is_understood_decided_and_committed(side: Roadside) -> None:
    await side.travel(wrote("where is the doctor?", client_locale="uk"))
    assert side.heard == [("where is the doctor?", Hints(client_locale="uk"))]
    assert await side.world.said() == ["answer to where is the doctor?"]


async def test_a_turn_without_words_is_not_understood_but_decided(side: Roadside) -> None:
    await side.travel(wrote("", kind=TurnKind.BUTTON, button="menu"))
    assert side.heard == []
    assert side.scenes[0].understanding == Understanding()
    assert await side.world.said() == ["answer to "]


async def test_when_understanding_fails_the_road_goes_on_without(side: Roadside) -> None:
    side.understandings = [UnderstandingFailed("no answer")]
    await side.travel(wrote())
    assert side.scenes[0].understanding == UNAVAILABLE
    assert await side.world.said() == ["answer to hello"]


async def test_what_changed_meanwhile_is_loaded_and_decided_again_but_not_understood_again(side: Roadside) -> None:
    side.meanwhile = [replying(None, "operator's word")]
    await side.travel(wrote())
    assert [scene.remembered.version for scene in side.scenes] == [0, 1]
    assert len(side.heard) == 1
    assert [scene.fresh_id for scene in side.scenes] == ["case 0", "case 1"]
    assert await side.world.said() == ["operator's word", "answer to hello"]


async def test_a_turn_that_fails_twice_is_answered_at_the_third_try(side: Roadside) -> None:
    side.faults = [KeyError("x"), ZeroDivisionError()]
    await side.travel(wrote())
    assert await side.world.said() == ["answer to hello"]


async def test_after_the_third_failure_there_is_an_apology_and_a_case(side: Roadside) -> None:
    side.faults = [KeyError("x")] * 3
    await side.travel(wrote())
    assert await side.world.said() == ["sorry"]
    assert len(await side.world.store.queue(EVERYBODY, limit=99)) == 1
    assert len(side.scenes) == 3


async def test_when_even_the_apology_fails_a_person_finds_the_message_in_the_queue(side: Roadside) -> None:
    side.faults = [KeyError("x")] * 3
    side.apology_faults = [KeyError("y")]
    await side.travel(wrote("help me"))
    (waiting,) = await side.world.store.queue(EVERYBODY, limit=99)
    assert (waiting.opened_why, waiting.state) == ("failed", CaseState.WAITING)
    said = await side.world.store.transcript(waiting.person, EVERYBODY)
    assert [each.text for each in said] == ["help me"]
    assert await side.world.said() == []


async def test_the_last_resort_keeps_a_focal_persons_words_among_focal_points(side: Roadside) -> None:
    name = side.world.store.person(person())
    await side.world.deed(person(), replying(cases=(case("F", name, visibility=Visibility.FOCAL),)))
    side.faults, side.apology_faults = [KeyError("x")] * 3, [KeyError("y")]
    await side.travel(wrote("he is here"))
    assert await side.world.store.transcript(name, EVERYBODY) == []
    assert [each.text for each in await side.world.store.transcript(name, FOCAL_POINT)] == ["he is here"]
    assert [each.id for each in await side.world.store.queue(FOCAL_POINT, limit=99)] == ["F"]


async def test_a_turn_that_killed_workers_again_and_again_is_not_tried_the_usual_way(side: Roadside) -> None:
    await side.world.store.accept(wrote())
    for _ in range(4):
        held = await side.world.take(person())
    await side.road.travel(held)
    assert side.scenes == []
    assert await side.world.said() == ["sorry"]


async def test_a_failure_is_logged_by_type_and_place_and_never_by_its_text(
    side: Roadside, caplog: pytest.LogCaptureFixture
) -> None:
    side.faults = [ValueError("Olena from Debrecen")]
    with caplog.at_level(logging.DEBUG):
        await side.travel(wrote("Olena from Debrecen"))
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "ValueError" in record.getMessage()
    assert "test_worker_road.py" in record.getMessage()
    assert "Olena" not in caplog.text


async def test_a_store_that_is_gone_is_no_fault_of_the_turn(side: Roadside) -> None:
    side.faults = [cast(Exception, StoreUnavailable("gone"))]
    await side.world.store.accept(wrote())
    with pytest.raises(StoreUnavailable):
        await side.road.travel(await side.world.take(person()))
    assert await side.world.said() == []


@pytest.mark.parametrize(("roles", "focal_case", "expected"), [
    ((), False, False),
    ((Role.OPERATOR,), False, True),
    ((Role.OPERATOR, Role.SUPERVISOR), True, False),
    ((Role.OPERATOR, Role.FOCAL), True, True),
])  # fmt: skip
async def test_somebody_is_on_duty_only_if_they_may_take_the_case(
    side: Roadside, roles: tuple[Role, ...], focal_case: bool, expected: bool
) -> None:
    for role in roles:
        await side.world.store.save_account(Account(name=role, role=role, password_hash="$"))
        await side.world.store.set_duty(role, on=True)
    name = side.world.store.person(person())
    closed = case("OLD", name, visibility=Visibility.FOCAL, state=CaseState.CLOSED, closed_at=side.world.now)
    cases = (closed, case("F", name, visibility=Visibility.FOCAL)) if focal_case else (closed,)
    await side.world.deed(person(), replying(cases=cases))
    await side.travel(wrote())
    moment = Moment(turn=wrote(), scene=side.scenes[0], content=cast(Content, None), session=session())
    assert bool(moment.scene.roster.seeing(moment.visibility)) is expected


async def test_turns_of_many_people_do_not_wait_for_each_other(side: Roadside) -> None:
    both = asyncio.Barrier(2)

    async def understand(text: str, hints: Hints) -> Understanding:
        await both.wait()  # nobody passes before the other is here
        return ENGLISH

    def shard(number: int) -> int:
        return shard_of(side.world.store.person(person(number)))

    road = replace(side.road, understand=understand)
    helds = []
    for address in (person(), next(person(number) for number in range(2, 99) if shard(number) != shard(1))):
        await side.world.store.accept(wrote("hello", address))
        helds.append(await side.world.take(address))
    async with asyncio.timeout(60):
        await asyncio.gather(*(road.travel(held) for held in helds))
    assert len(await side.world.said()) == 2


def test_hints_are_what_is_known_of_the_person() -> None:
    turn = wrote(client_locale="uk")
    assert hints_for(turn, None) == Hints(client_locale="uk")
    known = session(locale="ru", last_topic="tp_apply")
    assert hints_for(turn, known) == Hints(client_locale="uk", earlier_locale="ru", last_topic="tp_apply")
    chosen = session(locale="ru", locale_chosen=True)
    assert hints_for(turn, chosen) == Hints(client_locale="uk", chosen_locale="ru", earlier_locale="ru")


def test_case_ids_can_be_read_aloud_and_differ() -> None:
    ids = {case_id() for _ in range(500)}
    assert len(ids) == 500
    assert all(len(each) == 9 and each[4] == "-" and not set(each) & set("IOQ01") for each in ids)
