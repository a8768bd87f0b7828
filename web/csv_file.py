"""A table as a file that Excel and others open: UTF-8 with its mark, and nothing that is run as a formula."""

import csv
import io
from typing import Final

from web.table import Cell, Table

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that spreadsheets run. Source: OWASP, CSV Injection."""

MARK: Final = "\ufeff"
"""Without it Excel takes UTF-8 for the letters of Windows."""


def separator(locale: str) -> str:
    """What Excel expects between cells, by the language of its Windows: where commas stand in numbers, semicolons."""
    return "," if locale == "en" else ";"


def csv_file(table: Table, locale: str) -> str:
    """The table with its column names."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=separator(locale), lineterminator="\r\n")
    writer.writerow([disarmed(name) for name in table.columns])
    writer.writerows([_carried(cell) for cell in row] for row in table.rows)
    return MARK + written.getvalue()


def disarmed(text: str) -> str:
    """The text, with an apostrophe before what would be run."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _carried(cell: Cell) -> int | float | str:
    value = cell.shown if cell.value is None else cell.value
    return disarmed(value) if isinstance(value, str) else value
