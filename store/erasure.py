"""Erasing a person: what must be found before it is destroyed, and rewriting the append-only file after.

Until the file is rewritten it still holds what was deleted, the wrapped key included. `erasures` counts what was asked
and what is done, so that a crash in between is made good by the next sweep.
"""

import asyncio
import contextlib
from typing import Any, Final

import msgspec

from road.errors import StoreError
from road.turn import Turn
from store.change import SentIds, shard_of
from store.interface import Held
from store.keys import DAY_S
from store.server import Server

REWRITE_EVERY_S: Final = DAY_S
"""Expired keys, too, stay in the file until it is rewritten."""

_POLL_S: Final = 0.05


class Erased(msgspec.Struct, frozen=True):
    """What an erasure takes along.

    Attributes:
        sent: Message ids kept for hiding.
        last_sent: The last of them as stored; the script looks whether it still is.
        behind: The person's turns that wait behind this one, sealed with the old key; None for an unreadable one.
    """

    sent: tuple[SentIds, ...]
    last_sent: str
    behind: tuple[tuple[str, Turn | None], ...]


async def find_erased(server: Server, person: str, held: Held | None) -> Erased:
    """Reads what is about to lose its key."""
    name, inbox = server.keys.sent(person), server.keys.inbox(shard_of(person))
    async with server.reading() as client, client.pipeline(transaction=True) as together:
        together.get(server.keys.key(person)).lrange(name, 0, -1).xrange(inbox)
        wrapped, sent, entries = await together.execute()
    key = server.key_of(person, wrapped)
    own = held.entry_id if held else ""
    behind = [(i.decode(), f[b"t"]) for i, f in entries if f[b"p"] == person.encode() and i.decode() != own]
    return Erased(
        sent=tuple(kept for blob in sent if key and (kept := key.try_open(blob, name, SentIds))),
        last_sent=sent[-1].decode() if sent else "",
        behind=tuple((entry_id, key.try_open(blob, inbox, Turn) if key else None) for entry_id, blob in behind),
    )


async def rewrite_soon(server: Server) -> None:
    """Starts a rewrite at once where none is running; `Upkeep.sweep` makes sure that one comes after the erasure."""
    with contextlib.suppress(StoreError):
        if (await _persistence(server))["aof_enabled"]:
            async with server.reading() as client:
                await client.bgrewriteaof()


class ValkeyUpkeep:
    """See `store.interface.Upkeep`."""

    _server: Server

    async def sweep(self) -> bool:
        """Rewrites the append-only file when an erasure or a day's expiries ask for it."""
        server = self._server
        async with server.reading() as client:
            asked, done, at = await client.hmget(server.keys.erasures, ["asked", "done", "at"])
        if asked == done and server.clock() - float(at or 0) < REWRITE_EVERY_S:
            return False
        await _rewrite(server)
        async with server.reading() as client:
            mapping = {"at": str(server.clock()), **({"done": asked} if asked else {})}
            await client.hset(server.keys.erasures, mapping=mapping)
        return True


async def _rewrite(server: Server) -> None:
    """One whole rewrite, begun after now."""
    if not (await _persistence(server))["aof_enabled"]:
        return
    await _until_idle(server)
    async with server.reading() as client:
        await client.bgrewriteaof()
    if (await _until_idle(server))["aof_last_bgrewrite_status"] != "ok":
        raise StoreError("the append-only file could not be rewritten: erased data may still lie in it")


async def _until_idle(server: Server) -> dict[str, Any]:
    while True:
        facts = await _persistence(server)
        if not facts["aof_rewrite_in_progress"] and not facts["aof_rewrite_scheduled"]:
            return facts
        await asyncio.sleep(_POLL_S)


async def _persistence(server: Server) -> dict[str, Any]:
    async with server.reading() as client:
        return dict(await client.info("persistence"))
