"""Inbox, commit, leases and outbox in this process."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from desk.agenda import next_look
from desk.rank import rank_of
from desk.routing import line_of
from desk.surge import slot_of
from road.case import Case, CaseState, Visibility
from road.errors import Conflict
from road.file import FileState
from road.outcome import Erasure, Outcome
from road.reply import HideMessages, Lane, Reply, SendFile
from road.session import Remembered
from road.turn import Turn
from store.change import (
    ON_ITS_WAY,
    SENT,
    TAKEN_BACK,
    Parcel,
    SentIds,
    cases_after,
    drops_unanswered,
    events_of,
    hidden_ids,
    ids_of,
    is_open,
    is_remembered,
    kept_message_id,
    name_of,
    page_parcels,
    service_times,
    shard_of,
)
from store.crypto import Keyring
from store.interface import Delivery, DeskEvent, Held, Lease
from store.keys import FORM_S, SEEN_S, UNANSWERED_ENTRIES
from store.memory_state import Outgoing, Person, State, Waiting


class MemoryRoad:
    """See `store.interface`: Inbox, Leases, Outbox, `Desk.find_case` and `Desk.change`."""

    _state: State
    _keyring: Keyring

    async def accept(self, turn: Turn) -> bool:
        """Stores a turn once."""
        now = self._state.clock()
        if self._state.seen.get(turn.id, -SEEN_S) > now - SEEN_S:
            return False
        self._state.seen[turn.id] = now
        person = self._keyring.person(turn.address)
        self._state.inboxes[shard_of(person)].append(Waiting(self._state.tick(), person, turn))
        await self._state.tell()
        return True

    async def take(self, lease: Lease, *, wait_s: float) -> Held | None:
        """The oldest turn: until it is committed it stays the next."""
        self._state.check(lease)
        inbox = self._state.inboxes[int(lease.name.removeprefix("inbox:"))]
        if not await self._state.until(lambda: bool(inbox), wait_s):
            return None
        self._state.check(lease)
        next_up = inbox[0]
        next_up.deliveries += 1
        return Held(
            lease=lease,
            entry_id=next_up.id,
            person=next_up.person,
            turn=next_up.turn,
            deliveries=next_up.deliveries,
        )

    async def load(self, person: str) -> Remembered:
        """What is kept of a person."""
        kept = self._state.people[person]
        return Remembered(
            person=person,
            version=kept.version,
            session=kept.session,
            cases=tuple(case for case in kept.cases.values() if is_remembered(case, self._state.clock())),
            ahead={case.id: self._counts(rank_of(case)) for case in kept.cases.values() if _is_waiting(case)},
            waiting=self._counts(),
        )

    async def find_case(self, case_id: str) -> tuple[Case, Remembered] | None:
        """A case with everything a decision about it rests on."""
        for name, person in self._state.people.items():
            if case_id in person.cases:
                return person.cases[case_id], await self.load(name)
        return None

    def _counts(self, before: float = math.inf) -> dict[str, int]:
        """Waiting cases by line, those before a rank."""
        waiting = [case for case in self._state.open_cases() if _is_waiting(case) and rank_of(case) < before]
        return dict(Counter(line_of(case).name for case in waiting))

    async def commit(self, held: Held, remembered: Remembered, outcome: Outcome) -> None:
        """Writes the outcome and finishes the turn."""
        self._state.check(held.lease)
        inbox = self._state.inboxes[shard_of(held.person)]
        waiting = next((entry for entry in inbox if entry.id == held.entry_id), None)
        if waiting is None:
            raise Conflict("the entry changed")
        self._write(remembered, outcome, kept_message_id(held.turn))
        inbox.remove(waiting)
        await self._state.tell()

    async def change(self, remembered: Remembered, outcome: Outcome) -> None:
        """As `commit`, for a deed that no turn began."""
        self._write(remembered, outcome, None)
        await self._state.tell()

    def _write(self, remembered: Remembered, outcome: Outcome, own: int | None) -> None:
        if outcome.once and self._state.was_said(f"form:{outcome.once}"):
            return
        person = self._state.people[remembered.person]
        if person.version != remembered.version:
            raise Conflict("the version changed")
        if any(self._is_taken(case.id, remembered.person) for case in outcome.cases):
            raise Conflict("the case id changed")
        if any(self._is_full(case, outcome.capacity) for case in outcome.cases):
            raise Conflict("the capacity changed")
        if outcome.once:
            self._state.says_first(f"form:{outcome.once}", FORM_S)
        replies = outcome.replies
        if outcome.erasure is not Erasure.NONE:
            replies = (*self._hide(remembered.person, own), *replies)
        if outcome.take_back:
            replies = (*self._take_back(remembered.person, outcome.take_back), *replies)
        if outcome.erasure is Erasure.FORGET:
            self._state.agenda.update(dict.fromkeys(person.cases))
            self._state.drop_files(remembered.person, own=False)
            person = self._state.people[remembered.person] = Person()
        else:
            self._state.note_service(service_times(remembered, outcome))
            self._state.count(outcome.counts)
            self._state.agenda.update({case.id: next_look(case) for case in outcome.cases})
            if outcome.cases and not any(map(is_open, cases_after(remembered, outcome).values())):
                self._state.drop_files(remembered.person, own=False)
            if outcome.asked:
                self._state.asked[slot_of(self._state.clock()), outcome.asked].add(remembered.person)
            _remember(person, outcome, own, self._state.clock())
            self._keep_unanswered(person, remembered, outcome)
        person.version = remembered.version + 1
        self._state.events.extend(events_of(remembered, outcome))
        self._post(remembered.person, outcome, replies)

    def _keep_unanswered(self, person: Person, remembered: Remembered, outcome: Outcome) -> None:
        now = self._state.clock()
        if drops_unanswered(remembered, outcome):
            person.unanswered_until = now
        elif outcome.unanswered:
            runs = person.unanswered_until > now
            person.unanswered_until = person.unanswered_until if runs else now + self._state.retention_s
            person.unanswered = [*(person.unanswered if runs else ()), outcome.unanswered][-UNANSWERED_ENTRIES:]

    def _is_taken(self, case_id: str, name: str) -> bool:
        return any(case_id in person.cases for other, person in self._state.people.items() if other != name)

    def _is_full(self, case: Case, capacity: int | None) -> bool:
        held = {other.id for other in self._state.held_by(case.operator)} if case.state is CaseState.ACTIVE else set()
        return capacity is not None and bool(held) and case.id not in held and len(held) >= capacity

    def _hide(self, name: str, own: int | None) -> Iterator[Reply]:
        person, now = self._state.people[name], self._state.clock()
        self._withdraw([out for out in self._state.outbox if out.person == name and not out.is_page])
        if ids := hidden_ids(person.sent, own, now):
            yield HideMessages(message_ids=ids)
        person.sent.clear()
        person.messages.clear()
        self._state.drop_files(name, own=True)
        person.files.update(
            {file: FileState.HIDDEN for file, state in person.files.items() if state == FileState.WAITING}
        )

    def _take_back(self, name: str, message: str) -> Iterator[Reply]:
        person = self._state.people[name]
        self._withdraw(
            [out for out in self._state.outbox if out.person == name and name_of(out.parcel.reply) == message]
        )
        person.messages[message] = TAKEN_BACK
        if ids := ids_of(person.sent, message):
            yield HideMessages(message_ids=ids, name=message)

    def _withdraw(self, taken: Sequence[Outgoing]) -> None:
        self._state.erased_in_flight.update(out.id for out in taken if out.attempts)
        self._state.outbox = [out for out in self._state.outbox if out not in taken]

    def _post(self, name: str, outcome: Outcome, replies: Sequence[Reply]) -> None:
        for reply in replies:
            self._put(name, Parcel(outcome.session.address, reply))
            if message := name_of(reply):
                self._state.people[name].messages[message] = ON_ITS_WAY
        for page in () if outcome.erasure is Erasure.FORGET else outcome.pages:
            for parcel in page_parcels(page, self._state.staff.get(page.group, ())):
                self._put(self._keyring.staff(parcel.address), parcel, is_page=True)

    def _put(self, name: str, parcel: Parcel, *, is_page: bool = False) -> None:
        entry = Outgoing(self._state.tick(), parcel.reply.lane, name, parcel, is_page=is_page)
        self._state.outbox.append(entry)

    async def acquire(self, name: str, holder: str, *, ttl_s: float) -> Lease | None:
        """The lease, or None; the present holder gets its own again."""
        now = self._state.clock()
        held = self._state.leases.get(name)
        if held and held[1] > now and held[0].holder != holder:
            return None
        if held and held[1] > now:
            lease = held[0]
        else:
            self._state.fences[name] += 1
            lease = Lease(name=name, holder=holder, fence=self._state.fences[name])
        self._state.leases[name] = (lease, now + ttl_s)
        return lease

    async def renew(self, lease: Lease, *, ttl_s: float) -> bool:
        """False when it was lost."""
        if not self._state.holds(lease):
            return False
        self._state.leases[lease.name] = (lease, self._state.clock() + ttl_s)
        return True

    async def release(self, lease: Lease) -> None:
        """Gives it back early."""
        if self._state.holds(lease):
            del self._state.leases[lease.name]

    async def next_deliveries(self, lease: Lease, *, limit: int, wait_s: float) -> Sequence[Delivery]:
        """First what a former courier left, then what is new; both by lane and age."""
        self._state.check(lease)
        await self._state.until(lambda: any(out.fence != lease.fence for out in self._state.outbox), wait_s)
        self._state.check(lease)
        lanes = list(Lane)
        waiting = [out for out in self._state.outbox if out.fence != lease.fence]
        waiting.sort(key=lambda out: (out.attempts == 0, lanes.index(out.lane), int(out.id)))
        return [_handed(out, lease.fence) for out in waiting[:limit]]

    async def delivered(self, lease: Lease, delivery: Delivery, message_ids: Sequence[int]) -> None:
        """Marks it sent; what was erased meanwhile is hidden now."""
        self._state.check(lease)
        ids = tuple(message_ids)
        if delivery.id in self._state.erased_in_flight and ids:
            self._state.erased_in_flight.remove(delivery.id)
            self._put(delivery.person, Parcel(delivery.address, HideMessages(message_ids=ids)))
        out = self._take_out(delivery)
        if out and ids and not out.is_page:
            kept = SentIds(self._state.clock(), ids, name_of(delivery.reply))
            self._state.people[delivery.person].sent.append(kept)
        if out:
            self._note_word(delivery, SENT)
        self._end_own_file(delivery, FileState.SENT)
        await self._state.tell()

    async def give_up(self, lease: Lease, delivery: Delivery, *, why: str) -> None:
        """Takes it out of the outbox unsent."""
        self._state.check(lease)
        if self._take_out(delivery):
            self._state.given_up[why] += 1
            self._note_word(delivery, why)
            self._end_own_file(delivery, FileState.UNSENT)
        await self._state.tell()

    def _end_own_file(self, delivery: Delivery, state: FileState) -> None:
        reply, files = delivery.reply, self._state.people[delivery.person].files
        if not isinstance(reply, SendFile) or files.get(reply.file.id) != FileState.WAITING:
            return
        files[reply.file.id] = state
        self._state.copies.pop((delivery.person, reply.file.id), None)
        self._state.events.append(
            DeskEvent(kind="entry", case_id=reply.case_id, visibility=Visibility(reply.visibility))
        )

    def _note_word(self, delivery: Delivery, word: str) -> None:
        messages = self._state.people[delivery.person].messages
        if name_of(delivery.reply) in messages:
            messages[name_of(delivery.reply)] = word

    def _take_out(self, delivery: Delivery) -> Outgoing | None:
        out = next((out for out in self._state.outbox if out.id == delivery.id), None)
        if out:
            self._state.outbox.remove(out)
        return out


def _is_waiting(case: Case) -> bool:
    return case.state is CaseState.WAITING


def _remember(person: Person, outcome: Outcome, own: int | None, now: float) -> None:
    person.session = outcome.session
    person.cases.update({case.id: case for case in outcome.cases})
    person.transcript.extend(outcome.entries)
    if own is not None and outcome.erasure is Erasure.NONE:
        person.sent.append(SentIds(now, (own,)))


def _handed(out: Outgoing, fence: int) -> Delivery:
    out.fence = fence
    out.attempts += 1
    return Delivery(
        id=out.id,
        lane=out.lane,
        person=out.person,
        address=out.parcel.address,
        reply=out.parcel.reply,
        attempts=out.attempts,
    )
