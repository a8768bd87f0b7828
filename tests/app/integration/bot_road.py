"""The bot's processes inside a test: a store in memory, a Bot API server over HTTP, and what runs between them."""

import asyncio
import inspect
from contextlib import asynccontextmanager

from road.outcome import Erasure, Outcome
from road.session import Session
from road.settings import Settings
from road.turn import Address, Channel, Turn, TurnKind
from store.change import shard_of
from tests.app.botapi.server import TOKEN

SECRET = "a-webhook-secret-of-the-tests"


def settings(api, **given):
    return Settings(telegram_token=TOKEN, telegram_api_url=api.url, **{"send_rate": 10_000.0, **given})


def address(chat=501):
    return Address(Channel.TELEGRAM, str(chat))


async def post(store, *replies, to=501, erasure=Erasure.NONE, pages=()):
    """Puts replies into the outbox, as a decision does."""
    where = to if isinstance(to, Address) else address(to)
    remembered = await store.load(store.person(where))
    outcome = Outcome(session=Session(address=where), replies=replies, erasure=erasure, pages=pages)
    await store.change(remembered, outcome)


async def answer(store, *replies, message_id, erasure=Erasure.NONE):
    """Lets person 501 write a message and answers it, as a worker does."""
    turn = Turn(id=f"7:{message_id}", address=address(), kind=TurnKind.TEXT, at=0, text="x", message_id=message_id)
    await store.accept(turn)
    lease = await store.acquire(f"inbox:{shard_of(store.person(turn.address))}", "a test", ttl_s=60)
    held = await store.take(lease, wait_s=5)
    outcome = Outcome(session=Session(address=turn.address), replies=replies, erasure=erasure)
    await store.commit(held, await store.load(held.person), outcome)


async def until(holds, *, within_s=60.0):
    """Looks again and again: the store in memory tells nobody of its changes."""
    async with asyncio.timeout(within_s):
        while not (found := await _of(holds())):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return found


async def _of(value):
    return await value if inspect.isawaitable(value) else value


@asynccontextmanager
async def running(process, *arguments, **named):
    """A process of the bot's for as long as the block lasts; its failure is the block's."""
    stop = asyncio.Event()
    task = asyncio.create_task(process(*arguments, stop, **named))
    try:
        yield task
    finally:
        stop.set()
        await task


async def all_turns(store, *, shards=16):
    """Every turn that the store took, in the order of its shards."""
    turns = []
    for shard in range(shards):
        lease = await store.acquire(f"inbox:{shard}", "a test", ttl_s=60)
        while held := await store.take(lease, wait_s=0):
            turns.append(held.turn)
            await store.commit(held, await store.load(held.person), Outcome(session=Session(address=held.turn.address)))
    return turns
