"""The history of what was published: who, when, why, and which emergency content came with it. One JSON line each."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

_log = logging.getLogger(__name__)

Deed = Literal["published", "went back", "saved"]


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """Who answers for a change of what people read.

    Attributes:
        deed: `saved` is the developers' try-out, where every save is published and nobody else reads it.
        second: Another person who looked at the emergency content; "" where there was none to look at.
        why: In the person's own words.
        emergency: Why a second person could not be waited for, or "".
    """

    deed: Deed = "published"
    by: str = ""
    second: str = ""
    why: str = ""
    emergency: str = ""

    @property
    def suffices(self) -> bool:
        """Whether emergency content may change: two people, or one who could not wait, or nobody but developers."""
        by, second = self.by.strip().casefold(), self.second.strip().casefold()
        return self.deed == "saved" or bool(self.emergency.strip()) or bool(by and second and by != second)


SAVED = Signature(deed="saved")
"""A save that published itself."""


class Published(Signature, frozen=True, kw_only=True):
    """A moment when a snapshot became the current one.

    Attributes:
        at: ISO time, UTC.
        critical: Emergency content that was another one before.
    """

    at: str
    version: str
    critical: tuple[str, ...] = ()


def read(path: Path) -> Sequence[Published]:
    """Every entry, newest first; a line that a power cut tore is left out, and logged."""
    lines = path.read_bytes().splitlines() if path.exists() else []
    found = (_entry(line, f"{path}:{number}") for number, line in enumerate(lines, start=1))
    return [entry for entry in found if entry][::-1]


def append(path: Path, entry: Published) -> None:
    """Adds an entry; when this returns it is on the disk."""
    with path.open("ab+") as log:
        torn = log.tell() > 0 and not _ends_with_newline(path)
        log.write(b"\n" * torn + msgspec.json.encode(entry) + b"\n")
        log.flush()
        os.fsync(log.fileno())


def _ends_with_newline(path: Path) -> bool:
    return path.read_bytes().endswith(b"\n")


def _entry(line: bytes, where: str) -> Published | None:
    try:
        return msgspec.json.decode(line, type=Published)
    except msgspec.MsgspecError as error:
        _log.warning("%s: not a line of the history: %s", where, error)
        return None
