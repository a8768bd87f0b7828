"""The drawing of the machine in the docs is the table's."""

from pathlib import Path

import pytest

from desk import drawing
from desk.transitions import MACHINE, Step
from road.case import CaseState

PAGE = Path(__file__).parents[3] / "docs" / "desk.md"


def test_the_page_shows_the_table_as_it_is() -> None:
    assert f"```mermaid\n{drawing.drawing()}\n```" in PAGE.read_text("utf-8"), (
        "docs/desk.md: put the new drawing there: python -c 'from desk.drawing import drawing; print(drawing())'"
    )


def test_every_deed_is_in_the_drawing() -> None:
    words = drawing.drawing().replace(",", " ").replace("(", " ").split()
    assert len(MACHINE) > 10
    assert set(MACHINE) <= set(words)


def test_a_move_is_an_arrow_from_every_state_in_which_it_may_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting, active, closed = CaseState
    table = {"opened": Step((), waiting, "bot"), "ended": Step((waiting, active), closed, "staff")}
    monkeypatch.setattr(drawing, "MACHINE", table)
    assert drawing.drawing().splitlines()[1:4] == [
        "    [*] --> waiting: opened (bot)",
        "    waiting --> closed: ended (staff)",
        "    active --> closed: ended (staff)",
    ]
