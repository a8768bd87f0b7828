"""What is known of a file on its way between a person and staff."""

from enum import StrEnum

import msgspec

from road.case import Visibility
from road.turn import Attachment


class FileState(StrEnum):
    """What is known of a file, where it is not the type that its content was found to have."""

    ASKED = "asked"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    GONE = "gone"  # Telegram has it no more
    FAILED = "failed"  # no answer: worth another try
    WAITING = "waiting"  # staff's, not sent yet
    SENT = "sent"
    UNSENT = "unsent"
    HIDDEN = "hidden"  # staff's, taken back by the person's wish to hide all


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """A person's file that staff wants to look at, and whose consoles hear what became of it."""

    person: str
    file: Attachment
    case_id: str = ""
    visibility: Visibility = Visibility.ALL


class KeptFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file that lies in the store, or why it does not.

    Attributes:
        media_type: What its content was found to be (`road.media`).
        fault: A `FileState`, or "".
    """

    media_type: str = ""
    size_bytes: int = 0
    fault: str = ""
