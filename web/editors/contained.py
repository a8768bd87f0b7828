"""Which saves a snapshot holds: what came in between two publishings, and what waits for the next."""

from collections.abc import Sequence

import msgspec

from content.door import Save
from content.history import Published


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """A moment when what people read became another snapshot.

    Attributes:
        saves: What came in with it, newest first; none for going back.
    """

    entry: Published
    saves: Sequence[Save] = ()


def waiting_saves(saves: Sequence[Save], history: Sequence[Published], live: str) -> Sequence[Save]:
    """Saves that people do not read yet, newest first.

    Args:
        saves: All, newest first.
        history: Every publishing, newest first.
        live: Fingerprint of what people read.
    """
    at = next((entry.at for entry in history[::-1] if entry.version == live), "")
    return saves[: len(saves) - _count(saves, live, at)]


def told(saves: Sequence[Save], history: Sequence[Published]) -> Sequence[Past]:
    """The history with the saves that each publishing contained, newest first."""
    past, held = [], 0
    for entry in reversed(history):
        holds = _count(saves, entry.version, entry.at)
        fresh = saves[len(saves) - holds : len(saves) - held] if entry.deed == "published" else ()
        past.append(Past(entry=entry, saves=fresh))
        held = max(held, holds)
    return past[::-1]


def _count(saves: Sequence[Save], version: str, at: str) -> int:
    """How many saves a snapshot holds: down from the one that left the folder so, or else those before its time."""
    known = (len(saves) - position for position, save in enumerate(saves) if save.version == version)
    return next(known, sum(save.at <= at for save in saves))
