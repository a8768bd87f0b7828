"""Snapshots: what is published. Each is an unchanging copy of the content folder under its fingerprint.

<data_dir>/content/<fingerprint>/    the files
<data_dir>/content/current           fingerprint of the one that every process serves; replaced in one step
<data_dir>/content/history           a line for each time it changed: ISO time, fingerprint
"""

import os
import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from content.content import Content
from content.folder import load, paths, read
from road.clock import Clock, system_clock
from road.errors import ContentError, SetupError

KEPT = 50
"""Snapshots that stay on disk for going back; a working day of publishing on every save."""


class Published(NamedTuple):
    """A moment when a snapshot became the current one."""

    at: str
    version: str


def root(data_dir: Path) -> Path:
    """Where snapshots lie."""
    return data_dir / "content"


def publish(folder: Path, data_dir: Path, clock: Clock = system_clock) -> Content:
    """Checks a folder and makes it the current snapshot; what is published stays when it has faults.

    Raises:
        ContentError: The folder has faults; nothing was changed.
    """
    root(data_dir).mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=root(data_dir), prefix="."))
    try:
        _copy(folder, draft)
        content = load(draft)  # the copy is checked: the folder may change meanwhile
        if not (root(data_dir) / content.version).exists():
            draft.rename(root(data_dir) / content.version)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _point(data_dir, content.version, clock)
    _drop_old(data_dir)
    return content


def current(data_dir: Path) -> str | None:
    """The fingerprint of the current snapshot, or None before the first."""
    pointer = root(data_dir) / "current"
    return pointer.read_text().strip() if pointer.exists() else None


def history(data_dir: Path) -> Sequence[Published]:
    """Every change of the current snapshot, newest first."""
    log = root(data_dir) / "history"
    lines = log.read_text().splitlines() if log.exists() else []
    return [Published(*line.split()) for line in reversed(lines)]


def go_back(data_dir: Path, version: str | None = None, clock: Clock = system_clock) -> str:
    """Makes an earlier snapshot the current one and gives its fingerprint.

    Args:
        version: Which; None means the one before the current one.

    Raises:
        SetupError: There is no such snapshot.
    """
    here = current(data_dir)
    kept = [entry.version for entry in history(data_dir) if (root(data_dir) / entry.version).is_dir()]
    earlier = [known for known in dict.fromkeys(kept) if known != here]
    chosen = version or next(iter(earlier), None)
    if chosen not in earlier:
        raise SetupError(f"no earlier snapshot {version or ''} is kept; kept: {', '.join(earlier) or 'none'}")
    _point(data_dir, chosen, clock)
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


def _copy(folder: Path, draft: Path) -> None:
    for path in paths(folder):
        (draft / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / path, draft / path)


def _point(data_dir: Path, version: str, clock: Clock) -> None:
    if current(data_dir) == version:
        return
    with (root(data_dir) / "history").open("a") as log:
        log.write(f"{datetime.fromtimestamp(clock(), UTC).isoformat(timespec='seconds')} {version}\n")
    new = root(data_dir) / ".current"
    new.write_text(version)
    os.replace(new, root(data_dir) / "current")


def _drop_old(data_dir: Path) -> None:
    versions = list(dict.fromkeys(entry.version for entry in history(data_dir)))
    for version in versions[KEPT:]:
        shutil.rmtree(root(data_dir) / version, ignore_errors=True)
