"""A case: somebody whom people, not the bot, must help; and the transcript they read."""

from enum import StrEnum

import msgspec


class CaseState(StrEnum):
    """`waiting -> active -> closed`; the table of transitions is in `desk.transitions`."""

    WAITING = "waiting"
    ACTIVE = "active"
    CLOSED = "closed"


class Visibility(StrEnum):
    """Who may see a case or an entry: every operator, or the named focal points alone."""

    ALL = "all"
    FOCAL = "focal"


class CaseEvent(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to a case.

    Attributes:
        kind: opened, raised, paged, claimed, released, answered, seen, information_only, hidden, forgotten, closed.
        by: Account name; "" for the bot or the person.
        why: A topic id or a stable word, never a person's text.
    """

    at: float
    kind: str
    by: str = ""
    why: str = ""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One person's need, until it is closed.

    Attributes:
        id: Random, short, readable aloud; also the pseudonym that operators see.
        person: HMAC of the address; names the person's keys in the store.
        topic: The catalogue's topic that opened or last raised it, or "".
        critical: In the band that is served before all others; paged.
        information_only: The person said that they only want information; paging has stopped.
        alarm: A critical message came and nobody has looked since.
        opened_why: asked, urgent, unsure, no_answer, unreadable, failed, complaint.
        operator: Account that holds it while active; "" otherwise.
        outcome: Word chosen at close, or "".
    """

    id: str
    person: str
    state: CaseState
    opened_at: float
    locale: str
    visibility: Visibility = Visibility.ALL
    topic: str = ""
    critical: bool = False
    sensitive: bool = False
    information_only: bool = False
    alarm: bool = False
    opened_why: str = "asked"
    operator: str = ""
    claimed_at: float | None = None
    closed_at: float | None = None
    outcome: str = ""
    events: tuple[CaseEvent, ...] = ()


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


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A call to staff about a case.

    Attributes:
        group: The topic's `page` column: now, duty or focal.
    """

    case_id: str
    group: str
    html: str
