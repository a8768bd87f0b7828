"""Every key of the store: its name, type, lifetime, writer and what it holds.

Names carry nothing but shard numbers, words of ours and HMACs. What can name or quote a person is sealed inside the
values (see `store.crypto`). docs/store.md shows this table; a test compares both, and a running server, with it.
"""

from datetime import date
from typing import Final

import msgspec

HOUR_S: Final = 3600
DAY_S: Final = 24 * HOUR_S

SEEN_S: Final = 48 * HOUR_S
"""Telegram offers an update for 24 hours; twice that. Source: Bot API, getUpdates."""

SENT_S: Final = 48 * HOUR_S
"""Message ids: a bot may delete messages for 48 hours. Source: Bot API, deleteMessage."""

WEB_S: Final = 48 * HOUR_S
DESK_S: Final = DAY_S
ERASED_S: Final = HOUR_S
ASKED_S: Final = 2 * HOUR_S
READY_S: Final = 60
WISH_S: Final = 60

COPY_S: Final = 600
"""So long a copy of a person's file lies here after it was fetched: long enough to look, and to hear a voice twice."""

FAULT_S: Final = 5
"""Long enough for those who wait to hear of it; asked again, it is tried again."""
OWN_FILE_S: Final = 2 * DAY_S

COPIES_BYTES: Final = 256_000_000
"""All copies together: a thousand photos, or a dozen films."""

TALLY_S: Final = 400 * DAY_S
"""A year, and the month before it to compare with."""

KEY_MARGIN_S: Final = 3 * DAY_S
"""A data key outlives the longest of what it seals."""

FORM_S: Final = DAY_S
"""A form that is sent again so much later is a new one."""

NOTED_S: Final = HOUR_S
"""So long an entry of the audit is known as noted: more than the quarter of an hour that a look counts for."""

SEEN_EVERY_S: Final = 60
"""A session's last sight is written so often at most, however many pages it loads."""

REOPEN_S: Final = DAY_S
"""A case closed so recently still counts as remembered."""

TRANSCRIPT_ENTRIES: Final = 500
SENT_ENTRIES: Final = 2000
WEB_ENTRIES: Final = 200
DESK_ENTRIES: Final = 1000
SERVICE_ENTRIES: Final = 50
UNANSWERED_ENTRIES: Final = 20


class Pattern(msgspec.Struct, frozen=True):
    """One kind of key. `name` has its variable part in angle brackets."""

    name: str
    type: str
    lifetime: str
    writer: str
    holds: str


