"""What the console reads: queue, cases, transcripts, events; who is on duty. `change` is in `store.commit`.

What may be read is decided by the visibilities asked for, here: nothing else leaves the store.
"""

from collections.abc import AsyncIterator, Collection, Sequence
from typing import Any

from road.case import Case, Entry, Visibility
from road.session import Remembered
from store.interface import LISTENING, DeskEvent
from store.keys import DESK_ENTRIES, DESK_S
from store.remembered import load_case, readable_case
from store.server import Plan, Server, opened, readable

_WAIT_S = 20.0


class ValkeyDesk:
    """See `store.interface.Desk`."""

    _server: Server

    async def queue(self, visibilities: Collection[Visibility]) -> Sequence[Case]:
        """Open cases, critical band first, then by age."""
        server = self._server
        keys = server.keys
        plan = {
            "queues": [keys.queue(visibility) for visibility in sorted(visibilities)],
            "case_prefix": keys.case(""),
            "key_prefix": keys.key(""),
        }
        (rows,) = await server.run("queue", plan)
        ranked = sorted(rows, key=lambda row: (float(row[1]), row[0]))
        return [case for row in ranked if (case := _case(server, row))]

    async def find_case(self, case_id: str) -> tuple[Case, Remembered] | None:
        """A case with everything a decision about it rests on."""
        return await load_case(self._server, case_id)

    async def transcript(self, person: str, visibilities: Collection[Visibility]) -> Sequence[Entry]:
        """Entries that these visibilities may read, oldest first."""
        server = self._server
        name = server.keys.transcript(person)
        wrapped, sealed = await server.run("transcript", {"key": server.keys.key(person), "list": name})
        key = server.key_of(person, wrapped)
        entries = [readable(key, entry, name, Entry) for entry in sealed]
        return [entry for entry in entries if entry and entry.visibility in visibilities]

    async def events(self, visibilities: Collection[Visibility]) -> AsyncIterator[DeskEvent]:
        """Desk events from now on, `LISTENING` first."""
        names = {self._server.keys.desk(visibility): visibility for visibility in visibilities}
        after = {name: await self._last_event(name) for name in names}
        yield LISTENING
        while after:
            for name, entries in await self._server.wait_for(after, _WAIT_S):
                stream = name.decode()
                for entry_id, entry in entries:
                    after[stream] = entry_id.decode()
                    yield _event(entry, names[stream])

    async def _last_event(self, name: str) -> str:
        async with self._server.reading() as client:
            last = await client.xrevrange(name, count=1)
        return last[0][0].decode() if last else "0-0"

    async def set_duty(self, account: str, *, on: bool) -> None:
        """Puts an account on or off duty."""
        server = self._server
        plan = {
            "duty": server.keys.duty,
            "account": server.keyring.name("account", account),
            "sealed": server.keyring.house.seal(account, server.keys.duty),
            "on": on,
            "desk": desk_plan(server, Visibility.ALL),
        }
        await server.run("set_duty", plan)

    async def on_duty(self) -> Sequence[str]:
        """Account names on duty."""
        server = self._server
        async with server.reading() as client:
            sealed = await client.hvals(server.keys.duty)
        return sorted(opened(server.keyring.house, name, server.keys.duty, str) for name in sealed)


def desk_plan(server: Server, visibility: Visibility) -> Plan:
    """What scripts need to know of a stream of desk events."""
    return {"stream": server.keys.desk(visibility), "entries": DESK_ENTRIES, "ttl_s": DESK_S}


def _case(server: Server, row: list[Any]) -> Case | None:
    case_id, _, person, sealed, wrapped = row
    return readable_case(server, server.key_of(person.decode(), wrapped), case_id.decode(), sealed)


def _event(entry: dict[bytes, bytes], visibility: Visibility) -> DeskEvent:
    return DeskEvent(kind=entry[b"k"].decode(), case_id=entry[b"c"].decode(), visibility=visibility)
