"""What is arranged for a person while their case is open: a call, a referral, where to find them in danger."""

from enum import StrEnum

import msgspec


class Unsent(msgspec.Struct, frozen=True, kw_only=True):
    """An operator's message that can still be undone.

    Attributes:
        by: Account that wrote it.
        send_at: From when on it goes out.
    """

    by: str
    text: str
    send_at: float


class Wish(StrEnum):
    """What a person in danger may be asked to hand over, by one tap of theirs."""

    CONTACT = "contact"
    LOCATION = "location"


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What a person in danger handed over when asked; erased when the case is closed.

    Attributes:
        phone: Their telephone number; "" for a location.
        lat: Degrees north; None for a telephone number.
        lon: Degrees east; None for a telephone number.
    """

    at: float
    phone: str = ""
    lat: float | None = None
    lon: float | None = None


class CallBack(msgspec.Struct, frozen=True, kw_only=True):
    """A call that was asked for; the answers are words of `desk.call_back.QUESTIONS`, or "" while not known.

    Attributes:
        safe: Whether it is safe to call.
        when: Part of the day.
        who: Who may answer.
        message: Whether a message may be left.
        name: How we introduce ourselves.
        number: Erased when the case is closed.
        asks_number: The person was asked for it.
        typed: What they wrote then that may be a number, in order; erased too.
        due_at: When to call; None while nothing is agreed.
        outcome: done or not_reached, of the last try; "" before the first.
    """

    safe: str = ""
    when: str = ""
    who: str = ""
    message: str = ""
    name: str = ""
    number: str = ""
    asks_number: bool = False
    typed: tuple[str, ...] = ()
    due_at: float | None = None
    outcome: str = ""


class Referral(msgspec.Struct, frozen=True, kw_only=True):
    """Where a person was offered to be referred to, and what they said.

    Attributes:
        to: A place's or line's name in the operator's language, or the operator's own words.
        agreed: Whether they agreed.
        asked: How they were asked: chat, phone or in_person.
        by: Account that asked.
    """

    at: float
    to: str
    agreed: bool
    asked: str
    by: str


class Care(msgspec.Struct, frozen=True, kw_only=True):
    """All of it.

    Attributes:
        wishes: What the person was asked for, each once.
    """

    unsent: Unsent | None = None
    call_back: CallBack | None = None
    wishes: tuple[Wish, ...] = ()
    given: tuple[Given, ...] = ()
    referrals: tuple[Referral, ...] = ()
