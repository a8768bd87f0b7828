"""What the rooms above may ask of the store.

Two properties carry the product. `accept` stores a turn before the channel is told that we have it. `commit` writes an
outcome whole or not at all, once: only if the worker still holds its shard, the person is unchanged and the turn is
still pending. A crash before it repeats the work; a crash after it repeats nothing.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

import msgspec

from road.account import Account, Roster
from road.audit import AuditEntry, AuditKind
from road.case import Case, Entry, Visibility
from road.console import OpenConsole
from road.file import FileState, KeptFile, Wish
from road.outcome import Outcome
from road.reply import Lane, Reply
from road.session import Remembered
from road.turn import Address, Attachment, Turn
from road.unanswered import Unanswered
from store.crypto import STAFF

SHARDS = 16
"""Inbox streams: a chat always hashes to the same one (DESIGN: order of acceptance within a chat)."""


PRESENT_S = 45.0
"""So long an account counts as there after its console's stream was last seen: longer than a reload, a restart of the
web process or a dead spot between two rooms. With the time in which a broken stream is noticed and the keeper's round
it stays below the 90 seconds after which a case must be back in the queue (issue D)."""


class Lease(msgspec.Struct, frozen=True, kw_only=True):
    """The right to work on something until it runs out; `fence` grows with every new holder."""

    name: str
    holder: str
    fence: int


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A turn that a worker has taken and not yet committed.

    Attributes:
        deliveries: How often it was taken, this time included. The third that fails is the last.
    """

    lease: Lease
    entry_id: str
    person: str
    turn: Turn
    deliveries: int


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One reply on its way to one chat.

    Attributes:
        attempts: How often a courier has taken it, this time included.
    """

    id: str
    lane: Lane
    person: str
    address: Address
    reply: Reply
    attempts: int = 1

    @property
    def is_page(self) -> bool:
        """Whether it calls staff, rather than speaks to a person."""
        return self.person.startswith(STAFF)


class DeskEvent(msgspec.Struct, frozen=True, kw_only=True):
    """Tells consoles what to load again; carries no text.

    Attributes:
        kind: opened (or back in the queue), changed, entry, alarm, closed or duty; `listening` comes first of all.
    """

    kind: str
    case_id: str
    visibility: Visibility


LISTENING = DeskEvent(kind="listening", case_id="", visibility=Visibility.ALL)


class Inbox(Protocol):
    """The way in."""

    async def accept(self, turn: Turn) -> bool:
        """Stores a turn; False when this update was accepted before.

        Raises:
            StoreUnavailable, StoreFull: It is not stored; the channel must send it again.
        """

    async def take(self, lease: Lease, *, wait_s: float) -> Held | None:
        """The shard's next turn, those left by a former holder first, or None after waiting."""

    async def load(self, person: str) -> Remembered:
        """What is kept of a person."""

    async def commit(self, held: Held, remembered: Remembered, outcome: Outcome) -> None:
        """Writes the outcome and finishes the turn, in one step.

        Raises:
            Conflict: Fence, version or pending entry no longer hold; nothing was written.
        """


class Leases(Protocol):
    """Who may work on what."""

    async def acquire(self, name: str, holder: str, *, ttl_s: float) -> Lease | None:
        """The lease, or None while somebody else holds it. Names: `inbox:<shard>`, `courier`, `keeper`, `poller`."""

    async def renew(self, lease: Lease, *, ttl_s: float) -> bool:
        """False when it was lost."""

    async def release(self, lease: Lease) -> None:
        """Gives it back early; no error when it was lost."""


class Outbox(Protocol):
    """The way out. One courier at a time, by lease."""

    async def next_deliveries(self, lease: Lease, *, limit: int, wait_s: float) -> Sequence[Delivery]:
        """Deliveries not yet given to this courier, by lane and then by age; first those a former courier left."""

    async def delivered(self, lease: Lease, delivery: Delivery, message_ids: Sequence[int]) -> None:
        """Marks it sent, and keeps the channel's message ids for 48 hours (for hiding)."""

    async def give_up(self, lease: Lease, delivery: Delivery, *, why: str) -> None:
        """Takes it out of the outbox unsent; `why` is a stable word, e.g. `unreachable`."""


