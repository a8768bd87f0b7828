"""Journals: files that only grow, one JSON entry a line; a line that a power cut tore is left out."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

_log = logging.getLogger(__name__)

Entry = TypeVar("Entry", bound=msgspec.Struct)


def read(path: Path, kind: type[Entry]) -> Sequence[Entry]:
    """Every entry, newest first; a torn line is logged."""
    lines = path.read_bytes().splitlines() if path.exists() else []
    found = (_entry(line, kind, f"{path}:{number}") for number, line in enumerate(lines, start=1))
    return [entry for entry in found if entry][::-1]


def append(path: Path, entry: msgspec.Struct) -> None:
    """Adds an entry; when this returns it is on the disk."""
    with path.open("ab+") as journal:
        torn = journal.tell() > 0 and not path.read_bytes().endswith(b"\n")
        journal.write(b"\n" * torn + msgspec.json.encode(entry) + b"\n")
        journal.flush()
        os.fsync(journal.fileno())


def _entry(line: bytes, kind: type[Entry], where: str) -> Entry | None:
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.MsgspecError as error:
        _log.warning("%s: not a line of this journal: %s", where, error)
        return None
