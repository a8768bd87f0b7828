"""A file in a conversation: whether and how it can be looked at, and what became of it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from urllib.parse import quote

import msgspec
from babel.units import format_unit

from content.wording import cldr
from road.case import Author, Case, CaseState, Entry
from road.file import FileState
from road.media import ALLOWED, FETCH_BYTES, SHOWN
from road.turn import Attachment
from web.session import PATH


class Look(StrEnum):
    """How a file is offered."""

    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    LINK = "link"
    NONE = "none"


class FileView(msgspec.Struct, frozen=True, kw_only=True):
    """A file for the eyes of an operator.

    Attributes:
        address: Where its content is.
        state: The last word of a text `console.file.<state>`, or "".
        faulty: The text says that something went wrong.
        covered: It may hurt whoever sees it, or be seen over a shoulder: it is shown at a click.
    """

    id: str
    address: str
    look: Look
    name: str
    size: str
    state: str
    faulty: bool
    covered: bool


FAULTS: Final = frozenset(
    {FileState.TOO_LARGE, FileState.WRONG_TYPE, FileState.GONE, FileState.FAILED, FileState.UNSENT, FileState.HIDDEN}
)


def file_view(entry: Entry, case: Case, states: Mapping[str, str], locale: str) -> FileView | None:
    """The entry's file, if it has one.

    Args:
        states: What the store knows of files (`Files.file_states`).
    """
    if entry.file is None:
        return None
    known = states.get(entry.file.id, "")
    is_ours = entry.author is Author.OPERATOR
    look, state = (Look.NONE, known) if is_ours else _of_person(entry.file, case, known)
    return FileView(
        id=entry.file.id,
        address=f"{PATH}/files/{quote(case.id)}/{entry.file.id}",
        look=look,
        name=entry.file.name,
        size=size_in_words(entry.file.size_bytes, locale),
        state=state,
        faulty=state in FAULTS,
        covered=case.sensitive or case.minor or case.minor_suggested,
    )


def is_fetched(file: Attachment, case: Case) -> bool:
    """Whether a person's file is fetched at all: while their case is open, when Telegram gives it."""
    return case.state is not CaseState.CLOSED and file.size_bytes <= FETCH_BYTES


def size_in_words(size_bytes: int, locale: str) -> str:
    """In kilobytes or megabytes; "" for a size that nobody has said."""
    if size_bytes <= 0:
        return ""
    megabytes = round(size_bytes / 1e6, 1)
    unit, amount = ("megabyte", megabytes) if megabytes >= 1 else ("kilobyte", max(1, round(size_bytes / 1e3)))
    return format_unit(amount, f"digital-{unit}", length="short", locale=cldr(locale))


def _of_person(file: Attachment, case: Case, known: str) -> tuple[Look, str]:
    """How a person's file is offered, and what is said of it."""
    if case.state is CaseState.CLOSED:
        return Look.NONE, "closed"
    if not is_fetched(file, case):
        return Look.NONE, FileState.TOO_LARGE
    if known == FileState.FAILED:
        return Look.LINK, known
    return (Look.NONE, known) if known in FAULTS else (_look(file, known), "")


def _look(file: Attachment, known: str) -> Look:
    """By what the content was found to be, or by what the channel claims as long as nobody has looked."""
    media_type = known if known in ALLOWED else file.media_type
    return Look(media_type.partition("/")[0]) if media_type in SHOWN else Look.LINK
