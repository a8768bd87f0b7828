"""Facts, lines and places as a spreadsheet, out and in: a CSV that Excel opens and saves without harm.

One row an entry, one column a field; what an entry does not have stays empty. Semicolons, since Hungarian Excel takes
them, and a byte-order mark, without which Excel takes UTF-8 for Windows-1250. A cell that Excel would run as a formula,
or would turn into a date or another number, begins with an apostrophe.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from typing import Final, NamedTuple

from content.content import Content
from content.fact import Fact
from content.line import Line
from content.place import Place
from content.proof import nearest
from road.errors import ContentError

ENTRY: Final = "entry"
"""The column that says which: `fact.card_fee`, `line.okit`, `place.oif_harmat`, as in the placeholders."""

LISTS: Final = ("languages", "callable_from", "services")
CONFIRMED: Final = ("confirmed by", "confirmed on", "confirmed how")
NAME: Final = "name "
"""Columns that begin so hold the name in a locale."""

_FIELDS = (
    *(
        "type",
        "value",
        "currency",
        "unit",
        "meaning",
        "number",
        "printed",
        "hours",
        "address",
        "phone",
        "opening_hours",
    ),
    *("lat", "lon", *LISTS, "cost", "source", "as_of", "confidence", "hold", *CONFIRMED, "review_after", "note"),
)
_FIXED = "type"
_DAYS = frozenset({"as_of", "confirmed on", "review_after"})

_DELIMITER = ";"
_TEMPTING = re.compile(r"[=+@'\t\r-].*|0\d+|(?!\d{1,15}\Z)\d[\d\s.,:/-]*", re.DOTALL)
_HUNGARIAN_DAY = re.compile(r"(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\.?")


class Cell(NamedTuple):
    """A cell that holds something else than the files do; `row` counts as Excel does, the header is 1."""

    row: int
    entry: str
    column: str
    value: str


class Sheet(NamedTuple):
    """What a spreadsheet changes, and what is wrong with it."""

    cells: Sequence[Cell]
    faults: Sequence[ContentError]


def columns(content: Content) -> list[str]:
    """The header."""
    return [ENTRY, *_FIELDS, *(f"{NAME}{locale}" for locale in content.languages)]


def export(content: Content) -> bytes:
    """The whole spreadsheet."""
    text = StringIO()
    rows = csv.writer(text, delimiter=_DELIMITER, lineterminator="\r\n")
    header = columns(content)
    rows.writerow(header)
    for entry, cells in entries(content).items():
        rows.writerow(_guarded(entry if column == ENTRY else cells.get(column, "")) for column in header)
    return text.getvalue().encode("utf-8-sig")


def read(data: bytes, name: str, content: Content) -> Sheet:
    """What a spreadsheet changes; rows and columns that it does not have change nothing.

    Args:
        name: The spreadsheet's name, for faults.
        content: What the files hold.
    """
    try:
        text = data.decode("utf-8-sig")
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except UnicodeDecodeError:
        return Sheet([], [ContentError(name, 0, "is not UTF-8; save it in Excel as `CSV UTF-8 (Comma delimited)`")])
    except csv.Error as error:
        return Sheet([], [ContentError(name, 0, f"is not readable as CSV: {error}")])
    header = [cell.strip() for cell in rows[0]] if rows else []
    if problems := list(_header_problems(header, columns(content))):
        return Sheet([], [ContentError(name, 0, f"row 1: {problem}") for problem in problems])
    return _Reading(name, header, entries(content)).sheet(rows[1:])


class _Reading:
    """One pass over the rows."""

    def __init__(self, name: str, header: Sequence[str], entries: Mapping[str, Mapping[str, str]]) -> None:
        self._name = name
        self._header = header
        self._entries = entries
        self._faults: list[ContentError] = []
        self._rows: dict[str, int] = {}

    def sheet(self, rows: Sequence[Sequence[str]]) -> Sheet:
        cells = [cell for number, row in enumerate(rows, start=2) if any(row) for cell in self._row(number, row)]
        return Sheet(cells, self._faults)

    def _row(self, number: int, row: Sequence[str]) -> Iterator[Cell]:
        given = {column: _plain(cell) for column, cell in zip(self._header, row, strict=False) if column}
        entry = given.pop(ENTRY, "")
        if entry not in self._entries:
            self._mark(number, ENTRY, f"unknown entry {entry!r}{nearest(entry, self._entries)}")
        elif self._rows.setdefault(entry, number) != number:
            self._mark(number, ENTRY, f"{entry} stands in row {self._rows[entry]} already")
        else:
            yield from self._changed(number, entry, given)

    def _changed(self, number: int, entry: str, given: Mapping[str, str]) -> Iterator[Cell]:
        known = self._entries[entry]
        for column, cell in given.items():
            value = normal(cell, column, known)
            if value == known.get(column, "").strip():
                continue
            if column not in known:
                self._mark(number, column, f"{entry} has none; leave the cell empty")
            elif column == _FIXED:
                self._mark(number, column, "cannot be changed here; change it in facts.yml")
            elif column in _DAYS and value and not _is_day(value, column):
                self._mark(number, column, f"{value!r} is not a date such as 2026-12-01")
            else:
                yield Cell(number, entry, column, value)

    def _mark(self, row: int, column: str, problem: str) -> None:
        self._faults.append(ContentError(self._name, 0, f"row {row}, column {column}: {problem}"))


def entries(content: Content) -> dict[str, dict[str, str]]:
    """What every entry says, by column, in the order of the files; what it could have and has not is empty."""
    facts = {f"fact.{name}": _cells(fact) for name, fact in content.facts.items()}
    lines = {f"line.{name}": _cells(line) for name, line in content.lines.items()}
    places = {f"place.{name}": _cells(place) for name, place in content.places.items()}
    named: tuple[Line | Place, ...] = (*content.lines.values(), *content.places.values())
    for cells, entry in zip((lines | places).values(), named, strict=True):
        cells |= {f"{NAME}{locale}": entry.name.get(locale, "") for locale in content.languages}
    return facts | lines | places


def _cells(entry: Fact | Line | Place) -> dict[str, str]:
    """What an entry's fields say, by column; those that it could have are empty."""
    cells = {name: _told(getattr(entry, name)) for name in entry.__struct_fields__ if name in _FIELDS}
    confirmed = entry.confirmed
    parts = (confirmed.by, confirmed.on, confirmed.how) if confirmed else ("", "", "")
    return cells | dict(zip(CONFIRMED, map(_told, parts), strict=True))


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)


