"""Edits of one fact, line or place by an editor: confirmed, confirmation taken back, changed.

Pure decisions for the door: each makes the change from the draft as it is. What two editors do at once is compared
field by field, since all facts stand in one file.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, get_args

import msgspec

from content.door import Change
from content.draft import Draft
from content.entry_edit import path_of, rewritten
from content.fingerprint import of_files
from content.spreadsheet import CONFIRMED, Cell, entries
from road.errors import ValueConflict

How = Literal["called", "visited", "official page"]
"""By which an editor knows that a value holds."""

HOW: Final[tuple[str, ...]] = get_args(How)

SAID: Final = (
    *("value", "currency", "unit", "number", "printed", "hours", "address", "phone", "opening_hours", "lat", "lon"),
    *("languages", "callable_from", "services", "cost"),
)
"""Columns that a confirmation vouches for: it ends when one of them changes."""

HOLDS_MONTHS: Final = 6
"""So long a confirmation holds before editors are reminded (docs/content.md)."""


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What an editor typed into the form of an entry.

    Attributes:
        was: What the form said before, by column.
        now: What it says now, for the same columns.
        seen: The mark of the entry that the editor had before their eyes.
        how: By which they know that it holds; "" where they do not say.
    """

    entry: str
    was: Mapping[str, str]
    now: Mapping[str, str]
    seen: str
    how: str = ""

    @property
    def changed(self) -> Mapping[str, str]:
        """The columns that say something else than before."""
        return {column: value for column, value in self.now.items() if value != self.was[column]}


class Vow(msgspec.Struct, frozen=True, kw_only=True):
    """Who says today that a value holds."""

    by: str
    today: date
    how: str

    @property
    def cells(self) -> Mapping[str, str]:
        """What an entry says of its confirmation."""
        due = due_after(self.today).isoformat()
        return {**dict(zip(CONFIRMED, (self.by, self.today.isoformat(), self.how), strict=True)), "review_after": due}


def mark(cells: Mapping[str, str]) -> str:
    """Which values an entry holds, to see later whether they are still the same."""
    return of_files((column, cells[column].encode()) for column in SAID if column in cells)


def due_after(day: date) -> date:
    """When a value that was confirmed on a day is to be looked at again."""
    years, month = divmod(day.month - 1 + HOLDS_MONTHS, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def confirmed(draft: Draft, entry: str, seen: str, vow: Vow) -> Change:
    """An entry is confirmed as the editor saw it.

    Raises:
        ValueConflict: It says something else by now.
    """
    if mark(_cells(draft, entry)) != seen:
        raise ValueConflict(entry, {})
    return _change(draft, entry, vow.cells, f"confirmed {entry} ({vow.how})")


def taken_back(draft: Draft, entry: str, before: Mapping[str, str], vow: Vow) -> Change:
    """A confirmation is no more; what was there before it is there again.

    Raises:
        ValueConflict: The confirmation is another one by now.
    """
    cells = _cells(draft, entry)
    mine = {column: vow.cells[column] for column in CONFIRMED[:2]}
    if any(cells[column] != value for column, value in mine.items()):
        raise ValueConflict(entry, {})
    return _change(draft, entry, before, f"took back the confirmation of {entry}")


def changed(draft: Draft, typed: Typed, vow: Vow) -> Change:
    """An entry says what the editor typed; a confirmation of the value before it ends, unless the editor vouches.

    Raises:
        ValueConflict: A field that the editor changes says something else by now, or any that they vouch for.
    """
    cells, wanted = _cells(draft, typed.entry), typed.changed
    theirs = {column: cells[column] for column in wanted if cells[column] not in (typed.was[column], wanted[column])}
    if theirs or (typed.how and mark(cells) != typed.seen):
        raise ValueConflict(typed.entry, theirs)
    what = f"changed {typed.entry}: {', '.join(wanted)}" if wanted else f"confirmed {typed.entry} ({typed.how})"
    return _change(draft, typed.entry, {**_confirmation(typed, cells, vow), **wanted}, what)


def _confirmation(typed: Typed, cells: Mapping[str, str], vow: Vow) -> Mapping[str, str]:
    if typed.how:
        return vow.cells
    ends = cells[CONFIRMED[0]] and not typed.changed.keys().isdisjoint(SAID)
    return dict.fromkeys(CONFIRMED, "") if ends else {}


def _cells(draft: Draft, entry: str) -> Mapping[str, str]:
    if found := entries(draft.content).get(entry):
        return {column: value.strip() for column, value in found.items()}
    raise ValueConflict(entry, {})


def _change(draft: Draft, entry: str, values: Mapping[str, str], what: str) -> Change:
    cells = [Cell(0, entry, column, value) for column, value in values.items()]
    return Change(what=what, texts=rewritten(cells, {path_of(entry): draft.texts[path_of(entry)]}))
