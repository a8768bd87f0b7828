"""Facts, lines and places as a spreadsheet: out, through Excel, and in again."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from content import spreadsheet
from content.content import Content
from content.entry_edit import located, path_of, rewritten
from content.spreadsheet import Cell
from hotline.content_commands import content_app
from road.errors import ContentError
from tests.app.fixtures.folder import copy_to, edit, load
from tests.app.unit.conftest import CONTENT

Rows = dict[str, dict[str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOTLINE_CONTENT_DIR", str(tmp_path / "content"))
    return copy_to(tmp_path)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "facts.csv"


def run(*arguments: str, ends: int = 0) -> str:
    result = CliRunner().invoke(content_app, ["facts", *arguments])
    assert result.exit_code == ends, result.output
    return result.output


def state(folder: Path) -> dict[str, bytes]:
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert files
    return files


def rows_of(sheet: Path) -> Rows:
    rows = csv.DictReader(StringIO(sheet.read_bytes().decode("utf-8-sig"), newline=""), delimiter=";")
    return {row["entry"]: row for row in rows}


def save(sheet: Path, rows: Rows, *, delimiter: str = ";", end: str = "\r\n", encoding: str = "utf-8-sig") -> None:
    text = StringIO()
    writer = csv.DictWriter(text, list(next(iter(rows.values()))), delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows.values())
    sheet.write_bytes(text.getvalue().encode(encoding))


def change(sheet: Path, *cells: tuple[str, str, str]) -> None:
    """What an editor does in Excel: entry, column and new text of each cell."""
    run("export", str(sheet))
    rows = rows_of(sheet)
    for entry, column, value in cells:
        rows[entry][column] = value
    save(sheet, rows)


def differences(before: dict[str, bytes], after: dict[str, bytes]) -> list[tuple[str, str, str]]:
    """Path, old line and new line of everything that is not the same."""
    assert before.keys() == after.keys()
    pairs = [(path, before[path].decode().split("\n"), after[path].decode().split("\n")) for path in before]
    assert all(len(old) == len(new) for _, old, new in pairs)
    return [(path, o, n) for path, old, new in pairs for o, n in zip(old, new, strict=True) if o != n]


def test_out_and_in_changes_not_one_byte(folder: Path, sheet: Path):
    before = state(folder)
    run("export", str(sheet))
    assert "0 values changed" in run("import", str(sheet))
    assert state(folder) == before


def test_the_real_values_come_back_as_they_went(content: Content):
    data = spreadsheet.export(content)
    assert len(data.splitlines()) > 200
    assert spreadsheet.read(data, "facts.csv", content) == ([], [])


def test_excel_in_hungary_takes_it_as_it_is(folder: Path, sheet: Path):
    run("export", str(sheet))
    data = sheet.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfentry;type;value;")
    assert data.count(b"\r\n") == data.count(b"\n") == len(rows_of(sheet)) + 1
    assert "Бюро карток".encode() in data
    assert "مكتب البطاقات".encode() in data


def test_nothing_in_it_is_run_or_turned_into_something_else(folder: Path, sheet: Path):
    edit(folder, "facts.yml", "meaning: Last day of the card", 'meaning: "=HYPERLINK(0)"')
    edit(folder, "places/card_office.yml", "address: 1111 Budapest, Minta utca 5.", 'address: "@here"')
    run("export", str(sheet))
    rows = rows_of(sheet)
    assert rows["fact.card_valid_until"]["meaning"] == "'=HYPERLINK(0)"
    assert rows["place.card_office"]["address"] == "'@here"
    okit = rows["line.okit"]
    assert (okit["number"], okit["printed"], okit["hours"]) == ("'+3680205520", "'06 80 20 55 20", "'24/7")
    assert (okit["as_of"], okit["review_after"]) == ("'2026-01", "'2027-05-22")
    assert rows["fact.card_fee"]["value"] == "22800"
    assert rows["line.emergency_112"]["number"] == "112"
    assert "0 values changed" in run("import", str(sheet))


CHANGES = [
    ("fact.card_fee", "value", "23000", "facts.yml", "  value: 22800", "  value: 23000"),
    ("fact.card_fee", "as_of", "", "facts.yml", "  as_of: 2026-01", "  as_of:"),
    ("fact.card_fee", "note", "asked: by phone", "facts.yml", None, '  note: "asked: by phone"'),
    ("fact.card_valid_until", "value", "2028. 03. 04.", "facts.yml", "  value: 2027-03-04", "  value: 2028-03-04"),
    ("fact.card_valid_until", "value", "'2028-03-04", "facts.yml", "  value: 2027-03-04", "  value: 2028-03-04"),
    ("line.okit", "hours", "'Mo-Fr 08:00-16:00", "lines/okit.yml", 'hours: "24/7"', 'hours: "Mo-Fr 08:00-16:00"'),
    ("line.okit", "languages", "hu,uk , en", "lines/okit.yml", "languages: [hu]", "languages: [hu, uk, en]"),
    ("line.okit", "name uk", "Лінія: OKIT", "lines/okit.yml", "  uk: Кризова лінія OKIT", '  uk: "Лінія: OKIT"'),
    ("place.card_office", "name ar", "مكتب", "places/card_office.yml", "  ar: مكتب البطاقات", "  ar: مكتب"),
    ("place.card_office", "lat", "47,5", "places/card_office.yml", "lat: 47.48", "lat: 47.5"),
]


@pytest.mark.parametrize(("entry", "column", "value", "path", "old", "new"), CHANGES)
def test_one_changed_cell_changes_that_value_alone(
    entry: str, column: str, value: str, path: str, old: str | None, new: str, folder: Path, sheet: Path
):
    before = state(folder)
    change(sheet, (entry, column, value))
    assert "1 values changed" in run("import", str(sheet))
    after = state(folder)
    if old is None:
        added = after[path].decode().replace(f"\n{new}", "", 1)
        assert after[path].decode() != added == before[path].decode()
    else:
        assert differences(before, after) == [(path, old, new)]


def test_a_name_in_another_locale_is_added_below_the_others(folder: Path, sheet: Path):
    change(sheet, ("place.card_office", "name fa", "دفتر کارت‌ها"))
    run("import", str(sheet))
    assert "  ar: مكتب البطاقات\n  fa: دفتر کارت‌ها\nkind: office\n" in (folder / "places/card_office.yml").read_text()
    assert load(folder).places["card_office"].name["fa"] == "دفتر کارت‌ها"


def test_a_language_that_a_file_adds_has_a_column(folder: Path, sheet: Path):
    with (folder / "languages.yml").open("a") as languages:
        languages.write("ka: ქართული\n")
    change(sheet, ("place.card_office", "name ka", "ბარათები"))
    run("import", str(sheet))
    assert load(folder).places["card_office"].name["ka"] == "ბარათები"


def test_a_confirmation_has_three_cells(folder: Path, sheet: Path):
    parts = {"by": "Ilona, Minta", "on": "2026. 12. 1.", "how": "called"}
    change(sheet, *(("line.okit", f"confirmed {part}", value) for part, value in parts.items()))
    assert "3 values changed" in run("import", str(sheet))
    assert '\nconfirmed: {by: "Ilona, Minta", on: 2026-12-01, how: called}\n' in (folder / "lines/okit.yml").read_text()
    change(sheet, ("line.okit", "confirmed how", "visited"))
    run("import", str(sheet))
    confirmed = load(folder).lines["okit"].confirmed
    assert confirmed
    assert (confirmed.by, confirmed.how) == ("Ilona, Minta", "visited")


def test_comments_and_order_stay(folder: Path, sheet: Path):
    edit(folder, "facts.yml", "value: 22800", "value: 22800   # doubled in 2026")
    change(sheet, ("fact.card_fee", "value", "23000"))
    run("import", str(sheet))
    assert "  value: 23000   # doubled in 2026\n" in (folder / "facts.yml").read_text()


def comma(data: bytes) -> bytes:
    rows = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize(
    "saved",
    [
        lambda data: data,
        lambda data: data.removeprefix(b"\xef\xbb\xbf"),
        lambda data: data.replace(b"\r\n", b"\n"),
        comma,
        lambda data: data.replace(b"\r\n", b";;\r\n") + b";;;\r\n",
    ],
    ids=["as it was", "no byte-order mark", "LF", "commas", "empty columns and rows"],
)
def test_what_excel_makes_of_it_is_read(saved: Callable[[bytes], bytes], folder: Path, sheet: Path):
    change(sheet, ("place.card_office", "name uk", "Бюро; карток"))
    sheet.write_bytes(saved(sheet.read_bytes()))
    assert "1 values changed" in run("import", str(sheet))
    assert load(folder).places["card_office"].name["uk"] == "Бюро; карток"


REFUSED = [
    ("fact.card_fee", "entry", "fact.card_fees", "row 3, column entry: unknown entry 'fact.card_fees'; did you mean"),
    ("fact.card_fee", "entry", "fact.card_wait", "row 4, column entry: fact.card_wait stands in row 3 already"),
    ("fact.card_fee", "hours", "24/7", "row 3, column hours: fact.card_fee has none; leave the cell empty"),
    ("fact.card_fee", "type", "number", "row 3, column type: cannot be changed here"),
    ("fact.card_fee", "value", "much", "row 3, column value: card_fee: value: 'much' is not a number"),
    ("fact.card_fee", "confidence", "hi", "row 3, column confidence: card_fee: confidence: 'hi' is not one of high"),
    ("fact.card_fee", "review_after", "3/4/2027", "row 3, column review_after: '3/4/2027' is not a date such as"),
    ("fact.card_fee", "confirmed by", "Ilona", "row 3, column confirmed by: card_fee: confirmed: "),
    ("line.okit", "number", "+3680", "column number: number: '+3680': "),
    ("line.okit", "name en", "", "column name en: name: the English one (en) is missing"),
    ("place.card_office", "opening_hours", "always", "column opening_hours: opening_hours: "),
]


@pytest.mark.parametrize(("entry", "column", "value", "told"), REFUSED)
def test_what_is_wrong_is_named_by_row_and_column_and_nothing_is_written(
    entry: str, column: str, value: str, told: str, folder: Path, sheet: Path
):
    before = state(folder)
    sound = ("fact.card_valid_until", "value", "2028-03-04")
    change(sheet, sound, (entry, column, value))
    refused = run("import", str(sheet), ends=1)
    assert told in refused.replace("\n", " ")
    assert "nothing was imported" in refused
    assert state(folder) == before


def test_a_fault_that_a_value_brings_elsewhere_is_named_where_it_is():
    elsewhere = ContentError("answers/en/papers/card_renewal.md", 9, "value: hides a line")
    assert located(elsewhere, [Cell(3, "fact.card_fee", "value", "1")], "facts.csv") is elsewhere


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"entry;valu\r\nfact.card_fee;1\r\n", "row 1: unknown column valu; did you mean value?"),
        (b"value\r\n1\r\n", "row 1: no column `entry`"),
        (b"entry;value;value\r\n", "row 1: column value stands here 2 times"),
        (b"", "row 1: no column `entry`"),
        ("entry;value\r\nplace.iroda;Könyv\r\n".encode("cp1250"), "is not UTF-8; save it in Excel as"),
        (b'entry;value\r\n"fact.card_fee;1', "is not readable as CSV"),
    ],
)
def test_a_file_that_is_no_such_spreadsheet_is_named(data: bytes, told: str, folder: Path, sheet: Path):
    before = state(folder)
    sheet.write_bytes(data)
    assert told in run("import", str(sheet), ends=1)
    assert state(folder) == before


def test_a_part_of_the_sheet_changes_only_what_it_has(folder: Path, sheet: Path):
    before = state(folder)
    sheet.write_text("entry,value\nfact.card_fee,23000\n")
    run("import", str(sheet))
    assert differences(before, state(folder)) == [("facts.yml", "  value: 22800", "  value: 23000")]


def test_a_file_that_is_not_there_is_told_in_one_line(folder: Path, sheet: Path):
    assert "cannot be read" in run("import", str(sheet), ends=1)
    assert "cannot be written" in run("export", str(sheet / "below"), ends=1)


def test_every_real_value_can_be_changed_and_nothing_else_changes(content: Content):
    """Each note in turn, written or overwritten, is read back and leaves all other fields as they were."""
    before = spreadsheet.entries(content)
    texts = {path: (CONTENT / path).read_text() for path in map(path_of, before)}
    cells = [Cell(2, entry, "note", f"№ {number}: 'так', \"هكذا\" #1") for number, entry in enumerate(before)]
    written = rewritten(cells, texts)
    assert len(written) > 40
    for path, text in written.items():
        kept = [line for line in texts[path].split("\n") if not line.strip().startswith("note:")]
        assert [line for line in text.split("\n") if not line.strip().startswith("note:")] == kept
        assert sum(line.strip().startswith("note:") for line in text.split("\n")) == sum(
            path_of(entry) == path for entry in before
        )
