"""A case: somebody whom people, not the bot, must help; and the transcript they read."""

from enum import StrEnum

import msgspec

from road.care import Care
from road.reply import Button
from road.turn import Attachment
from road.understanding import Candidate


class CaseState(StrEnum):
    """`waiting -> active -> closed`; the table of transitions is in `desk.transitions`."""

    WAITING = "waiting"
    ACTIVE = "active"
    CLOSED = "closed"


class Visibility(StrEnum):
    """Who may see a case or an entry: every operator, or the named focal points alone."""

    ALL = "all"
    FOCAL = "focal"


class Priority(StrEnum):
    """Order of service: critical cases are a band of their own, raised ones have a fixed credit of time."""

    CRITICAL = "critical"
    RAISED = "raised"
    ORDINARY = "ordinary"


class Consent(StrEnum):
    """Whether the person agreed to be referred to somebody else."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    OVERRULED = "overruled"  # danger to life or to a child; a supervisor's deed, with a reason


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator says of a case when closing it.

    Attributes:
        outcome: One of `desk.transitions.OUTCOMES`.
        topic: What it was about, where the bot was wrong; "" keeps the case's.
        referral: Where the person was referred to; "" for nowhere.
        reason: Why the person was referred without their consent; "" where they were not.
    """

    outcome: str
    topic: str = ""
    referral: str = ""
    consent: Consent = Consent.NOT_ASKED
    reason: str = ""


