"""Tables as files: quoted, marked as UTF-8, and nothing in them is run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.csv_file import FORMULA, MARK, csv_file, disarmed
from web.table import NOTHING, Cell, Table, named


def table(*rows: tuple[Cell, ...], columns: tuple[str, ...] = ("Name", "Number")) -> Table:
    return Table(name="t", heading="T", columns=columns, rows=rows)


def read(text: str, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline=""), delimiter=separator))


def test_numbers_stand_as_numbers_and_what_is_not_shown_as_its_word() -> None:
    told = csv_file(table((named("Kyiv"), Cell(1234, "1,234")), (named("x"), Cell(None, "not shown"))), "en")
    assert told == f"{MARK}Name,Number\r\nKyiv,1234\r\nx,not shown\r\n"
    assert told.encode().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("locale", ["hu", "uk"])
def test_where_commas_stand_in_numbers_cells_are_parted_by_semicolons(locale: str) -> None:
    told = csv_file(table((named("a;b"), Cell(0.5, "50%"))), locale)
    assert read(told, ";") == [["Name", "Number"], ["a;b", "0.5"]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_what_a_spreadsheet_would_run_is_disarmed(text: str) -> None:
    assert disarmed(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Українська", "1", "a=b", "–"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert disarmed(text) == text


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=4))
def test_no_cell_begins_a_formula_and_every_text_comes_back(texts: list[str]) -> None:
    columns = tuple(texts)
    header, row = read(csv_file(table(tuple(map(named, texts)), columns=columns), "en")) or [[], []]
    assert header == row
    assert not any(cell.startswith(FORMULA) for cell in row)
    assert all(cell in (text, f"'{text}") for cell, text in zip(row, texts, strict=True))


def test_what_there_is_not_is_a_dash_that_nothing_runs() -> None:
    assert read(csv_file(table((named("x"), NOTHING)), "en"))[1] == ["x", "–"]
