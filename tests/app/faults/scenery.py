"""Decisions as simple as can be, and what must be true after any fault: everything answered, nothing twice."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from actions.scene import Scene
from content.content import Content
from desk import transitions
from road.clock import system_clock
from road.errors import StoreError
from road.outcome import Outcome
from road.turn import Turn
from road.understanding import Hints, Understanding
from store.interface import Store
from tests.app.contract.world import EVERYBODY, ValkeyWorld, case, entry, person, replying, text_of, wrote
from tests.app.fixtures.folder import FOLDER, load
from worker.process import serve
from worker.road import Decide, Road, Understand

SMALL = load(FOLDER)


def answer(turn: Turn, scene: Scene, content: Content) -> Outcome:
    """An answer; the first message opens a case, later ones join it."""
    known = scene.remembered.cases
    fresh = transitions.opened(case(scene.fresh_id, scene.remembered.person, opened_at=scene.now))
    cases = (transitions.wrote(known[0], at=scene.now),) if known else (fresh,)
    return replying(turn.address, f"answer to {turn.text}", cases=cases, entries=(entry(turn.text),))


def sorry(turn: Turn, scene: Scene, content: Content) -> Outcome:
    return replying(turn.address, f"sorry about {turn.text}", entries=(entry(turn.text),))


async def understood(text: str, hints: Hints) -> Understanding:
    return Understanding()


def road(store: Store, understand: Understand = understood, route: Decide = answer) -> Road:
    return Road(
        store=store,
        understand=understand,
        route=route,
        apologise=sorry,
        content=lambda: SMALL,
        clock=system_clock,
        fresh_id=lambda: f"case-{secrets.token_hex(6)}",
    )


@asynccontextmanager
async def working(store: Store, name: str = "worker:good:1") -> AsyncIterator[None]:
    """A worker without faults."""
    stop = asyncio.Event()
    task = asyncio.create_task(serve(road(store), stop, name=name))
    try:
        yield
    finally:
        stop.set()
        async with asyncio.timeout(60):
            await task


def chat(name: str, count: int) -> list[Turn]:
    """Turns of one person; their update ids run backwards."""
    address = person(sum(name.encode()))
    return [wrote(f"{name}{number}", address, id=f"7:{name}:{count - number}") for number in range(count)]


async def accept_stubbornly(store: Store, turn: Turn) -> None:
    """As Telegram: the same update again until it is taken, and sometimes once more."""
    while True:
        try:
            await store.accept(turn)
            await store.accept(turn)
        except StoreError:
            await asyncio.sleep(0.01)
        else:
            return


async def until(there: Callable[[], bool], within_s: float = 60.0) -> None:
    async with asyncio.timeout(within_s):
        while not there():  # noqa: ASYNC110 - another process gives no sign
            await asyncio.sleep(0.01)


async def answered(world: ValkeyWorld, chats: Sequence[Sequence[Turn]], within_s: float = 60.0) -> None:
    """Waits until every turn was committed."""
    async with asyncio.timeout(within_s):
        while [await done(world, turns) for turns in chats] != [len(turns) for turns in chats]:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def done(world: ValkeyWorld, turns: Sequence[Turn]) -> int:
    """How many of a chat's turns were committed; 0 while the store is gone."""
    try:
        return (await world.load(turns[0].address)).version
    except StoreError:
        return 0


async def check_all_answered_once(world: ValkeyWorld, chats: Sequence[Sequence[Turn]]) -> None:
    """Every turn has one answer and one line in the transcript, in order, every person one case; nothing is left."""
    open_cases = await world.store.queue(EVERYBODY, limit=10_000)
    people = [world.store.person(turns[0].address) for turns in chats]
    assert sorted((each.person, len(each.events)) for each in open_cases) == sorted((name, 1) for name in people)
    said = await world.deliveries(limit=10_000)
    assert len(said) == sum(map(len, chats))
    for turns in chats:
        name = world.store.person(turns[0].address)
        texts = [turn.text for turn in turns]
        assert [text_of(each.reply) for each in said if each.person == name] == [f"answer to {text}" for text in texts]
        assert [each.text for each in await world.store.transcript(name, EVERYBODY)] == texts
        assert await world.nothing_to_take(turns[0].address)
