"""Desk, chat page and health in this process."""

from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from datetime import date

from desk.rank import rank_of
from desk.routing import line_of
from desk.surge import recent_slots, surging
from road.account import OnDuty, Roster
from road.case import Case, CaseState, Entry, Visibility
from road.reply import HideMessages, Reply
from road.turn import Address
from road.unanswered import Unanswered
from store.crypto import Keyring
from store.interface import LISTENING, PRESENT_S, DeskEvent
from store.memory_staff import MemoryStaff
from store.memory_state import Person

_FOREVER_S = 10.0**9


class MemoryDesk(MemoryStaff):
    """See `store.interface`: Desk (but `find_case` and `change`), Duty, WebChat, Health and Upkeep."""

    _keyring: Keyring

    async def queue(self, visibilities: Collection[Visibility], *, limit: int) -> Sequence[Case]:
        """The first open cases by rank."""
        return _ranked((case for case in self._state.open_cases() if case.visibility in visibilities), limit)

    async def waiting(self, lines: Collection[str], *, limit: int) -> Sequence[Case]:
        """The first waiting cases of some lines by rank."""
        waiting = (case for case in self._state.open_cases() if case.state is CaseState.WAITING)
        return _ranked((case for case in waiting if line_of(case).name in lines), limit)

    async def lines(self) -> Mapping[str, int]:
        """How many cases wait in each line."""
        waiting = (case for case in self._state.open_cases() if case.state is CaseState.WAITING)
        return Counter(line_of(case).name for case in waiting)

    async def alarms(self, visibilities: Collection[Visibility], *, limit: int) -> Sequence[Case]:
        """The first cases by rank whose alarm nobody has seen."""
        alarming = (case for case in self._state.open_cases() if case.alarm)
        return _ranked((case for case in alarming if case.visibility in visibilities), limit)

    async def held_by(self, accounts: Collection[str]) -> Sequence[Case]:
        """Cases in the hands of these accounts, oldest first."""
        held = [case for account in accounts for case in self._state.held_by(account)]
        return sorted(held, key=lambda case: (case.claimed_at or 0.0, case.id))

    async def agenda(self, *, limit: int) -> Sequence[str]:
        """Ids of the cases that somebody must look at now."""
        now, agenda = self._state.clock(), self._state.agenda
        due = sorted((at, case_id) for case_id, at in agenda.items() if at is not None and at <= now)
        return [case_id for _, case_id in due[:limit]]

    async def surges(self, topics: Collection[str]) -> Mapping[str, int]:
        """Topics that very many people ask about just now."""
        slots = recent_slots(self._state.clock())
        return surging(
            (topic, len(set[str]().union(*(self._state.asked[slot, topic] for slot in slots))))
            for topic in sorted(topics)
        )

    async def tally(self, days: Sequence[date]) -> Mapping[date, Mapping[str, int]]:
        """What was counted on each of these days."""
        return {day: dict(self._state.tally[day]) for day in days if day in self._state.tally}

    async def unanswered(self) -> Sequence[Sequence[Unanswered]]:
        """What each person asked in vain; nobody is named."""
        now = self._state.clock()
        asked = sorted((p for p in self._state.people.values() if p.unanswered_until > now), key=_until)
        return [list(person.unanswered) for person in asked]

    async def put_off(self, case_id: str, *, until: float) -> None:
        """Looks at a case later, where a look has changed nothing."""
        due = self._state.agenda.get(case_id)
        if due is not None and due <= self._state.clock():
            self._state.agenda[case_id] = until

    async def is_written(self, once: str) -> bool:
        """Whether an outcome of this `once` was written within the last day."""
        return self._state.was_said(f"form:{once}")

    async def transcript(self, person: str, visibilities: Collection[Visibility]) -> Sequence[Entry]:
        """Entries that these visibilities may read, oldest first."""
        return [entry for entry in self._state.people[person].transcript if entry.visibility in visibilities]

    async def messages(self, person: str) -> Mapping[str, str]:
        """What became of the operators' messages, by name."""
        return dict(self._state.people[person].messages)

    async def cases_of(self, person: str) -> Sequence[Case]:
        """All cases of a person that are kept, oldest first."""
        return sorted(self._state.people[person].cases.values(), key=lambda case: case.opened_at)

    async def events(self, visibilities: Collection[Visibility]) -> AsyncIterator[DeskEvent]:
        """Desk events from now on, `LISTENING` first."""
        position = len(self._state.events)
        yield LISTENING
        while True:
            while position < len(self._state.events):
                event = self._state.events[position]
                position += 1
                if event.visibility in visibilities:
                    yield event
            seen = position
            await self._state.until(lambda seen=seen: len(self._state.events) > seen, _FOREVER_S)  # type: ignore[misc]

    async def set_duty(self, account: str, *, on: bool) -> None:
        """Puts an account on or off duty."""
        if on:
            await self.be_present([account])
        if (account in self._state.duty) is on:
            return
        (self._state.duty.add if on else self._state.duty.remove)(account)
        self._state.events.append(DeskEvent(kind="duty", case_id="", visibility=Visibility.ALL))
        await self._state.tell()

    async def be_present(self, accounts: Collection[str]) -> None:
        """Says that these accounts are there."""
        self._state.present.update(dict.fromkeys(accounts, self._state.clock() + PRESENT_S))

    async def roster(self) -> Roster:
        """Who is on duty and there, who is not, and how long cases took lately."""
        there = {name for name in self._state.duty if self._is_there(name)}
        accounts = await self.accounts()
        return Roster(
            on_duty=tuple(
                OnDuty(account=account, holds=len(self._state.held_by(account.name)))
                for account in accounts
                if account.name in there
            ),
            others=tuple(account for account in accounts if account.name not in there),
            service_s=tuple(self._state.service_s),
        )

    async def end_absences(self) -> Sequence[str]:
        """Takes those who are no longer there off duty; ids of the cases that they still hold."""
        absent = [name for name in self._state.accounts if not self._is_there(name)]
        for name in absent:
            await self.set_duty(name, on=False)
        return [case.id for name in absent for case in self._state.held_by(name)]

    def _is_there(self, account: str) -> bool:
        return self._state.present.get(account, 0.0) >= self._state.clock()

    async def show(self, address: Address, reply: Reply) -> int:
        """Appends a reply for the page; a HideMessages also takes away what it names."""
        name = self._keyring.person(address)
        person = self._state.people[name]
        message_id = max(round(self._state.clock() * 1000), self._state.last_web_id[name] + 1)
        self._state.last_web_id[name] = message_id
        hidden = reply.message_ids if isinstance(reply, HideMessages) else ()
        person.web = [*(shown for shown in person.web if shown[0] not in hidden), (message_id, reply)]
        await self._state.tell()
        return message_id

    async def shown(self, address: Address, *, after: int, wait_s: float) -> Sequence[tuple[int, Reply]]:
        """Replies after a message id, waiting for the first."""
        name = self._keyring.person(address)

        def later() -> list[tuple[int, Reply]]:
            return [shown for shown in self._state.people[name].web if shown[0] > after]

        await self._state.until(lambda: bool(later()), wait_s)
        return later()

    async def beat(self, process: str, *, ttl_s: float) -> None:
        """Says that a process is alive for so long."""
        self._state.processes[process] = self._state.clock() + ttl_s

    async def alive(self) -> Sequence[str]:
        """Names of the processes that are."""
        return sorted(name for name, until in self._state.processes.items() if until > self._state.clock())

    async def ready(self) -> None:
        """Memory is always there."""

    async def sweep(self) -> bool:
        """There are no files."""
        return False


def _until(person: Person) -> float:
    return person.unanswered_until


def _ranked(cases: Iterable[Case], limit: int) -> Sequence[Case]:
    return sorted(cases, key=lambda case: (rank_of(case), case.id))[:limit]
