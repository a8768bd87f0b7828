"""What the console reads: queue, cases, transcripts, events, the agenda. `change` is in `store.commit`.

What may be read is decided by the visibilities asked for, here: nothing else leaves the store.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from desk.surge import recent_slots, surging
from road.case import Case, Entry, Visibility
from road.session import Remembered
from store.interface import LISTENING, DeskEvent
from store.keys import DESK_ENTRIES, DESK_S
from store.opened_once import OpenedOnce
from store.remembered import load_case, load_cases, readable_case
from store.server import Plan, Server, readable

_WAIT_S: Final = 20.0


class ValkeyDesk:
    """See `store.interface.Desk`."""

    _server: Server
    _cases_read: OpenedOnce[Case | None]

    async def queue(self, visibilities: Collection[Visibility], *, limit: int) -> Sequence[Case]:
        """The first open cases by rank."""
        return await self._ranked([self._server.keys.queue(each) for each in sorted(visibilities)], limit=limit)

    async def waiting(self, lines: Collection[str], *, limit: int) -> Sequence[Case]:
        """The first waiting cases of some lines by rank."""
        return await self._ranked([self._server.keys.line(each) for each in sorted(lines)], limit=limit)

    async def alarms(self, visibilities: Collection[Visibility], *, limit: int) -> Sequence[Case]:
        """The first cases by rank whose alarm nobody has seen."""
        return await self._ranked([self._server.keys.alarm(each) for each in sorted(visibilities)], limit=limit)

    async def held_by(self, accounts: Collection[str]) -> Sequence[Case]:
        """Cases in the hands of these accounts, oldest first."""
        server = self._server
        sets = [server.keys.held(server.keyring.name("account", account)) for account in sorted(accounts)]
        cases = await self._cases([], sets, limit=0)
        return sorted((case for _, case in cases), key=lambda case: (case.claimed_at or 0.0, case.id))

    async def lines(self) -> Mapping[str, int]:
        """How many cases wait in each line."""
        keys = self._server.keys
        (counts,) = await self._server.run("lines", {"lines": keys.lines, "line_prefix": keys.line("")})
        return {line.decode(): count for line, count in zip(counts[::2], counts[1::2], strict=True) if count}

    async def _ranked(self, queues: Sequence[str], *, limit: int) -> Sequence[Case]:
        cases = await self._cases(queues, [], limit=limit)
        ranked = sorted(cases, key=lambda ranked: (ranked[0], ranked[1].id))
        return [case for _, case in ranked[:limit]]

    async def _cases(self, queues: Sequence[str], sets: Sequence[str], *, limit: int) -> Sequence[tuple[float, Case]]:
        server = self._server
        plan = {
            "queues": queues,
            "sets": sets,
            "limit": limit,
            "case_prefix": server.keys.case(""),
            "key_prefix": server.keys.key(""),
        }
        (rows,) = await server.run("queue", plan)
        return [(float(row[1]), case) for row in rows if (case := self._case(row))]

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

    async def messages(self, person: str) -> Mapping[str, str]:
        """What became of the operators' messages, by name."""
        async with self._server.reading() as client:
            words = await client.hgetall(self._server.keys.messages(person))
        return {name.decode(): word.decode() for name, word in words.items()}

    async def cases_of(self, person: str) -> Sequence[Case]:
        """All cases of a person that are kept, oldest first."""
        return await load_cases(self._server, person)

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

    def _case(self, row: list[Any]) -> Case | None:
        """A row's case; each sealed text is opened once, since fifty consoles ask for the same rows at every event."""
        case_id, _, person, sealed, wrapped = row
        if not wrapped:
            return None

        def opened() -> Case | None:
            return readable_case(self._server, self._server.key_of(person.decode(), wrapped), case_id.decode(), sealed)

        return self._cases_read.get(sealed, opened)

    async def agenda(self, *, limit: int) -> Sequence[str]:
        """Ids of the cases that somebody must look at now."""
        server = self._server
        async with server.reading() as client:
            due = await client.zrangebyscore(server.keys.agenda, "-inf", server.clock(), start=0, num=limit)
        return [case_id.decode() for case_id in due]

    async def surges(self, topics: Collection[str]) -> Mapping[str, int]:
        """Topics that very many people ask about just now."""
        names, slots = sorted(topics), recent_slots(self._server.clock())
        async with self._server.reading() as client:
            pipeline = client.pipeline(transaction=False)
            for topic in names:
                pipeline.pfcount(*(self._server.keys.asked(slot, topic) for slot in slots))
            return surging(zip(names, await pipeline.execute(), strict=True))

    async def tally(self, days: Sequence[date]) -> Mapping[date, Mapping[str, int]]:
        """What was counted on each of these days."""
        async with self._server.reading() as client:
            pipeline = client.pipeline(transaction=False)
            for day in days:
                pipeline.hgetall(self._server.keys.tally(day))
            found = zip(days, await pipeline.execute(), strict=True)
        return {day: {name.decode(): int(count) for name, count in counts.items()} for day, counts in found if counts}

    async def put_off(self, case_id: str, *, until: float) -> None:
        """Looks at a case later, where a look has changed nothing."""
        server = self._server
        plan = {"agenda": server.keys.agenda, "case": case_id, "now": str(server.clock()), "till": str(until)}
        await server.run("put_off", plan)


def desk_plan(server: Server, visibility: Visibility) -> Plan:
    """What scripts need to know of a stream of desk events."""
    return {"stream": server.keys.desk(visibility), "entries": DESK_ENTRIES, "ttl_s": DESK_S}


def _event(entry: dict[bytes, bytes], visibility: Visibility) -> DeskEvent:
    return DeskEvent(kind=entry[b"k"].decode(), case_id=entry[b"c"].decode(), visibility=visibility)
