"""What the hotline remembers of a person between two messages."""

import msgspec

from road.case import Case
from road.reply import AskFor, Say
from road.turn import Address


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the next decision may rest on, besides the person's open cases.

    Attributes:
        locale: The locale the hotline writes in, or "" before the first message.
        locale_chosen: The person chose it by hand.
        outside: The language they write, where the hotline has no more than a card in it; "" otherwise.
        script: `Latn` for a person who writes in Latin letters; "" otherwise. Serbian is read in both.
        last_topic: Topic answered last; for "say it simpler" and as a hint.
        alarmed: Critical topics whose numbers were sent since the person's case opened (once per topic).
        pending: After a case was closed: "vote" while its question is open, then "feedback" (the next text is); or "".
        held_back: Messages that a watched phone shall not show unasked; sent at a tap on "Show".
        minor: The person has said that they are under 18, and was told what that means.
        greeted: The person has seen the first-contact line.
        at: When the person last did something, seconds since the epoch.
    """

    address: Address
    locale: str = ""
    locale_chosen: bool = False
    outside: str = ""
    script: str = ""
    last_topic: str = ""
    alarmed: tuple[str, ...] = ()
    pending: str = ""
    held_back: tuple[Say | AskFor, ...] = ()
    minor: bool = False
    greeted: bool = False
    at: float = 0.0


class Remembered(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a person, and the version that a write must find unchanged.

    Attributes:
        person: HMAC of the address; names the person in every key.
        cases: Open ones, and those closed so recently that a new message may reopen them.
        ahead: By id of each of the person's waiting cases: waiting cases before it, by the name of their line.
        waiting: All waiting cases by the name of their line.
    """

    person: str
    version: int
    session: Session | None
    cases: tuple[Case, ...] = ()
    ahead: dict[str, dict[str, int]] = {}
    waiting: dict[str, int] = {}
