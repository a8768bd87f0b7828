"""Proofreading: every fault in the content folder is marked, so that an editor mends all of them in one go."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from content.problem import after
from road.errors import ContentError


class Proof:
    """The faults found so far."""

    def __init__(self) -> None:
        self._found: list[ContentError] = []

    def sheet(self, path: Path | str, *, first_line: int = 1) -> "Sheet":
        """Marks for one file.

        Args:
            path: Relative to the content folder.
            first_line: Line of the file where the marked text begins (below a front matter, for one).
        """
        return Sheet(self._found, Path(path), first_line)

    def faults(self) -> list[ContentError]:
        """All faults by file and line, none twice."""
        unique = {str(fault): fault for fault in self._found}
        return sorted(unique.values(), key=lambda fault: (fault.path.as_posix(), fault.line, fault.problem))


class Sheet:
    """Where the faults of one file, or of one entry in it, are marked."""

    def __init__(self, found: list[ContentError], path: Path, first_line: int, subject: str = "") -> None:
        self._found = found
        self.path = path
        self._first_line = first_line
        self._subject = subject

    def mark(self, line: int, problem: str) -> None:
        """Marks a fault; `line` counts from 1 where the text begins, 0 means the whole file."""
        found_line = line + self._first_line - 1 if line else 0
        self._found.append(ContentError(self.path, found_line, after(self._subject, problem)))

    def below(self, first_line: int) -> "Sheet":
        """A sheet for the text that begins at this line of the file."""
        return Sheet(self._found, self.path, first_line, self._subject)

    def about(self, subject: str) -> "Sheet":
        """A sheet whose problems begin with an entry's name."""
        return Sheet(self._found, self.path, self._first_line, f"{subject}: ")


def allowed(known: Iterable[str]) -> str:
    """The end of a problem: what may stand there instead."""
    return f"allowed: {', '.join(known)}"


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of a problem about an unknown name: the likeliest known one, or nothing."""
    close = get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""