def _guarded(cell: str) -> str:
    return f"'{cell}" if _TEMPTING.fullmatch(cell) else cell


def _plain(cell: str) -> str:
    return cell.strip().removeprefix("'")


def normal(cell: str, column: str, known: Mapping[str, str]) -> str:
    """A cell as the files would say it; people type dates and coordinates as they do in Hungary."""
    if column in LISTS:
        return ", ".join(filter(None, (part.strip() for part in cell.split(","))))
    if column in ("lat", "lon"):
        return cell.replace(",", ".")
    typed_day = column in _DAYS or (column == "value" and known.get("type") == "date")
    if typed_day and (match := _HUNGARIAN_DAY.fullmatch(cell)):
        return f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}"
    return cell


def _is_day(value: str, column: str) -> bool:
    try:
        return bool(date.fromisoformat((value + "-01-01")[:10] if column == "as_of" else value))
    except ValueError:
        return False


def _delimiter(text: str) -> str:
    """The one that the header has most: Excel saves with that of the country it is set to."""
    return max(_DELIMITER, ",", "\t", key=text.partition("\n")[0].count)


def _header_problems(header: Sequence[str], known: Sequence[str]) -> Iterator[str]:
    if ENTRY not in header:
        yield f"no column `{ENTRY}`; keep the header that `hotline content facts export` wrote"
    for column in dict.fromkeys(filter(None, header)):
        if column not in known:
            yield f"unknown column {column}{nearest(column, known)}"
        if header.count(column) > 1:
            yield f"column {column} stands here {header.count(column)} times"
