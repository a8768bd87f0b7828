"""Batches: files that come into the content folder together, checked beforehand; all of them or none."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from content.folder import check
from content.snapshot import copy
from road.errors import ContentError


def write(folder: Path, texts: Mapping[str, str]) -> list[ContentError]:
    """Writes files unless the checks refuse them.

    Args:
        texts: By path below the folder, each whole.

    Returns:
        The faults that the folder would have; when there are any, nothing was written.
    """
    with tempfile.TemporaryDirectory() as trial:
        copy(folder, Path(trial))
        _write_all(Path(trial), texts)
        faults = check(Path(trial))
    if not faults:
        _write_all(folder, texts)
    return faults


def _write_all(folder: Path, texts: Mapping[str, str]) -> None:
    """Every file is written whole beside its place before the first takes its place."""
    staged: list[tuple[Path, Path]] = []
    try:
        for path, text in texts.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            staged.append((place.with_name(f".{place.name}.new"), place))
            staged[-1][0].write_bytes(text.encode())
        for new, place in staged:
            if place.exists():
                shutil.copymode(place, new)
            new.replace(place)
    finally:
        for new, _ in staged:
            new.unlink(missing_ok=True)
