"""The desk as it was agreed, in plain words: the specification that the machine test holds the product to.

It knows neither the product's table of deeds nor its store. Each deed changes the model and says True, or says False
where it must be refused.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from desk.agenda import NUDGES_S, TELL_EVERY_S

HALF_HOUR_S = 1800.0
PRESENT_S = 45.0
DAY_S = 86_400.0
CALLS = {
    "now": (3, 60.0, 120.0),
    "duty": (2, 300.0, None),
    "focal": (1, 300.0, 300.0),
    "supervisor": (2, 60.0, 120.0),
}
"""Group of pages: circles, seconds between them, seconds between calls to everybody (None: they end)."""


@dataclass
class Helper:
    """An account: what it knows, and whether it is there."""

    name: str
    focal: bool = False
    locales: tuple[str, ...] = ()
    capacity: int = 2
    on_duty: bool = False
    there_until: float = 0.0


@dataclass(repr=False)
class Ticket:
    """A case. `look_at` is when somebody must look at it."""

    id: str
    who: int
    focal: bool
    locale: str
    raised: bool
    sensitive: bool
    queued_at: float
    due_at: float | None = None
    resolve_by: float | None = None
    state: str = "waiting"
    critical: bool = False
    alarm: bool = False
    danger_at: float | None = None
    minor: bool = False
    needs_interpreter: bool = False
    holder: str = ""
    claimed_at: float | None = None
    answered_at: float | None = None
    unanswered_since: float | None = None
    nudged: int = 0
    overdue: bool = False
    told_at: float | None = None
    ringing: str = ""
    rings: int = 0
    ring_at: float | None = None
    undelivered: bool = False
    closed_at: float | None = None
    look_at: float | None = None
    log: list[tuple[str, str, float]] = field(default_factory=list)

    def __repr__(self) -> str:
        """Short, since a failing run prints every draw."""
        return f"<{self.id} of {self.who}: {self.state}>"

    @property
    def rank(self) -> tuple[bool, float]:
        """Critical ones are a band of their own; the others by time, raised ones half an hour earlier."""
        return not self.critical, self.queued_at - (HALF_HOUR_S if self.raised and not self.critical else 0)

    @property
    def line(self) -> str:
        """Whom it asks for; once there was danger it keeps that group."""
        group = "safety" if any(deed == "raised" for deed, _, _ in self.log) else ""
        return f"{'focal' if self.focal else 'all'}:{self.locale}:{group}"

    def looks(self) -> Iterator[float]:
        """When the clock asks for somebody."""
        if self.ring_at is not None:
            yield self.ring_at
        if self.state == "waiting" and not self.critical and not self.sensitive:
            yield (self.told_at or self.queued_at) + TELL_EVERY_S
        if self.state == "active" and self.unanswered_since is not None and self.nudged < len(NUDGES_S):
            yield self.unanswered_since + NUDGES_S[self.nudged]
        superiors_called = self.ringing == ("focal" if self.focal else "supervisor") and self.ring_at is not None
        if self.state == "active" and self.alarm and self.danger_at is not None and not superiors_called:
            yield self.danger_at + 45.0  # danger without a human reply (issue D)
        target = self.due_at if self.answered_at is None else self.resolve_by
        if target is not None and not self.overdue:
            yield target - 0.2 * (target - self.queued_at)


class Spec:
    """Everything at one moment."""

    def __init__(self, helpers: Iterable[Helper], now: float) -> None:
        self.helpers = {helper.name: helper for helper in helpers}
        self.now = now
        self.tickets: list[Ticket] = []
        self.forgotten: list[str] = []
        self.said: dict[int, list[str]] = {}
        self.service_s: list[float] = []

    def open_of(self, who: int, *, focal: bool) -> Ticket | None:
        return next((t for t in self.tickets if (t.who, t.focal) == (who, focal) and t.state != "closed"), None)

    def last_of(self, who: int) -> Ticket | None:
        """The person's last case that is remembered."""
        mine = [t for t in self.tickets if t.who == who and not t.focal and self.remembers(t)]
        return mine[-1] if mine else None

    def last_ones(self) -> list[Ticket]:
        """Each person's last case; closed ones alone, where there are any."""
        last = [ticket for who in {t.who for t in self.tickets} if (ticket := self.last_of(who))]
        return [ticket for ticket in last if ticket.state == "closed"] or last

    def remembers(self, ticket: Ticket) -> bool:
        """A closed case counts for a day."""
        return ticket.closed_at is None or ticket.closed_at >= self.now - DAY_S

    def seeing(self, ticket: Ticket) -> list[Helper]:
        return [helper for helper in self.helpers.values() if self._sees(helper, ticket)]

    def in_order(self, *, focal: bool, state: str = "") -> list[Ticket]:
        """Open cases, first served first."""
        seen = [t for t in self.tickets if t.state != "closed" and t.focal <= focal and state in ("", t.state)]
        return sorted(seen, key=lambda t: (t.rank, t.id))

    def held(self, *names: str) -> list[Ticket]:
        """Cases in somebody's hands, oldest first."""
        mine = [t for t in self.tickets if t.state == "active" and t.holder in names]
        return sorted(mine, key=lambda t: (t.claimed_at or 0.0, t.id))

    def due(self) -> list[str]:
        """What the agenda must name now."""
        due = [(t.look_at, t.id) for t in self.tickets if t.look_at is not None and t.look_at <= self.now]
        return [name for _, name in sorted(due)]

    def there(self) -> list[str]:
        """Who is on duty and there."""
        return [h.name for h in self.helpers.values() if h.on_duty and h.there_until >= self.now]

    def place(self, ticket: Ticket) -> int:
        """One more than the cases ahead that somebody on duty could take instead."""
        ahead = [t for t in self.in_order(focal=True, state="waiting") if t.rank < ticket.rank]
        return 1 + sum(bool(self._hands(t) & self._hands(ticket)) for t in ahead)

    def _hands(self, ticket: Ticket) -> set[str]:
        there = [self.helpers[name] for name in self.there()]
        seeing = {h.name for h in there if h.focal or not ticket.focal}
        skilled = {h.name for h in there if h.name in seeing and (not h.locales or ticket.locale in h.locales)}
        return skilled or seeing

    def hear(self, who: int, *texts: str) -> None:
        """Something for the transcript."""
        self.said.setdefault(who, []).extend(texts)

    def is_there(self, name: str) -> None:
        self.helpers[name].there_until = self.now + PRESENT_S

    def put_off(self, name: str, *, until: float) -> None:
        next(ticket for ticket in self.tickets if ticket.id == name).look_at = until

    # What persons do.

    def open(self, ticket: Ticket) -> None:
        ticket.unanswered_since = self.now
        self.tickets.append(ticket)
        self._note(ticket, "opened")

    def write(self, ticket: Ticket) -> bool:
        if ticket.state == "closed":
            return False
        ticket.unanswered_since = ticket.unanswered_since or self.now
        ticket.undelivered = False
        return self._seen_to(ticket)

    def endanger(self, ticket: Ticket) -> bool:
        if ticket.state == "closed":
            return False
        ticket.critical = ticket.alarm = ticket.sensitive = True
        ticket.danger_at = ticket.danger_at or self.now
        return self._note(ticket, "raised")

    def calm(self, ticket: Ticket) -> bool:
        if ticket.state != "waiting":
            return False
        ticket.critical = ticket.alarm = False
        ticket.ring_at = None
        return self._note(ticket, "information_only")

    def leave(self, ticket: Ticket) -> bool:
        if ticket.state != "waiting":
            return False
        self._end(ticket)
        return self._note(ticket, "left")

    def come_back(self, ticket: Ticket) -> bool:
        if ticket.state != "closed":
            return False
        ticket.state, ticket.holder, ticket.queued_at, ticket.unanswered_since = "waiting", "", self.now, self.now
        ticket.claimed_at = ticket.answered_at = ticket.told_at = ticket.closed_at = None
        ticket.due_at = ticket.resolve_by = None
        ticket.critical = ticket.overdue = ticket.undelivered = False
        ticket.nudged, ticket.ringing, ticket.rings, ticket.ring_at = 0, "", 0, None
        ticket.needs_interpreter = False
        return self._note(ticket, "reopened")

    def forget(self, who: int) -> None:
        self.forgotten += [t.id for t in self.tickets if t.who == who]
        self.tickets = [t for t in self.tickets if t.who != who]
        self.said[who] = []

    # What staff does.

    def claim(self, ticket: Ticket, by: Helper) -> bool:
        full = len(self.held(by.name)) >= by.capacity and not ticket.critical
        if ticket.state != "waiting" or not self._sees(by, ticket) or full:
            return False
        ticket.state, ticket.holder, ticket.claimed_at, ticket.nudged = "active", by.name, self.now, 0
        self._quiet(ticket)
        return self._note(ticket, "claimed", by.name)

    def learn(self, ticket: Ticket, deed: str, by: str = "") -> bool:
        ticket.minor = ticket.minor or (deed == "marked" and ticket.state != "closed")
        return ticket.state != "closed" and self._note(ticket, deed, by)

    def overrule(self, ticket: Ticket, by: Helper) -> bool:
        """A referral without consent: in danger to life or to a child."""
        return (
            self._holds(ticket, by) and (ticket.critical or ticket.minor) and self._note(ticket, "overruled", by.name)
        )

    def arrange(self, ticket: Ticket, by: Helper) -> bool:
        """A call, a referral, a question for the number: the holder's."""
        return self._holds(ticket, by) and self._note(ticket, "arranged", by.name)

    def look_for_interpreter(self, ticket: Ticket, by: Helper) -> bool:
        ticket.needs_interpreter = ticket.needs_interpreter or self._holds(ticket, by)
        return self._holds(ticket, by) and self._note(ticket, "interpreter_asked", by.name)

    def end_interpreter(self, ticket: Ticket, deed: str, by: str) -> bool:
        """Found, or no longer needed: by any of the staff, while the case is open."""
        if ticket.state == "closed" or not ticket.needs_interpreter:
            return False
        ticket.needs_interpreter = False
        return self._note(ticket, deed, by)

    def hand_on(self, ticket: Ticket, by: Helper, to: Helper) -> bool:
        full = len(self.held(to.name)) >= to.capacity
        if ticket.state != "active" or ticket.holder == to.name or full:
            return False
        ticket.holder, ticket.nudged = to.name, 0
        return self._note(ticket, "reassigned", by.name)

    def release(self, ticket: Ticket, by: Helper) -> bool:
        if not self._holds(ticket, by):
            return False
        self._back(ticket)
        return self._note(ticket, "released", by.name)

    def take_back(self, ticket: Ticket, by: str) -> bool:
        if ticket.state != "active":
            return False
        self._back(ticket)
        return self._note(ticket, "taken_back", by)

    def answer(self, ticket: Ticket, by: Helper) -> bool:
        """Somebody who has blocked the bot is not answered until they write again."""
        if not self._holds(ticket, by) or ticket.undelivered:
            return False
        if ticket.answered_at is None:
            ticket.answered_at, ticket.overdue = self.now, False  # from now on another target counts
        ticket.unanswered_since, ticket.nudged = None, 0
        self._quiet(ticket)
        return self._note(ticket, "answered", by.name)

    def note(self, ticket: Ticket, by: Helper) -> bool:
        return self._sees(by, ticket) and self._note(ticket, "noted", by.name)

    def see(self, ticket: Ticket, by: Helper) -> bool:
        if ticket.state == "closed" or not self._sees(by, ticket):
            return False
        self._quiet(ticket)
        return self._note(ticket, "seen", by.name)

    def close(self, ticket: Ticket, by: Helper, *, outcome: str, consent: str, referral: str) -> bool:
        if not self._holds(ticket, by) or not _complete(ticket, outcome, consent, referral):
            return False
        self.service_s.insert(0, self.now - (ticket.claimed_at or self.now))
        self._end(ticket)
        return self._note(ticket, "closed", by.name)

    # What the clock does.

    def lose(self, ticket: Ticket) -> bool:
        if ticket.state != "active":
            return False
        ticket.alarm = ticket.alarm or ticket.critical
        ticket.told_at = self.now  # the person shall not notice: no place is told for a while
        self._back(ticket)
        return self._note(ticket, "lost")

    def tell(self, ticket: Ticket) -> bool:
        if ticket.state != "waiting":
            return False
        ticket.told_at = self.now
        return self._seen_to(ticket)

    def nudge(self, ticket: Ticket) -> bool:
        if ticket.state != "active":
            return False
        ticket.nudged += 1
        return self._note(ticket, "nudged")

    def ring(self, ticket: Ticket, group: str) -> bool:
        if ticket.state == "closed":
            return False
        goes_on = ticket.ringing == group and ticket.ring_at is not None
        ticket.ringing, ticket.rings = group, ticket.rings + 1 if goes_on else 1
        circles, pause_s, again_s = CALLS[group]
        wait_s = pause_s if ticket.rings < circles else again_s
        ticket.ring_at = self.now + wait_s if wait_s else None
        return self._note(ticket, "paged")

    def miss(self, ticket: Ticket) -> bool:
        ticket.overdue = ticket.overdue or ticket.state != "closed"
        return ticket.state != "closed" and self._note(ticket, "overdue")

    def bounce(self, ticket: Ticket) -> bool:
        ticket.undelivered = ticket.undelivered or ticket.state != "closed"
        return ticket.state != "closed" and self._note(ticket, "undelivered")

    # What several deeds have in common.

    def _sees(self, by: Helper, ticket: Ticket) -> bool:
        return by.focal or not ticket.focal

    def _holds(self, ticket: Ticket, by: Helper) -> bool:
        return ticket.state == "active" and ticket.holder == by.name and self._sees(by, ticket)

    def _quiet(self, ticket: Ticket) -> None:
        ticket.alarm, ticket.danger_at, ticket.ring_at = False, None, None

    def _back(self, ticket: Ticket) -> None:
        ticket.state, ticket.holder, ticket.claimed_at, ticket.nudged = "waiting", "", None, 0

    def _end(self, ticket: Ticket) -> None:
        ticket.state, ticket.closed_at = "closed", self.now
        self._quiet(ticket)

    def _note(self, ticket: Ticket, deed: str, by: str = "") -> bool:
        ticket.log.append((deed, by, self.now))
        return self._seen_to(ticket)

    def _seen_to(self, ticket: Ticket) -> bool:
        ticket.look_at = None if ticket.state == "closed" else min(ticket.looks(), default=None)
        return True


def _complete(ticket: Ticket, outcome: str, consent: str, referral: str) -> bool:
    """Whether enough is said at the close: where to and with consent; in a critical case always about consent."""
    refers = outcome == "referred"
    silent = ticket.critical and consent == "not_asked" and outcome != "no_contact"
    return refers == bool(referral) and (consent == "given" or not refers) and not silent
