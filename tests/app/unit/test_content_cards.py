"""Cards for languages outside the thirteen: what their files must keep to."""

from pathlib import Path

import pytest

from tests.app.fixtures.folder import copy_to, edit, faults, load

CARD = "outside/de.yml"
SOUND = """\
cannot_answer: "Auf Deutsch können wir noch nicht antworten."
call_112: "In Gefahr? **Sofort** anrufen: {{ line.emergency_112.number }}"
choose: "Eine andere Sprache:"
asked: "Ein Mensch wurde gebeten."
numbers: "Weitere Nummern:"
person: "Ein Mensch"
urgent: "Hilfe"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = copy_to(tmp_path)
    (copy / "outside").mkdir()
    (copy / CARD).write_text(SOUND)
    return copy


def test_a_card_is_read_and_its_numbers_come_from_the_lines(folder: Path):
    content = load(folder)
    html = content.card_html("de", "call_112", "asked", now=0.0)
    assert html == "In Gefahr? <b>Sofort</b> anrufen: 112\n\nEin Mensch wurde gebeten."


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{{ line.emergency_112.number }}", "112", "2: call_112: a number stands in the text"),
        ("{{ line.emergency_112.number }}", "", "2: call_112: must give {{ line.emergency_112.number }}"),
        ("Weitere Nummern:", "{{ line.emergency_113.number }}", " unknown line emergency_113"),
        ("Weitere Nummern:", "{{ line.okit.number", "5: numbers: doubled braces that are no placeholder"),
        ("Weitere Nummern:", "# Nummern", "5: numbers: headings are"),
        ("Weitere Nummern:", "  ", "5: numbers: is empty"),
        ("Hilfe", "Hilfe, und zwar sofort und ohne jedes weitere Wort", "7: urgent: must have 1 to 40 characters"),
        ("urgent:", "dringend:", "7: dringend: unknown field"),
        ('person: "Ein Mensch"', "", " person: missing"),
    ],
)
def test_a_fault_is_named_with_file_and_line(folder: Path, old: str, new: str, told: str):
    edit(folder, CARD, old, new)
    assert [fault for fault in faults(folder) if fault.startswith(CARD) and told in fault], faults(folder)
