"""What an editor has typed and not saved, kept by account and file: a crash or a closed laptop loses nothing.

<data_dir>/content/kept/<hash of account and file>.json
"""

import hashlib
from pathlib import Path

import msgspec

from content import whole_file
from content.snapshot import root
from web.editors.answer_form import AnswerForm


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it was a moment ago.

    Attributes:
        at: Seconds since the epoch.
    """

    at: float
    form: AnswerForm


class KeptForms:
    """Kept forms of all editors, beside the history of saves.

    They are no content yet and nobody else's business, so they lie neither in the folder nor in its history.
    """

    def __init__(self, data_dir: Path) -> None:
        self._folder = root(data_dir) / "kept"

    def keep(self, by: str, path: str, kept: Kept) -> None:
        """Keeps a form in place of the one before; whole or not at all."""
        whole_file.write(self._file(by, path), msgspec.json.encode(kept))

    def find(self, by: str, path: str) -> Kept | None:
        """What is kept, or None; a form of an older version of the page counts as none."""
        file = self._file(by, path)
        try:
            return msgspec.json.decode(file.read_bytes(), type=Kept)
        except (FileNotFoundError, NotADirectoryError, msgspec.MsgspecError):
            return None

    def drop(self, by: str, path: str) -> None:
        """Forgets it."""
        self._file(by, path).unlink(missing_ok=True)

    def _file(self, by: str, path: str) -> Path:
        name = hashlib.sha256("\0".join((by, path)).encode()).hexdigest()
        return self._folder / f"{name}.json"
