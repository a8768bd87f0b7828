"""The door: the one way by which editors' changes come into the content folder.

A change is checked beforehand with everything else in the folder, written whole or not at all, kept in the history of
saves with its editor's name, and committed where the folder is a checkout. Two editors on one file: the second learns
of the first, and nothing of either is lost.

<data_dir>/content/saves.jsonl     a line for each save, newest last (Save)
<data_dir>/content/saving.json     a save that is being written; after a crash it is finished first of all (_Plan)
<data_dir>/content/door.lock       held while something is saved, whichever process does it
"""

import logging
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from content import checkout, journal, whole_file
from content.draft import Draft, mark_of
from content.folder import Texts, drafted, paths
from content.lock import locked
from content.snapshot import root
from road.clock import Clock, system_clock
from road.errors import EditConflict, EditRefused

LONGEST_WHAT: Final = 200
"""Characters that say what was done; it is a commit's subject."""

_log = logging.getLogger(__name__)


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What an editor wants to be otherwise.

    Attributes:
        what: What was done, on one line, for the history.
        texts: Whole files by path; None takes one away.
        marks: The mark (`Draft.mark`) of each file that the editor had before their eyes, by path. A file that is
            another one by now is a conflict; one that is not named here may have changed.
    """

    what: str
    texts: Texts
    marks: Mapping[str, str] = {}


class Save(msgspec.Struct, frozen=True, kw_only=True):
    """A change that came in.

    Attributes:
        at: ISO time, UTC.
        version: The folder's fingerprint afterwards.
    """

    at: str
    by: str
    what: str
    paths: tuple[str, ...]
    version: str


class _Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be written: each file before and after, so that a crash loses nothing and undoes nobody's work."""

    save: Save
    before: Mapping[str, str]
    after: Texts


class Door:
    """The door of one content folder; for threads of several processes.

    Args:
        folder: The content folder.
        data_dir: Where the history of saves lies.
    """

    def __init__(self, folder: Path, data_dir: Path, clock: Clock = system_clock) -> None:
        self._folder = folder
        self._data_dir = data_dir
        self._clock = clock
        self._reading = threading.Lock()
        self._seen: frozenset[tuple[str, int, int]] | None = None
        self._draft: Draft | None = None

    def draft(self) -> Draft:
        """The folder as it is now; read again only after something in it has changed."""
        with self._reading:
            seen = state_of(self._folder)
            if self._draft is None or seen != self._seen:
                self._draft, self._seen = drafted(self._folder), seen
            return self._draft

    def save(self, decide: Callable[[Draft], Change], by: str) -> Draft:
        """Lets a change in, and gives the draft with it.

        Args:
            decide: Makes the change from the draft as it is; nobody else saves meanwhile.
            by: The editor's name.

        Raises:
            EditConflict: A file is no longer the one that the editor saw.
            EditRefused: The checks find faults that were not there before; nothing was changed.
        """
        with locked(root(self._data_dir) / "door.lock"):
            self._finish()
            before = self.draft()
            change = decide(before)
            _compare(before, change)
            after = drafted(self._folder, change.texts)
            if new := [fault for fault in after.faults if str(fault) not in set(map(str, before.faults))]:
                raise EditRefused(new)
            if after.content.version != before.content.version:
                self._write(before, change, self._entry(change, by, after))
                with self._reading:
                    self._draft, self._seen = after, state_of(self._folder)
            return after

    def saves(self) -> Sequence[Save]:
        """Every change that came in, newest first."""
        return journal.read(_log_of(self._data_dir), Save)

    def _entry(self, change: Change, by: str, after: Draft) -> Save:
        at = datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds")
        what = " ".join(change.what.split())[:LONGEST_WHAT]
        return Save(at=at, by=by, what=what, paths=tuple(change.texts), version=after.content.version)

    def _write(self, before: Draft, change: Change, save: Save) -> None:
        plan = _Plan(save=save, before={path: before.mark(path) for path in change.texts}, after=change.texts)
        whole_file.write(_plan_of(self._data_dir), msgspec.json.encode(plan))
        self._carry_out(plan)

    def _finish(self) -> None:
        """Carries out what a crash has left; a file that somebody has changed since stays as they left it."""
        pending = _plan_of(self._data_dir)
        if pending.exists():
            self._carry_out(msgspec.json.decode(pending.read_bytes(), type=_Plan))

    def _carry_out(self, plan: _Plan) -> None:
        for path, text in plan.after.items():
            here = _text_of(self._folder / path)
            if mark_of(here) == plan.before[path] != mark_of(text):
                _place(self._folder / path, text)
            elif here != text:
                _log.error("%s was changed while it was being saved, and stays as it is", path)
        if plan.save not in self.saves()[:1]:
            journal.append(_log_of(self._data_dir), plan.save)
        checkout.commit(self._folder, list(plan.after), by=plan.save.by, what=plan.save.what)
        _plan_of(self._data_dir).unlink()


def is_used(data_dir: Path) -> bool:
    """Whether editors have saved here; from then on what is saved waits until somebody publishes it."""
    return _log_of(data_dir).exists()


def state_of(folder: Path) -> frozenset[tuple[str, int, int]]:
    """What changes when a file of a folder is saved, made or taken away."""
    found = ((path, _stat(f"{folder}/{path}")) for path in paths(folder))
    return frozenset((path, *stat) for path, stat in found if stat)


def _compare(draft: Draft, change: Change) -> None:
    for path, mark in change.marks.items():
        if draft.mark(path) != mark:
            raise EditConflict(path, draft.texts.get(path))


def _stat(path: str) -> tuple[int, int] | None:
    try:
        stat = os.stat(path)
    except FileNotFoundError:  # an editor saves by renaming
        return None
    return stat.st_mtime_ns, stat.st_size


def _place(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
    else:
        whole_file.write(path, text.encode())


def _text_of(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8-sig", errors="replace") if path.exists() else None


def _log_of(data_dir: Path) -> Path:
    return root(data_dir) / "saves.jsonl"


def _plan_of(data_dir: Path) -> Path:
    return root(data_dir) / "saving.json"