PATTERNS: Final = (
    Pattern("inbox:<shard>", "stream", "entries until commit", "accept, commit", "p person, t sealed Turn"),
    Pattern("seen:<turn>", "string", "48 h", "accept", "request id; <turn> is the HMAC of Turn.id"),
    Pattern("person:<person>", "hash", "retention*", "commit, change", "v version, r last request, s sealed Session"),
    Pattern("key:<person>", "string", "retention* + 3 days", "every writer for a person", "data key, wrapped"),
    Pattern("cases:<person>", "zset", "retention*", "commit, change", "case ids by closing time, open ones at +inf"),
    Pattern("transcript:<person>", "list", "retention*", "commit, change", "sealed Entry, the last 500"),
    Pattern("messages:<person>", "hash", "retention*", "commit, change, delivered, give_up", "word by message name"),
    Pattern("sent:<person>", "list", "48 h", "commit, delivered", "sealed message ids, for hiding"),
    Pattern(
        "case:<case>",
        "hash",
        "open: none; closed: retention",
        "commit, change",
        "p person, c sealed Case, l h where it lies",
    ),
    Pattern("queue:<visibility>", "zset", "none", "commit, change", "open case ids by rank"),
    Pattern("alarm:<visibility>", "zset", "none", "commit, change", "ids of alarming cases by rank"),
    Pattern(
        "line:<line>", "zset", "none", "commit, change", "ids of waiting cases that ask for the same skills, by rank"
    ),
    Pattern("lines", "set", "none", "commit, change", "names of the lines there have been"),
    Pattern("held:<account>", "set", "none", "commit, change", "ids of the cases in an account's hands"),
    Pattern("agenda", "zset", "none", "commit, change, put_off", "case ids by when somebody must look at them"),
    Pattern("service", "list", "none", "commit, change", "seconds from claim to close of the last 50 cases"),
    Pattern("asked:<slot>:<topic>", "string", "2 h", "commit", "who asked in a quarter of an hour, as a HyperLogLog"),
    Pattern("unanswered:<person>", "list", "retention, from the first", "commit", "sealed Unanswered, the last 20"),
    Pattern("asked_in_vain", "zset", "retention", "commit", "people by when their questions end"),
    Pattern("tally:<day>", "hash", "400 days", "commit, change", "what was done, counted by names of desk.tally"),
    Pattern(
        "outbox:<lane>",
        "stream",
        "entries until sent",
        "commit, change, delivered",
        "p person, n name of an operator's message, d sealed Parcel",
    ),
    Pattern("erased:<lane>:<entry>", "string", "1 h", "commit", "a delivery erased while a courier had it"),
    Pattern("courier", "hash", "none", "next_deliveries", "fence, ask and batch last handed out"),
    Pattern("given_up", "hash", "none", "give_up", "count by reason"),
    Pattern("desk:<visibility>", "stream", "1 day, the last 1000", "commit, change, set_duty", "k kind, c case id"),
    Pattern("lease:<name>", "string", "the lease's", "acquire, renew, release", "fence and holder"),
    Pattern("fence:<name>", "string", "none", "acquire", "last fence given"),
    Pattern("alive", "zset", "none", "beat", "process names by the time until which they count as alive"),
    Pattern("accounts", "hash", "none", "save_account", "sealed Account by HMAC of the name"),
    Pattern("duty", "hash", "none", "set_duty, end_absences", "sealed account name by HMAC of the name"),
    Pattern(
        "present",
        "zset",
        "none",
        "set_duty, be_present",
        "HMACs of account names by the time until which they are there",
    ),
    Pattern("console:<session>", "string", "the session's", "open_console, console_account", "sealed Pass"),
    Pattern("consoles:<account>", "set", "the last session's", "open_console, end_console", "ids of its sessions"),
    Pattern("link:<secret>", "string", "the link's", "make_login_link", "sealed Pass"),
    Pattern("logins:<key>", "zset", "the window", "count_login", "attempts by time"),
    Pattern("once:<word>", "string", "as long as it counts", "spend, note, change", "who said this word first"),
    Pattern("audit:<day>:<kind>", "list", "audit days + 1", "note", "sealed AuditEntry, in order"),
    Pattern("web:<person>", "stream", "48 h, the last 200", "show", "r request, d sealed Parcel"),
    Pattern("file:<file>", "stream", "copies 10 min, staff's 48 h", "put_file", "c sealed piece, m sealed KeptFile"),
    Pattern("files:<person>", "hash", "retention*", "expect_file, put_file, delivered, give_up", "state by file"),
    Pattern("wanted", "stream", "60 s", "expect_file", "p person, d sealed Wish"),
    Pattern("copies", "zset", "10 min", "put_file", "size and file of each copy by its end"),
    Pattern("erasures", "hash", "none", "commit, sweep", "asked, done, at: rewrites of the append-only file"),
    Pattern("master", "string", "none", "ready", "a sealed word: tells another master key"),
    Pattern("ready", "string", "60 s", "ready", "1: the server takes writes"),
)
"""retention*: `retention_days` after the last change, and without end while the person has an open case."""


