"""Snapshots: what is published. Each is an unchanging copy of the content folder under its fingerprint.

<data_dir>/content/<fingerprint>/    the files
<data_dir>/content/current           fingerprint of the one that every process serves; replaced in one step
<data_dir>/content/history.jsonl     a line for each time it changed: when, who, why (content.history)
<data_dir>/content/proposal.json     what one editor asks a second one to look at, while it waits (content.proposal)

Whoever changes one of these holds the folder's lock (`alone`), whichever process it is.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from content import journal
from content.change import critical_changes
from content.content import Content
from content.folder import load, paths, read
from content.history import SAVED, Published, Signature, Step
from road.clock import Clock, system_clock
from road.errors import ContentError, Overtaken, SetupError

KEPT = 50
"""Snapshots that stay on disk for going back; a working day of publishing on every save."""


Judge = Callable[[Step], None]
"""Raises what speaks against a step; asked while nobody else can make one."""


def no_objection(_step: Step) -> None:
    """Judges nothing: the signature alone must suffice."""


def exactly(*, before: str, after: str) -> Judge:
    """Only the step that somebody has seen: from this snapshot to that one, and nothing that came between."""

    def judge(step: Step) -> None:
        if (step.before, step.after) != (before, after):
            raise Overtaken("something else is published, or was saved, since this was looked at")

    return judge


def root(data_dir: Path) -> Path:
    """Where snapshots lie."""
    return data_dir / "content"


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Waits until nobody else publishes, goes back, or asks for it; then nobody does until the end of the block."""
    root(data_dir).mkdir(parents=True, exist_ok=True)
    folder = os.open(root(data_dir), os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def publish(
    folder: Path,
    data_dir: Path,
    clock: Clock = system_clock,
    *,
    signature: Signature = SAVED,
    judge: Judge = no_objection,
) -> Content:
    """Checks a folder and makes it the current snapshot; what is published stays when it has faults.

    Args:
        signature: Who answers for it; a save answers for itself.
        judge: May still object.

    Raises:
        ContentError: The folder has faults; nothing was changed.
        SecondPersonMissing: Emergency content changes, and one person alone wants it; nothing was changed.
    """
    with alone(data_dir):
        draft = Path(tempfile.mkdtemp(dir=root(data_dir), prefix="."))
        try:
            copy(folder, draft)
            content = load(draft)  # the copy is checked: the folder may change meanwhile
            step = _step(data_dir, content, clock)
            judge(step)
            signature.answer_for(step)
            if not (root(data_dir) / content.version).exists():
                draft.rename(root(data_dir) / content.version)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        _point(data_dir, _entry(step, signature, clock))
        _drop_old(data_dir)
    return content


def current(data_dir: Path) -> str | None:
    """The fingerprint of the current snapshot, or None before the first."""
    pointer = root(data_dir) / "current"
    return pointer.read_text().strip() if pointer.exists() else None


def versions(data_dir: Path) -> Sequence[Published]:
    """Every change of the current snapshot, newest first."""
    return journal.read(_log_of(data_dir), Published)


def kept(data_dir: Path) -> Sequence[str]:
    """Fingerprints of the snapshots that can be gone back to, the latest published first; never the current one."""
    here = current(data_dir)
    there = [entry.version for entry in versions(data_dir) if (root(data_dir) / entry.version).is_dir()]
    return [version for version in dict.fromkeys(there) if version != here]


def go_back(
    data_dir: Path,
    version: str | None = None,
    clock: Clock = system_clock,
    *,
    signature: Signature = SAVED,
    judge: Judge = no_objection,
) -> str:
    """Makes an earlier snapshot the current one and gives its fingerprint.

    Args:
        version: Which; None means the one before the current one.
        signature: Who answers for it.
        judge: May still object.

    Raises:
        SetupError: There is no such snapshot.
        SecondPersonMissing: Emergency content changes, and one person alone wants it; nothing was changed.
    """
    with alone(data_dir):
        earlier = kept(data_dir)
        chosen = version or next(iter(earlier), "")
        if chosen not in earlier:
            raise SetupError(f"no earlier snapshot {version or ''} is kept; kept: {', '.join(earlier) or 'none'}")
        step = _step(data_dir, read(root(data_dir) / chosen)[0], clock)
        judge(step)
        signature.answer_for(step)
        _point(data_dir, _entry(step, signature, clock))
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


def _step(data_dir: Path, wanted: Content, clock: Clock) -> Step:
    """From what is served to what is wanted; before the first snapshot no emergency content changes."""
    served = current(data_dir) or ""
    if not served or not (root(data_dir) / served).is_dir():
        return Step(before=served, after=wanted.version)
    critical = critical_changes(read_current(data_dir)[0], wanted, clock())
    return Step(before=served, after=wanted.version, critical=tuple(critical))


def _entry(step: Step, signature: Signature, clock: Clock) -> Published:
    at = datetime.fromtimestamp(clock(), UTC).isoformat(timespec="seconds")
    return Published(at=at, version=step.after, critical=step.critical, **msgspec.structs.asdict(signature))


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