class Desk(Protocol):
    """What the console reads and does."""

    async def queue(self, visibilities: Collection[Visibility], *, limit: int) -> Sequence[Case]:
        """The first open cases by rank; waiting and active."""

    async def waiting(self, lines: Collection[str], *, limit: int) -> Sequence[Case]:
        """The first waiting cases of some lines by rank."""

    async def lines(self) -> Mapping[str, int]:
        """How many cases wait, by the name of their line (`desk.routing.Line`)."""

    async def alarms(self, visibilities: Collection[Visibility], *, limit: int) -> Sequence[Case]:
        """The first cases by rank whose alarm nobody has seen."""

    async def held_by(self, accounts: Collection[str]) -> Sequence[Case]:
        """Cases in the hands of these accounts, oldest first."""

    async def find_case(self, case_id: str) -> tuple[Case, Remembered] | None:
        """A case with everything a decision about it rests on."""

    async def change(self, remembered: Remembered, outcome: Outcome) -> None:
        """As `commit`, for a deed that no turn began; nothing at all when `outcome.once` was written already.

        Raises:
            Conflict: The person has changed since; load again and decide again.
        """

    async def is_written(self, once: str) -> bool:
        """Whether an outcome of this `once` was written within the last day."""

    async def transcript(self, person: str, visibilities: Collection[Visibility]) -> Sequence[Entry]:
        """Entries that these visibilities may read, oldest first."""

    async def messages(self, person: str) -> Mapping[str, str]:
        """What became of the operators' messages, by name: on_its_way, sent, taken_back, or why it was given up."""

    async def cases_of(self, person: str) -> Sequence[Case]:
        """All cases of a person that are kept, oldest first."""

    async def events(self, visibilities: Collection[Visibility]) -> AsyncIterator[DeskEvent]:  # noqa: ARG002
        """Desk events from now on; ends when the caller stops reading.

        The first is `LISTENING`: what is loaded after it misses nothing.
        """
        yield LISTENING

    async def agenda(self, *, limit: int) -> Sequence[str]:
        """Ids of the cases that somebody must look at now, by when they became due (`desk.agenda`)."""

    async def surges(self, topics: Collection[str]) -> Mapping[str, int]:
        """Which of these topics very many people ask about just now, and how many do (`desk.surge`); most first."""

    async def tally(self, days: Sequence[date]) -> Mapping[date, Mapping[str, int]]:
        """What was counted on each of these days, by name (`desk.tally`); days on which nothing was are left out."""

    async def unanswered(self) -> Sequence[Sequence[Unanswered]]:
        """What each person asked in vain within the days of retention, nobody named; each one's in order."""

    async def put_off(self, case_id: str, *, until: float) -> None:
        """Looks at a case later, where a look has changed nothing; no effect when it is no longer due."""


class Duty(Protocol):
    """Who is at work."""

    async def set_duty(self, account: str, *, on: bool) -> None:
        """Puts an account on or off duty; on duty it counts as there for `PRESENT_S`."""

    async def be_present(self, accounts: Collection[str]) -> None:
        """Says that these accounts are there, for `PRESENT_S` from now: their console is open."""

    async def roster(self) -> Roster:
        """Who is on duty and there, who is not, and how long cases took lately."""

    async def end_absences(self) -> Sequence[str]:
        """Takes those who are no longer there off duty; ids of the cases that they still hold."""


class Accounts(Protocol):
    """Staff accounts and login throttle."""

    async def save_account(self, account: Account) -> None:
        """Creates or replaces an account."""

    async def find_account(self, name: str) -> Account | None:
        """An account by its login name."""

    async def accounts(self) -> Sequence[Account]:
        """All accounts, by name."""

    async def count_login(self, key: str, *, window_s: float) -> int:
        """Counts a failed attempt and gives how many there were in the window."""

    async def spend(self, word: str, *, ttl_s: float) -> bool:
        """Whether this word is said for the first time in so long; of several who say it at once, one is the first."""


