"""The master key: from the environment, or a file that the first start makes."""

import os
import secrets
import stat
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Final

from road.errors import SettingsError
from road.settings import Settings
from store.crypto import KEY_BYTES

_VARIABLE: Final = "HOTLINE_MASTER_KEY"
_HOW = f"must be {KEY_BYTES} random bytes in base64"


def master_key(settings: Settings) -> bytes:
    """The key that wraps all others; without it nothing in the store can be read again.

    Raises:
        SettingsError: The setting or the file is malformed, or the file is readable by others.
    """
    if settings.master_key:
        return _decoded(settings.master_key, "it")
    path = settings.data_dir / "master.key"
    if not path.exists():
        _make(path)
    return _read(path)


def _read(path: Path) -> bytes:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise SettingsError(_VARIABLE, f"{path} has mode {mode:04o}; only its owner may read it: chmod 600 {path}")
    return _decoded(path.read_text("ascii", errors="replace").strip(), str(path))


def _decoded(text: str, where: str) -> bytes:
    try:
        key = b64decode(text, validate=True)
    except ValueError:
        raise SettingsError(_VARIABLE, f"{where} {_HOW}") from None
    if len(key) != KEY_BYTES:
        raise SettingsError(_VARIABLE, f"{where} {_HOW}; there are {len(key)}")
    return key


def _make(path: Path) -> None:
    """Writes a new key beside its place and links it there: of two processes that start at once, one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        _link(draft, path)
    finally:
        draft.unlink()


def _link(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