class CaseEvent(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to a case.

    Attributes:
        kind: A deed of `desk.transitions.MACHINE`.
        by: Account name; "" for the bot or the person.
        why: A topic id, an account name, a stable word, or what staff wrote as a reason; never a person's text.
    """

    at: float
    kind: str
    by: str = ""
    why: str = ""


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A call to staff that goes on until somebody takes it.

    Attributes:
        group: The topic's `page` column: now, duty or focal.
        since: When the first call was made.
        calls: How many were made.
        next_at: When the next is due; None once it was taken or has come to its end.
        taken_by: Account that said "I take it", or "".
    """

    group: str
    since: float
    calls: int = 1
    next_at: float | None = None
    taken_by: str = ""


class Interpreter(msgspec.Struct, frozen=True, kw_only=True):
    """An interpreter whom somebody looks for.

    Attributes:
        locale: Code of the language.
        purpose: One of `PURPOSES`.
        time: When, as the operator wrote it; "" for as soon as possible.
        asked_at: When it was asked for.
    """

    locale: str
    purpose: str
    asked_at: float
    time: str = ""


PURPOSES = ("conversation", "police", "doctor", "office", "lawyer", "court")
"""What an interpreter may be needed for (`console.interpreter.for.<purpose>`)."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One person's need, until it is closed.

    Attributes:
        id: Random, short, readable aloud; also the pseudonym that operators see.
        person: HMAC of the address; names the person's keys in the store.
        topic: The catalogue's topic that opened or last raised it, or "".
        group: That topic's group, a skill that routing asks for; "" for none.
        critical: In the band that is served before all others; paged.
        raised: Served as if it had come earlier (`desk.rank`).
        queued_at: From when on it stands in the queue: its opening, or its reopening.
        information_only: The person said that they only want information; paging has stopped.
        alarm: A critical message came and nobody has looked since.
        opened_why: asked, urgent, unsure, no_answer, unreadable, failed, complaint.
        operator: Account that holds it while active; "" otherwise.
        first_answer_at: When an operator first answered since it last came into the queue.
        unanswered_since: The person's first message that no operator has answered; None while none is.
        nudged: How often a silent holder was reminded since `unanswered_since`.
        due_at: When the first response is due by the targets; None when there is no target.
        resolve_by: When the case should be closed by the targets.
        overdue_called: Staff was called because it misses a target.
        told_place, told_wait_s: Place and expected wait the person was last told; 0 and None: that nobody reads.
        told_at: When that was.
        call: The call to staff that goes on, or the last one.
        minor: The person is, or may be, under 18, as an operator has found.
        minor_suggested: They said so, and no operator has confirmed or denied it yet.
        safe_word: Agreed with the person: before they have said it nothing of the past is mentioned.
        safe_word_said: They have, since the case was last reopened.
        interpreter: Asked for, and neither found nor withdrawn yet; None otherwise.
        undelivered: A message of ours could not be delivered: the person has blocked the bot.
        outcome: Word chosen at close, or "".
        referral: Where the person was referred to, as the operator wrote it; "" for nowhere.
        consent: Whether they agreed to that.
        care: What is arranged for the person while it is open.
    """

    id: str
    person: str
    state: CaseState
    opened_at: float
    locale: str
    visibility: Visibility = Visibility.ALL
    topic: str = ""
    group: str = ""
    critical: bool = False
    raised: bool = False
    queued_at: float = 0.0
    sensitive: bool = False
    information_only: bool = False
    alarm: bool = False
    opened_why: str = "asked"
    operator: str = ""
    claimed_at: float | None = None
    first_answer_at: float | None = None
    unanswered_since: float | None = None
    nudged: int = 0
    due_at: float | None = None
    resolve_by: float | None = None
    overdue_called: bool = False
    told_place: int = 0
    told_wait_s: float | None = None
    told_at: float | None = None
    call: Call | None = None
    minor: bool = False
    minor_suggested: bool = False
    safe_word: str = ""
    safe_word_said: bool = False
    interpreter: Interpreter | None = None
    undelivered: bool = False
    closed_at: float | None = None
    outcome: str = ""
    referral: str = ""
    consent: Consent = Consent.NOT_ASKED
    care: Care = Care()
    events: tuple[CaseEvent, ...] = ()

    @property
    def priority(self) -> Priority:
        """The band or credit that it is served by."""
        if self.critical:
            return Priority.CRITICAL
        return Priority.RAISED if self.raised else Priority.ORDINARY

    @property
    def guarded(self) -> bool:
        """Whether nothing that its person wrote may serve another end: danger, sensitive things, reports on staff."""
        return self.critical or self.sensitive or self.visibility is Visibility.FOCAL

    @property
    def silent_on_past(self) -> bool:
        """Whether nothing of the past may be mentioned: sensitive, reopened, and the safe word not said since."""
        return self.sensitive and not self.safe_word_said and any(event.kind == "reopened" for event in self.events)


class Author(StrEnum):
    """Who said an entry of a transcript."""

    PERSON = "person"
    BOT = "bot"
    OPERATOR = "operator"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a transcript; text as it was written, shown as text everywhere.

    Attributes:
        kind: A `TurnKind`, "reply" or "note" (notes are for operators only).
        by: The operator's account name, or "".
        topic, confidence: What the bot understood, for the operator.
        file: What the person, or the operator, sent with it; None for nothing.
        name: Of an operator's message: the store says by it what became of the message; "" for all others.
        ranking: The topics that it found likeliest, best first; three at most.
        locale: The language that it was understood in, or that it is written in where it is ours; "" where unknown.
        locale_confidence: How sure that is.
        own_text: Which of the hotline's own texts it is: `ask:<question>`, `tap:<question>:<answer>`,
            `prepared:<text>`, `answer:<topic>`, `now:<topic>` (its urgent form); "" otherwise. So that staff reads it
            in its own language.
        fields: What the operator filled into it.
    """

    at: float
    author: Author
    text: str
    kind: str = "text"
    visibility: Visibility = Visibility.ALL
    by: str = ""
    topic: str = ""
    confidence: float = 0.0
    urgent: bool = False
    file: Attachment | None = None
    name: str = ""
    ranking: tuple[Candidate, ...] = ()
    locale: str = ""
    locale_confidence: float = 0.0
    own_text: str = ""
    fields: dict[str, str] = {}


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a call to staff about a case: no personal data, a link and "I take it".

    Attributes:
        group: The settings' staff chats that get it: now, duty or focal; "" for none of them.
        chats: Telegram chats of single members of staff that get it.
    """

    case_id: str
    html: str
    group: str = ""
    chats: tuple[str, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