class Consoles(Protocol):
    """Console sessions and login links."""

    async def open_console(self, account: str, *, ttl_s: float, browser: str = "") -> str:
        """A new console session's secret; only its hash is stored. A new password ends the session."""

    async def console_account(self, secret: str) -> Account | None:
        """Whose console session this is."""

    async def close_console(self, secret: str) -> None:
        """Ends a console session."""

    async def consoles(self, account: str) -> Sequence[OpenConsole]:
        """An account's open sessions, the one last seen first."""

    async def end_console(self, account: str, console: str) -> None:
        """Ends a session of this account by its id; no effect on a session of another."""

    async def make_login_link(self, account: str, *, ttl_s: float) -> str:
        """A secret that logs in once, and no more after a new password."""

    async def use_login_link(self, secret: str) -> Account | None:
        """The account of a one-time login, which is then used up."""


class Audit(Protocol):
    """What staff did. Entries are added and, after `HOTLINE_AUDIT_DAYS`, expire; nothing changes or deletes one."""

    async def note(self, entry: AuditEntry, *, once: str = "") -> None:
        """Adds an entry; no effect where this word was noted already in the last hour."""

    async def audited(self, days: Collection[date], kinds: Collection[AuditKind]) -> Sequence[AuditEntry]:
        """Some days' entries of some kinds, oldest first; new ones come behind those that were there."""


class WebChat(Protocol):
    """The chat page's end of the road: what a courier delivered to it."""

    async def show(self, address: Address, reply: Reply) -> int:
        """Appends a reply for the page and gives its message id."""

    async def shown(self, address: Address, *, after: int, wait_s: float) -> Sequence[tuple[int, Reply]]:
        """Replies after a message id, waiting for the first."""


class Files(Protocol):
    """Files, sealed piece by piece: copies of what people sent for minutes, what staff sends until it is sent.

    Of a person who has erased everything none is taken any more. While memory is full none is taken either.
    """

    async def want_file(self, wish: Wish) -> None:
        """Asks for a copy; whoever fetches them may miss it, so ask again."""

    async def next_wish(self, lease: Lease, *, wait_s: float) -> Wish | None:
        """The oldest wish, handed out once, or None after waiting."""

    async def keep_copy(self, wish: Wish, media_type: str, content: bytes) -> None:
        """Keeps a copy for `store.keys.COPY_S`; the oldest of all copies make room."""

    async def refuse_copy(self, wish: Wish, why: FileState) -> None:
        """Says why there will be no copy."""

    async def keep_file(self, person: str, file: Attachment, content: bytes) -> None:
        """Keeps a file of staff's until it is sent or given up, at most `store.keys.OWN_FILE_S`."""

    async def drop_file(self, person: str, file: Attachment) -> None:
        """Takes a file of staff's back before it is in the outbox."""

    async def find_file(self, person: str, file: Attachment, *, wait_s: float) -> KeptFile | None:
        """What there is of a file, waiting until something is; None after waiting."""

    async def read_file(self, person: str, file: Attachment, start: int, stop: int) -> bytes:
        """The content from one byte to before another; shorter, or empty, where it is no longer there."""

    async def file_states(self, person: str, files: Collection[Attachment]) -> Mapping[str, str]:
        """By a file's id: its media type or a `FileState`; files that nothing is known of are left out."""


class Health(Protocol):
    """Which processes of ours are alive."""

    async def beat(self, process: str, *, ttl_s: float) -> None:
        """Says that a process is alive, for so long. Names: `worker:<holder>`, `courier:<holder>`, `web:<holder>`."""

    async def alive(self) -> Sequence[str]:
        """Names of the processes that said so."""


class Upkeep(Protocol):
    """What must be done now and then, by whoever holds the lease `upkeep`."""

    async def sweep(self) -> bool:
        """Takes what was erased out of the files too, when there is something to take; whether there was."""


class Store(Inbox, Leases, Outbox, Desk, Duty, Accounts, Consoles, Audit, WebChat, Files, Health, Upkeep, Protocol):
    """All of it."""

    def person(self, address: Address) -> str:
        """HMAC of an address under the master key: the person's name in every key."""

    async def ready(self) -> None:
        """Returns when the server answers and takes writes; raises StoreUnavailable, StoreFull or StoreMismatch."""

    async def close(self) -> None:
        """Closes connections."""
