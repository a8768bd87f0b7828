"""The shelf: what was published, read again for comparing, and the last comparisons, so that no page waits twice."""

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from content.comparison import Comparison, Edition, compare
from content.content import Content
from content.folder import paths, read
from content.snapshot import root
from content.warnings import warnings
from road.errors import SetupError

EDITIONS: Final = 2
"""Kept: what people read, and one that somebody may go back to. Each has 12 MB beside the one that is served."""

COMPARISONS: Final = 8

Key = TypeVar("Key")
Made = TypeVar("Made")


class Shelf:
    """Of one data folder; for threads, of which one at a time reads or compares."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._lock = threading.Lock()
        self._editions: OrderedDict[str, Edition] = OrderedDict()
        self._comparisons: OrderedDict[tuple[str, str], Comparison] = OrderedDict()
        self._counts: OrderedDict[tuple[str, date], Mapping[str, int]] = OrderedDict()

    def edition(self, version: str, served: Content) -> Edition:
        """A snapshot.

        Args:
            served: What the process serves; the same snapshot is not read twice.

        Raises:
            SetupError: It is no longer kept.
        """
        with self._lock:
            return _kept(self._editions, version, lambda: _read(root(self._data_dir), version, served), most=EDITIONS)

    def comparison(self, live: Edition, wanted: Edition, now: float) -> Comparison:
        """What changes between two editions; the same for the same two."""
        key = (live.content.version, wanted.content.version)
        with self._lock:
            return _kept(self._comparisons, key, lambda: compare(live, wanted, now), most=COMPARISONS)

    def reminders(self, content: Content, today: date) -> Mapping[str, int]:
        """How many warnings of each name the checks have, but for those that an editor has accepted."""
        with self._lock:
            return _kept(self._counts, (content.version, today), lambda: _counted(content, today), most=EDITIONS)


def _kept(shelf: OrderedDict[Key, Made], key: Key, make: Callable[[], Made], *, most: int) -> Made:
    """What stands there, or what is made and put there; the longest unasked make room."""
    found = shelf.pop(key, None)
    shelf[key] = made = make() if found is None else found
    while len(shelf) > most:
        shelf.popitem(last=False)
    return made


def _counted(content: Content, today: date) -> Mapping[str, int]:
    return Counter(reminder.name for reminder in warnings(content, today) if not reminder.accepted)


def _read(snapshots: Path, version: str, served: Content) -> Edition:
    folder = snapshots / version
    if not version or not folder.is_dir():
        raise SetupError(f"the snapshot {version!r} is no longer kept")
    texts = {path: (folder / path).read_bytes().decode("utf-8-sig", errors="replace") for path in paths(folder)}
    content = served if served.version == version else read(folder)[0]
    return Edition(content=content, texts=texts)
