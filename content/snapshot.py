"""Snapshots: what is published. Each is an unchanging copy of the content folder under its fingerprint.

<data_dir>/content/<fingerprint>/    the files
<data_dir>/content/current           fingerprint of the one that every process serves; replaced in one step
<data_dir>/content/history.jsonl     a line for each time it changed: when, who, why (content.history)
"""

import os
import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from content import journal
from content.change import critical_changes
from content.content import Content
from content.folder import load, paths, read
from content.history import SAVED, Published, Signature
from road.clock import Clock, system_clock
from road.errors import ContentError, SecondPersonMissing, SetupError

KEPT = 50
"""Snapshots that stay on disk for going back; a working day of publishing on every save."""


def root(data_dir: Path) -> Path:
    """Where snapshots lie."""
    return data_dir / "content"


def publish(folder: Path, data_dir: Path, clock: Clock = system_clock, *, signature: Signature = SAVED) -> Content:
    """Checks a folder and makes it the current snapshot; what is published stays when it has faults.

    Args:
        signature: Who answers for it; a save answers for itself.

    Raises:
        ContentError: The folder has faults; nothing was changed.
        SecondPersonMissing: Emergency content changes, and one person alone wants it; nothing was changed.
    """
    root(data_dir).mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=root(data_dir), prefix="."))
    try:
        copy(folder, draft)
        content = load(draft)  # the copy is checked: the folder may change meanwhile
        critical = _signed(data_dir, content, signature, clock)
        if not (root(data_dir) / content.version).exists():
            draft.rename(root(data_dir) / content.version)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _point(data_dir, _entry(content.version, signature, critical, clock))
    _drop_old(data_dir)
    return content


def current(data_dir: Path) -> str | None:
    """The fingerprint of the current snapshot, or None before the first."""
    pointer = root(data_dir) / "current"
    return pointer.read_text().strip() if pointer.exists() else None


def versions(data_dir: Path) -> Sequence[Published]:
    """Every change of the current snapshot, newest first."""
    return journal.read(_log_of(data_dir), Published)


def go_back(
    data_dir: Path, version: str | None = None, clock: Clock = system_clock, *, signature: Signature = SAVED
) -> str:
    """Makes an earlier snapshot the current one and gives its fingerprint.

    Args:
        version: Which; None means the one before the current one.
        signature: Who answers for it.

    Raises:
        SetupError: There is no such snapshot.
        SecondPersonMissing: Emergency content changes, and one person alone wants it; nothing was changed.
    """
    here = current(data_dir)
    kept = [entry.version for entry in versions(data_dir) if (root(data_dir) / entry.version).is_dir()]
    earlier = [known for known in dict.fromkeys(kept) if known != here]
    chosen = version or next(iter(earlier), None)
    if chosen not in earlier:
        raise SetupError(f"no earlier snapshot {version or ''} is kept; kept: {', '.join(earlier) or 'none'}")
    critical = _signed(data_dir, read(root(data_dir) / chosen)[0], signature, clock)
    _point(data_dir, _entry(chosen, signature, critical, clock))
    return chosen


def read_current(data_dir: Path) -> tuple[Content, list[ContentError]]:
    """The current snapshot, and what today's checks find in it.

    Raises:
        SetupError: Nothing was published yet, or the snapshot is gone.
    """
    version = current(data_dir)
    if not version or not (root(data_dir) / version).is_dir():
        raise SetupError(f"no content is published in {data_dir}; run `hotline content publish`")
    return read(root(data_dir) / version)


def load_current(data_dir: Path) -> Content:
    """The current snapshot.

    Raises:
        SetupError: Nothing was published yet, or the snapshot is gone.
        ContentError: It has faults.
    """
    content, faults = read_current(data_dir)
    if faults:
        raise faults[0]
    return content


def copy(folder: Path, to: Path) -> None:
    """Copies a content folder's files; a link stays one, so that the checks see it."""
    for path in paths(folder):
        place = to / path
        if place.parent.resolve().is_relative_to(to.resolve()):  # not below a folder that is a link
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / path, place, follow_symlinks=False)


def _signed(data_dir: Path, wanted: Content, signature: Signature, clock: Clock) -> list[str]:
    """The emergency content that changes, if the signature suffices for it; none before the first snapshot."""
    served = current(data_dir)
    if not served or not (root(data_dir) / served).is_dir():
        return []
    critical = critical_changes(read_current(data_dir)[0], wanted, clock())
    if critical and not signature.suffices:
        raise SecondPersonMissing(critical)
    return critical


def _entry(version: str, signature: Signature, critical: Sequence[str], clock: Clock) -> Published:
    at = datetime.fromtimestamp(clock(), UTC).isoformat(timespec="seconds")
    return Published(at=at, version=version, critical=tuple(critical), **msgspec.structs.asdict(signature))


def _log_of(data_dir: Path) -> Path:
    return root(data_dir) / "history.jsonl"


def _point(data_dir: Path, entry: Published) -> None:
    if current(data_dir) == entry.version:
        return
    journal.append(_log_of(data_dir), entry)
    new = root(data_dir) / ".current"
    new.write_text(entry.version)
    os.replace(new, root(data_dir) / "current")


def _drop_old(data_dir: Path) -> None:
    published = dict.fromkeys(entry.version for entry in versions(data_dir))
    for version in list(published)[KEPT:]:
        shutil.rmtree(root(data_dir) / version, ignore_errors=True)
