"""Files written whole or not at all: what is read is the old text or the new one, whatever crashes."""

import os
import shutil
import tempfile
from pathlib import Path

_NEW_MODE = 0o644
"""Of a file that was not there before: content is read by other processes' users."""


def write(path: Path, data: bytes) -> None:
    """Puts a file in place of what is there, with its mode; when this returns it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".new")
    new = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, new)
        else:
            new.chmod(_NEW_MODE)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
