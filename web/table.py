"""Tables of numbers, as values: a page shows them, a file carries them, and a chart is drawn from what is shown."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

import msgspec
from babel.dates import format_date, format_timedelta
from babel.numbers import format_decimal, format_percent

from content.wording import cldr

_UNIT_GROWS_AT: Final = 2
"""Up to two minutes are told in seconds, up to two hours in minutes, up to two days in hours."""


class Cell(NamedTuple):
    """What stands in a table.

    Attributes:
        value: As a file carries it and a chart draws it; None for what there is not, or is not shown.
        shown: In the reader's words.
    """

    value: int | float | str | None
    shown: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of cells under a heading; the first of each row names it.

    Attributes:
        name: Its name in addresses.
        chart: How it is drawn: bar, stacked or line; "" for not at all.
        long: It is folded away below its chart.
    """

    name: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    chart: str = ""
    long: bool = False


class Cells:
    """Cells in a locale's words."""

    def __init__(self, locale: str, hidden: str) -> None:
        """`hidden` stands for a number that is not shown."""
        self._locale, self._hidden = cldr(locale), hidden

    def number(self, number: int | None) -> Cell:
        """A whole number, or that it is hidden."""
        if number is None:
            return Cell(None, self._hidden)
        return Cell(number, format_decimal(number, locale=self._locale))

    def numbers(self, numbers: Iterable[int | None]) -> Sequence[Cell]:
        """Several."""
        return [self.number(number) for number in numbers]

    def share(self, share: float | None) -> Cell:
        """A part of a whole, in per cent."""
        if share is None:
            return NOTHING
        return Cell(round(share, 3), format_percent(share, locale=self._locale))

    def seconds(self, seconds: float | None) -> Cell:
        """How long something took: seconds in a file, the largest fitting unit for the eye."""
        if seconds is None:
            return NOTHING
        told = timedelta(seconds=max(1, round(seconds)))
        words = format_timedelta(told, threshold=_UNIT_GROWS_AT, format="short", locale=self._locale)
        return Cell(round(seconds), words)

    def day(self, day: date) -> Cell:
        """A day."""
        return Cell(day.isoformat(), format_date(day, "medium", locale=self._locale))


NOTHING = Cell(None, "–")


def named(name: str) -> Cell:
    """A row's name."""
    return Cell(name, name)
