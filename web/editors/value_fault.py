"""Faults of a fact, line or place in an editor's words, at the field that brings them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from content.article_guards import OKIT, RETURN_LINE
from content.entry_edit import FACTS, path_of
from road.errors import ContentError

WORDS: Final = (
    *("look_alike", "taken", "phone", "printed", "hours", "date", "amount", "url", "email", "currency", "unit"),
    *("as_of", "source", "name", "countries", "languages", "place", "emptied", "answer", "other"),
)
"""What can be wrong, each with a text (`console.content.values.fault.<word>`)."""

_BY_COLUMN: Final[Mapping[str, str]] = {
    **dict.fromkeys(("number", "phone"), "phone"),
    **dict.fromkeys(("hours", "opening_hours"), "hours"),
    **dict.fromkeys(("lat", "lon"), "place"),
    **{column: column for column in ("printed", "currency", "unit", "as_of", "source", "name", "languages")},
    "callable_from": "countries",
    "review_after": "date",
}
_BY_TYPE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("money", "number", "duration"), "amount"),
    **{each: each for each in ("date", "url", "email")},
}


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong.

    Attributes:
        column: The field; "" where it is none of this entry's.
        word: Which text says it.
        check: The check's own words, in English, with the file.
    """

    column: str
    word: str
    check: str


def plainly(faults: Iterable[ContentError], entry: str, cells: Mapping[str, str]) -> Sequence[Fault]:
    """Faults of a change of an entry.

    Args:
        cells: What the entry says, by column.
    """
    return [_fault(fault, entry, cells) for fault in faults]


def _fault(fault: ContentError, entry: str, cells: Mapping[str, str]) -> Fault:
    if fault.path.as_posix() != path_of(entry):
        word = "answer" if fault.path.parts[0] == "answers" else "taken" if fault.path.parts[0] == "lines" else "other"
        return Fault(column="", word=word, check=str(fault))
    about = f"{entry.partition('.')[2]}: " if path_of(entry) == FACTS else ""
    column, _, problem = fault.problem.removeprefix(about).partition(": ")
    known = column in cells or column == "name"
    return Fault(column=column * known, word=_word(column, problem, cells), check=str(fault))


def _word(column: str, problem: str, cells: Mapping[str, str]) -> str:
    if "missing" in problem and column in ("value", "number"):
        return "emptied"
    if column == "number" and any(name in problem for name in (OKIT, RETURN_LINE)):
        return "look_alike"
    if column == "number" and " is that of " in problem:
        return "taken"
    if column == "value":
        return _BY_TYPE.get(cells.get("type", ""), "other")
    return _BY_COLUMN.get(column, "other")
