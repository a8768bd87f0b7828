"""What is noted of what staff does: who looked at what, and who changed whom. Never a text of a person's."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import msgspec

from road.case import Visibility

LOOK_S: Final = 900
"""One look per account and case in a quarter of an hour is one entry: a page that loads itself must not flood it."""


class AuditKind(StrEnum):
    """What was done."""

    LOOK = "look"
    REVEAL = "reveal"
    FILE = "file"
    EXPORT = "export"
    ACCOUNT_MADE = "account_made"
    ACCOUNT_CHANGED = "account_changed"
    PASSWORD = "password"  # noqa: S105 - a word for a change, not a secret
    FACTOR_SET = "factor_set"
    FACTOR_REMOVED = "factor_removed"
    RECOVERY_USED = "recovery_used"
    SESSIONS_ENDED = "sessions_ended"
    GUESSING = "guessing"
    PUBLISHED = "published"
    WENT_BACK = "went_back"


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the record.

    Attributes:
        by: Account that did it; "" for the command line, and for whoever guesses.
        case_id: The case's pseudonym, or "".
        about: Account that it was done to, or the name of what was exported or published; "" for none.
        why: The reason that staff typed, or "".
        visibility: Of the case: entries about reports on staff are for the focal points.
    """

    at: float
    kind: AuditKind
    by: str = ""
    case_id: str = ""
    about: str = ""
    why: str = ""
    visibility: Visibility = Visibility.ALL


def days_back(day: date, count: int) -> tuple[date, ...]:
    """So many days, this one first."""
    return tuple(day - timedelta(days=back) for back in range(count))


def look_word(entry: AuditEntry) -> str:
    """The same for all looks that are one entry."""
    return f"{entry.kind}:{entry.by}:{entry.case_id}:{int(entry.at // LOOK_S)}"
