"""What must hold after every step: all that can be seen of the desk is as specified."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from hypothesis.stateful import invariant

from desk.routing import Hands, line_of
from road.account import Roster
from road.case import Author, Case, CaseState, Visibility
from road.session import Remembered
from tests.app.contract.desk_ground import LOCALES, Ground
from tests.app.contract.desk_spec import Ticket
from tests.app.contract.world import (
    EVERYBODY,
    FOCAL_POINT,
    ValkeyWorld,
    person,
)


class Compared(Ground):
    """The invariant."""

    @invariant()
    def everything_is_as_specified(self) -> None:
        self.run(self._compare())
        type(self).steps += bool(self.begun)
        self.begun = True

    async def _compare(self) -> None:
        names = [self.store.person(person(who)) for who in range(len(LOCALES))]
        roster, agenda, lines, held = await asyncio.gather(
            self.store.roster(), self.store.agenda(limit=99), self.store.lines(), self.store.held_by(self.accounts)
        )
        remembered = await asyncio.gather(*map(self.store.load, names))
        spec = self.spec
        assert agenda == spec.due()
        assert lines == Counter(ticket.line for ticket in spec.in_order(focal=True, state="waiting"))
        assert roster.names == spec.there()
        holding = {each.account.name: each.holds for each in roster.on_duty}
        assert holding == {name: len(spec.held(name)) for name in spec.there()}
        assert list(roster.service_s) == spec.service_s[:50]
        assert ids(held) == ids(spec.held(*self.accounts))
        await self._compare_queues()
        for who, known in enumerate(remembered):
            self._compare_person(who, known, roster)

    async def _compare_queues(self) -> None:
        spec, lines = self.spec, ("all:uk:", "all:ar:", "focal:uk:safety")
        everybody, focal, alarms, waiting = await asyncio.gather(
            self.store.queue(EVERYBODY, limit=99), self.store.queue(FOCAL_POINT, limit=99),
            self.store.alarms(FOCAL_POINT, limit=99), self.store.waiting(lines, limit=2),
        )  # fmt: skip
        assert ids(everybody) == ids(spec.in_order(focal=False))
        assert ids(focal) == ids(spec.in_order(focal=True))
        assert ids(alarms) == [ticket.id for ticket in spec.in_order(focal=True) if ticket.alarm]
        assert ids(waiting) == [t.id for t in spec.in_order(focal=True, state="waiting") if t.line in lines][:2]

    def _compare_person(self, who: int, known: Remembered, roster: Roster) -> None:
        mine = {t.id: t for t in self.spec.tickets if t.who == who and self.spec.remembers(t)}
        assert {case.id: facts(case) for case in known.cases} == {name: specified(mine[name]) for name in mine}
        for case in known.cases:
            self.deeds.update(event.kind for event in case.events)
            if case.state is CaseState.WAITING:
                place = Hands(roster).place(line_of(case), known.ahead[case.id])
                assert place == self.spec.place(mine[case.id])

    async def _compare_transcripts(self) -> None:
        for who in range(len(LOCALES)):
            entries = await self.store.transcript(self.store.person(person(who)), FOCAL_POINT)
            said = [each.text for each in entries if each.author is not Author.BOT]
            assert said == self.spec.said.get(who, []), "every message and note, once, in order"

    async def _nothing_is_left(self) -> None:
        for name in self.spec.forgotten:
            assert await self.store.find_case(name) is None
        if isinstance(self.world, ValkeyWorld):
            names, members = await all_that_is_kept(self.world)
            assert not [name for name in self.spec.forgotten if any(key.endswith(f"case:{name}") for key in names)]
            assert not set(self.spec.forgotten) & members


def ids(cases: Sequence[Case] | Sequence[Ticket]) -> list[str]:
    return [case.id for case in cases]


def facts(case: Case) -> dict[str, object]:
    call = case.call
    return {
        "state": case.state, "focal": case.visibility is Visibility.FOCAL, "critical": case.critical,
        "raised": case.raised, "sensitive": case.sensitive, "alarm": case.alarm, "holder": case.operator,
        "queued": case.queued_at, "claimed": case.claimed_at, "answered": case.first_answer_at,
        "unanswered": case.unanswered_since, "nudged": case.nudged, "overdue": case.overdue_called,
        "told": case.told_at, "undelivered": case.undelivered, "closed": case.closed_at,
        "targets": (case.due_at, case.resolve_by), "call": (call.group, call.calls, call.next_at) if call else None,
        "log": [(event.kind, event.by, event.at) for event in case.events],
    }  # fmt: skip


def specified(ticket: Ticket) -> dict[str, object]:
    return {
        "state": ticket.state, "focal": ticket.focal, "critical": ticket.critical,
        "raised": ticket.raised, "sensitive": ticket.sensitive, "alarm": ticket.alarm, "holder": ticket.holder,
        "queued": ticket.queued_at, "claimed": ticket.claimed_at, "answered": ticket.answered_at,
        "unanswered": ticket.unanswered_since, "nudged": ticket.nudged, "overdue": ticket.overdue,
        "told": ticket.told_at, "undelivered": ticket.undelivered, "closed": ticket.closed_at,
        "targets": (ticket.due_at, ticket.resolve_by),
        "call": (ticket.ringing, ticket.rings, ticket.ring_at) if ticket.ringing else None,
        "log": ticket.log,
    }  # fmt: skip


async def all_that_is_kept(world: ValkeyWorld) -> tuple[list[str], set[str]]:
    """Names of all keys, and the members of all sets."""
    async with world.valkey._server.reading() as client:
        names = [name.decode() async for name in client.scan_iter(match=f"{world.prefix}*")]
        kept: set[bytes] = set()
        for name in names:
            match await client.type(name):
                case b"set":
                    kept |= await client.smembers(name)
                case b"zset":
                    kept |= set(await client.zrange(name, 0, -1))
    return names, {member.decode() for member in kept}
