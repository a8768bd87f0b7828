"""What one message, or one deed of an operator, leads to. Decided by `actions`, written by `store` in one step."""

from enum import StrEnum
from typing import Final

import msgspec

from road.case import Case, Entry, Page
from road.reply import Reply
from road.session import Session
from road.unanswered import Unanswered


class Erasure(StrEnum):
    """What the person asked to have erased.

    HIDE deletes the messages of the last 48 hours from the chat; FORGET erases all that is kept, key included.
    """

    NONE = "none"
    HIDE = "hide"
    FORGET = "forget"


VOTES: Final = ("helped", "partly", "not")
"""Whether a conversation helped."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as a value.

    Attributes:
        session: The person's session from now on.
        replies: To the person, in order.
        cases: Cases in their new state, whole; those not named stay as they are.
        entries: Added to the transcript, in order.
        pages: Staff to call.
        asked: The topic that the person asked about, where different people are counted for it; "" otherwise.
        answered: The topic whose answer the bot gave, or ""; for counting alone.
        unanswered: The question, where it got no good answer and may be kept; dropped where the person has, from now
            on or already, a case that is guarded.
        vote: What the person said of a closed conversation, one of `VOTES`, or ""; counted without identity.
        once: Names the form that this was sent with, so that a form sent twice is written once; "" for none.
        counts: Names under which all this is counted by day (`desk.tally`), each once.
        capacity: Cases that the operator of these cases may hold; the store refuses one more. None: not asked.
        take_back: Name of an operator's message that is taken back, sent or not; "" for none.
        erasure: Done together with the rest; after FORGET nothing else of the outcome is kept but the replies.
    """

    session: Session
    replies: tuple[Reply, ...] = ()
    cases: tuple[Case, ...] = ()
    entries: tuple[Entry, ...] = ()
    pages: tuple[Page, ...] = ()
    asked: str = ""
    answered: str = ""
    unanswered: Unanswered | None = None
    vote: str = ""
    once: str = ""
    counts: tuple[str, ...] = ()
    capacity: int | None = None
    take_back: str = ""
    erasure: Erasure = Erasure.NONE
