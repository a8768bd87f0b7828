"""A store with a clock that the test moves, and short words for what is put into it."""

import asyncio
import itertools
import secrets
from collections.abc import Awaitable, Sequence
from typing import Any, TypeVar

from road.case import Author, Case, CaseState, Entry, Visibility
from road.outcome import Outcome
from road.reply import Lane, Reply, Say
from road.session import Remembered, Session
from road.turn import Address, Channel, Turn, TurnKind
from store.change import shard_of
from store.crypto import Keyring
from store.interface import Delivery, Held, Lease, Store
from store.memory import MemoryStore
from store.valkey import ValkeyStore

NOON = 1_800_000_000.0
EVERYBODY = (Visibility.ALL,)
FOCAL_POINT = (Visibility.ALL, Visibility.FOCAL)
STAFF = {
    "now": (Address(Channel.TELEGRAM, "-1009000001"), Address(Channel.TELEGRAM, "-1009000002")),
    "duty": (Address(Channel.TELEGRAM, "-1009000003"),),
    "focal": (),
}
KEYRING = Keyring(bytes(range(32)))

T = TypeVar("T")
_numbers = itertools.count(1)


class World:
    """One store, as one process sees it."""

    def __init__(self) -> None:
        self.now = NOON
        self.store: Store

    def clock(self) -> float:
        return self.now

    async def expire(self, lease: Lease) -> None:
        """The lease runs out."""
        raise NotImplementedError

    async def lease(self, name: str, holder: str = "me") -> Lease:
        lease = await self.store.acquire(name, holder, ttl_s=30)
        assert lease is not None, f"{name} is held by somebody else"
        return lease

    async def take(self, address: Address, holder: str = "me") -> Held:
        """The next turn of the person's shard."""
        shard = shard_of(self.store.person(address))
        held = await self.store.take(await self.lease(f"inbox:{shard}", holder), wait_s=0)
        assert held is not None, "nothing to take"
        return held

    async def nothing_to_take(self, address: Address) -> bool:
        shard = shard_of(self.store.person(address))
        return await self.store.take(await self.lease(f"inbox:{shard}"), wait_s=0) is None

    async def load(self, address: Address) -> Remembered:
        return await self.store.load(self.store.person(address))

    async def turn_done(self, turn: Turn, outcome: Outcome | None = None) -> None:
        """A turn from acceptance to commit."""
        assert await self.store.accept(turn)
        held = await self.take(turn.address)
        await self.store.commit(held, await self.load(turn.address), outcome or replying(turn.address))

    async def deed(self, address: Address, outcome: Outcome) -> None:
        await self.store.change(await self.load(address), outcome)

    async def deliveries(self, holder: str = "courier", limit: int = 100) -> Sequence[Delivery]:
        return await self.store.next_deliveries(await self.lease("courier", holder), limit=limit, wait_s=0)

    async def said(self, holder: str = "courier") -> list[str]:
        """What the courier is given to say."""
        return [text_of(delivery.reply) for delivery in await self.deliveries(holder)]


class MemoryWorld(World):
    def __init__(self) -> None:
        super().__init__()
        self.store = MemoryStore(keyring=KEYRING, staff=STAFF, clock=self.clock)

    async def expire(self, lease: Lease) -> None:
        self.now += 31


class ValkeyWorld(World):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.prefix = f"test-{secrets.token_hex(4)}:"
        self.url = url
        self.valkey = self.another()
        self.store = self.valkey

    def another(self) -> ValkeyStore:
        """The same store as another process sees it."""
        return ValkeyStore(self.url, keyring=KEYRING, staff=STAFF, clock=self.clock, prefix=self.prefix)

    async def expire(self, lease: Lease) -> None:
        async with self.valkey._server.reading() as client:
            assert await client.delete(self.valkey._server.keys.lease(lease.name)) == 1


def person(number: int = 1) -> Address:
    return Address(Channel.TELEGRAM, str(700_000_000 + number))


def wrote(text: str = "hello", address: Address | None = None, **more: Any) -> Turn:
    number = next(_numbers)
    more = {"id": f"7:{number}", "kind": TurnKind.TEXT, "at": NOON, "message_id": 1000 + number, **more}
    return Turn(address=address or person(), text=text, **more)


def session(address: Address | None = None, **more: Any) -> Session:
    return Session(address=address or person(), **{"locale": "en", **more})


def say(text: str, lane: Lane = Lane.ANSWER) -> Say:
    return Say(html=text, lane=lane)


def replying(address: Address | None = None, *texts: str, **more: Any) -> Outcome:
    return Outcome(session=session(address), replies=tuple(say(text) for text in texts), **more)


def case(case_id: str, name: str, **more: Any) -> Case:
    more = {"state": CaseState.WAITING, "opened_at": NOON, "locale": "en", **more}
    return Case(id=case_id, person=name, **more)


def active(case_id: str, name: str, by: str, **more: Any) -> Case:
    return case(case_id, name, state=CaseState.ACTIVE, operator=by, claimed_at=NOON, **more)


def entry(text: str, **more: Any) -> Entry:
    return Entry(**{"at": NOON, "author": Author.PERSON, "text": text, **more})


def text_of(reply: Reply) -> str:
    return reply.html if isinstance(reply, Say) else type(reply).__name__


async def soon(waiting: Awaitable[T]) -> T:
    """Fails instead of hanging."""
    async with asyncio.timeout(60):
        return await waiting
