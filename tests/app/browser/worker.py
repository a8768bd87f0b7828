"""A worker and a courier of a few lines: a script decides, the store and the pages are the real ones."""

import asyncio
from collections.abc import Callable
from html import escape

from msgspec.structs import replace

from desk import transitions
from road.case import Author, Case, CaseState, Entry, Visibility
from road.outcome import Outcome
from road.reply import Say
from road.session import Remembered, Session
from road.turn import Turn, TurnKind
from store.interface import SHARDS, Held, Lease, Store

Script = Callable[[Turn, Remembered], Outcome]


def outcome(turn: Turn, remembered: Remembered, *replies: Say, cases: tuple[Case, ...] = ()) -> Outcome:
    """What a script leads to, with the transcript that operators read."""
    session = remembered.session or Session(address=turn.address, locale=turn.client_locale or "en")
    visibility = Visibility.FOCAL if any(c.visibility is Visibility.FOCAL for c in cases) else Visibility.ALL
    said = turn.button if turn.kind is TurnKind.BUTTON else turn.text
    entry = Entry(at=turn.at, author=Author.PERSON, text=said, kind=str(turn.kind), visibility=visibility)
    return Outcome(session=replace(session, at=turn.at), replies=replies, cases=cases, entries=(entry,))


def new_case(turn: Turn, remembered: Remembered, case_id: str, **more: object) -> Case:
    """A case that this turn opens."""
    case = Case(
        id=case_id,
        person=remembered.person,
        state=CaseState.WAITING,
        opened_at=turn.at,
        locale=turn.client_locale or "en",
        **more,  # type: ignore[arg-type]
    )
    return transitions.opened(case)


def echo(turn: Turn, remembered: Remembered) -> Outcome:
    """Says what was written."""
    if any(case.state is CaseState.ACTIVE for case in remembered.cases):
        return outcome(turn, remembered)
    return outcome(turn, remembered, Say(html=escape(turn.text)))


async def work(store: Store, script: Script) -> None:
    """Serves all shards and the outbox until it is cancelled."""
    leases = [await _held(store, f"inbox:{shard}") for shard in range(SHARDS)]
    courier = await _held(store, "courier")
    async with asyncio.TaskGroup() as group:
        for lease in leases:
            group.create_task(_decide(store, lease, script))
        group.create_task(_deliver(store, courier))


async def _held(store: Store, name: str) -> Lease:
    lease = await store.acquire(name, "browser tests", ttl_s=3600)
    assert lease is not None
    return lease


async def _decide(store: Store, lease: Lease, script: Script) -> None:
    while True:
        held = await store.take(lease, wait_s=1)
        if held is not None:
            await _commit(store, held, script)


async def _commit(store: Store, held: Held, script: Script) -> None:
    remembered = await store.load(held.person)
    await store.commit(held, remembered, script(held.turn, remembered))


async def _deliver(store: Store, lease: Lease) -> None:
    while True:
        for delivery in await store.next_deliveries(lease, limit=10, wait_s=1):
            await store.delivered(lease, delivery, [await store.show(delivery.address, delivery.reply)])
