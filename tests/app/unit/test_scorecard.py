"""The scorecard counts what it says."""

from pathlib import Path

import pytest

from actions.decision import Decision, Kind
from content.content import Content
from hotline.evaluation import read_questions
from hotline.scorecard import MEASURES, Question, Result, confusions, markdown, share
from road.errors import SetupError
from tests.app.unit.stage import understood


def result(kind: str, right: str, best: str, decision: Kind, *, critical: bool = False, text: str = "a b") -> Result:
    return Result(
        question=Question(locale="uk", kind=kind, topic=right, text=text),
        understanding=understood((best, 0.8), ("pets", 0.1), locale="uk"),
        decision=Decision(kind=decision, topic=best),
        critical=critical,
    )


RESULTS = [
    result("topic", "pets", "pets", Kind.ANSWER),
    result("topic", "legal_aid", "pets", Kind.ANSWER),
    result("topic", "medical_emergency", "pets", Kind.URGENT, critical=True, text="one two three four"),
    result("topic", "child_in_danger", "child_in_danger", Kind.CLARIFY, critical=True),
    result("not_urgent", "pets", "pets", Kind.URGENT),
    result("not_urgent", "pets", "pets", Kind.ANSWER),
    result("out_of_scope", "out_of_scope", "pets", Kind.ANSWER),
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("top-1", 2 / 4),
        ("top-3", 2 / 4),
        ("asked back", 1 / 4),
        ("confident wrong", 2 / 5),
        ("urgent recall", 1 / 2),
        ("false alarms", 1 / 2),
        ("out of scope caught", 0.0),
        ("locale, 4+ words", 1.0),
    ],
)
def test_each_measure_looks_at_its_own_questions(name: str, expected: float) -> None:
    measure = next(m for m in MEASURES if m[0] == name)
    assert share(RESULTS, measure) == pytest.approx(expected)


def test_confusions_name_what_was_taken_for_what() -> None:
    assert ("legal_aid", "pets", 1, "a b") in confusions(RESULTS)


def test_the_page_lists_missed_danger() -> None:
    assert "uk, child_in_danger: a b" in markdown(RESULTS)


def test_a_broken_line_is_named(tmp_path: Path, content: Content) -> None:
    path = tmp_path / "uk.tsv"
    path.write_text("kind\ttopic\ttext\ntopic\tpets\tсобака\ntopic\tno_such\tx\n", encoding="utf-8")
    with pytest.raises(SetupError, match=r"uk\.tsv:3"):
        list(read_questions(path, content))
