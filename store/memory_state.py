"""What a store in this process holds, and how its readers wait for more."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from road.account import Account
from road.audit import AuditEntry
from road.case import Case, CaseState, Entry
from road.clock import Clock, day_of
from road.console import OpenConsole
from road.errors import Conflict
from road.file import KeptFile, Wish
from road.reply import Lane, Reply
from road.session import Session
from road.turn import Address, Turn
from road.unanswered import Unanswered
from store.change import Parcel, SentIds, is_open
from store.interface import DeskEvent, Lease
from store.keys import SERVICE_ENTRIES


@dataclass
class Waiting:
    """A turn in an inbox."""

    id: str
    person: str
    turn: Turn
    deliveries: int = 0


@dataclass
class Outgoing:
    """A parcel in the outbox, and the fence of the courier that has it."""

    id: str
    lane: Lane
    person: str
    parcel: Parcel
    attempts: int = 0
    fence: int = 0
    is_page: bool = False


@dataclass
class Copy:
    """A file's content; `own`: staff's, on its way to the person."""

    kept: KeptFile
    content: bytes
    ends: float
    own: bool


@dataclass
class Person:
    """What is kept of a person; `files`: what is known of a file, by its id; `unanswered_until`: when those go."""

    version: int = 0
    session: Session | None = None
    cases: dict[str, Case] = field(default_factory=dict)
    transcript: list[Entry] = field(default_factory=list)
    sent: list[SentIds] = field(default_factory=list)
    messages: dict[str, str] = field(default_factory=dict)
    web: list[tuple[int, Reply]] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    unanswered: list[Unanswered] = field(default_factory=list)
    unanswered_until: float = 0.0


@dataclass
class State:
    """Everything. `tick` numbers what is stored, in order."""

    clock: Clock
    staff: dict[str, tuple[Address, ...]]
    retention_s: int
    inboxes: defaultdict[int, list[Waiting]] = field(default_factory=lambda: defaultdict(list))
    seen: dict[str, float] = field(default_factory=dict)
    people: defaultdict[str, Person] = field(default_factory=lambda: defaultdict(Person))
    outbox: list[Outgoing] = field(default_factory=list)
    erased_in_flight: set[str] = field(default_factory=set)
    given_up: Counter[str] = field(default_factory=Counter)
    leases: dict[str, tuple[Lease, float]] = field(default_factory=dict)
    fences: Counter[str] = field(default_factory=Counter)
    events: list[DeskEvent] = field(default_factory=list)
    duty: set[str] = field(default_factory=set)
    present: dict[str, float] = field(default_factory=dict)
    agenda: dict[str, float | None] = field(default_factory=dict)
    asked: defaultdict[tuple[int, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    service_s: list[float] = field(default_factory=list)
    tally: dict[date, Counter[str]] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    secrets: dict[str, tuple[str, str, float]] = field(default_factory=dict)
    consoles: dict[str, OpenConsole] = field(default_factory=dict)
    said: dict[str, float] = field(default_factory=dict)
    audit: defaultdict[date, list[AuditEntry]] = field(default_factory=lambda: defaultdict(list))
    logins: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    processes: dict[str, float] = field(default_factory=dict)
    copies: dict[tuple[str, str], "Copy"] = field(default_factory=dict)
    wishes: list[Wish] = field(default_factory=list)
    last_web_id: Counter[str] = field(default_factory=Counter)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    ticks: int = 0

    def tick(self) -> str:
        """The next entry's id."""
        self.ticks += 1
        return str(self.ticks)

    def drop_files(self, person: str, *, own: bool) -> None:
        """The contents of a person's files, or of those of staff's that they were not sent yet."""
        for key in [key for key, copy in self.copies.items() if key[0] == person and copy.own is own]:
            del self.copies[key]

    def open_cases(self) -> list[Case]:
        """All of them, in no order."""
        return [case for person in self.people.values() for case in person.cases.values() if is_open(case)]

    def held_by(self, account: str) -> list[Case]:
        """Cases in an account's hands."""
        return [case for case in self.open_cases() if case.state is CaseState.ACTIVE and case.operator == account]

    def note_service(self, seconds: Iterable[float]) -> None:
        """Keeps how long the last cases took, newest first."""
        for each in seconds:
            self.service_s = [each, *self.service_s][:SERVICE_ENTRIES]

    def was_said(self, word: str) -> bool:
        """Whether a word that counts once has been said and still counts."""
        return self.said.get(word, 0.0) > self.clock()

    def says_first(self, word: str, ttl_s: float) -> bool:
        """Says a word that counts once for so long; whether nobody had."""
        if self.was_said(word):
            return False
        self.said[word] = self.clock() + ttl_s
        return True

    def count(self, names: Iterable[str]) -> None:
        """Counts each name once more, on this day."""
        for name in names:
            self.tally.setdefault(day_of(self.clock()), Counter())[name] += 1

    def holds(self, lease: Lease) -> bool:
        """Whether a lease is still its holder's."""
        held = self.leases.get(lease.name)
        return held is not None and held[0].fence == lease.fence and held[1] > self.clock()

    def check(self, lease: Lease) -> None:
        """Raises Conflict when the lease was lost."""
        if not self.holds(lease):
            raise Conflict("the fence changed")

    async def tell(self) -> None:
        """Wakes those who wait."""
        async with self.changed:
            self.changed.notify_all()

    async def until(self, is_there: Callable[[], bool], wait_s: float) -> bool:
        """Waits for something that others do."""
        try:
            async with asyncio.timeout(wait_s), self.changed:
                await self.changed.wait_for(is_there)
        except TimeoutError:
            return False
        return True