class Keys:
    """Full key names under a prefix."""

    def __init__(self, prefix: str = "hotline:") -> None:
        self.prefix = prefix
        self.courier = f"{prefix}courier"
        self.given_up = f"{prefix}given_up"
        self.alive = f"{prefix}alive"
        self.accounts = f"{prefix}accounts"
        self.duty = f"{prefix}duty"
        self.present = f"{prefix}present"
        self.lines = f"{prefix}lines"
        self.agenda = f"{prefix}agenda"
        self.service = f"{prefix}service"
        self.asked_in_vain = f"{prefix}asked_in_vain"
        self.erasures = f"{prefix}erasures"
        self.wanted = f"{prefix}wanted"
        self.copies = f"{prefix}copies"
        self.master = f"{prefix}master"
        self.ready = f"{prefix}ready"

    def inbox(self, shard: int) -> str:
        """Turns of one shard."""
        return f"{self.prefix}inbox:{shard}"

    def seen(self, turn: str) -> str:
        """Mark of an accepted turn."""
        return f"{self.prefix}seen:{turn}"

    def person(self, person: str) -> str:
        """Version and session."""
        return f"{self.prefix}person:{person}"

    def key(self, person: str) -> str:
        """The wrapped data key."""
        return f"{self.prefix}key:{person}"

    def cases(self, person: str) -> str:
        """Ids of a person's cases."""
        return f"{self.prefix}cases:{person}"

    def transcript(self, person: str) -> str:
        """What was said."""
        return f"{self.prefix}transcript:{person}"

    def messages(self, person: str) -> str:
        """What became of the operators' messages."""
        return f"{self.prefix}messages:{person}"

    def sent(self, person: str) -> str:
        """Message ids of the last 48 hours."""
        return f"{self.prefix}sent:{person}"

    def case(self, case: str) -> str:
        """A case."""
        return f"{self.prefix}case:{case}"

    def queue(self, visibility: str) -> str:
        """Open cases of a visibility."""
        return f"{self.prefix}queue:{visibility}"

    def alarm(self, visibility: str) -> str:
        """Alarming cases of a visibility."""
        return f"{self.prefix}alarm:{visibility}"

    def line(self, line: str) -> str:
        """Waiting cases of a line."""
        return f"{self.prefix}line:{line}"

    def held(self, account: str) -> str:
        """Cases that an account holds, by the HMAC of its name."""
        return f"{self.prefix}held:{account}"

    def asked(self, slot: int, topic: str) -> str:
        """Who asked about a topic in a quarter of an hour."""
        return f"{self.prefix}asked:{slot}:{topic}"

    def unanswered(self, person: str) -> str:
        """What a person asked in vain."""
        return f"{self.prefix}unanswered:{person}"

    def tally(self, day: date) -> str:
        """What was counted on a day."""
        return f"{self.prefix}tally:{day.isoformat()}"

    def outbox(self, lane: str) -> str:
        """Deliveries of a lane."""
        return f"{self.prefix}outbox:{lane}"

    def erased(self, lane: str, entry: str) -> str:
        """Mark of a delivery erased in flight."""
        return f"{self.prefix}erased:{lane}:{entry}"

    def desk(self, visibility: str) -> str:
        """Events for consoles."""
        return f"{self.prefix}desk:{visibility}"

    def lease(self, name: str) -> str:
        """Who holds a lease."""
        return f"{self.prefix}lease:{name}"

    def fence(self, name: str) -> str:
        """The last fence of a lease."""
        return f"{self.prefix}fence:{name}"

    def console(self, session: str) -> str:
        """A console session by its id's HMAC."""
        return f"{self.prefix}console:{session}"

    def consoles(self, account: str) -> str:
        """An account's sessions, by the HMAC of its name."""
        return f"{self.prefix}consoles:{account}"

    def once(self, word: str) -> str:
        """Mark of something that counts once, by its HMAC."""
        return f"{self.prefix}once:{word}"

    def audit(self, day: str, kind: str) -> str:
        """A day's entries of one kind."""
        return f"{self.prefix}audit:{day}:{kind}"

    def link(self, secret: str) -> str:
        """A login link by its secret's HMAC."""
        return f"{self.prefix}link:{secret}"

    def logins(self, key: str) -> str:
        """Failed logins by the HMAC of what they are counted for."""
        return f"{self.prefix}logins:{key}"

    def file(self, file: str) -> str:
        """A file's content, by the HMAC of its id."""
        return f"{self.prefix}file:{file}"

    def files(self, person: str) -> str:
        """What is known of a person's files, and of those sent to them."""
        return f"{self.prefix}files:{person}"

    def web(self, person: str) -> str:
        """The chat page's messages."""
        return f"{self.prefix}web:{person}"
