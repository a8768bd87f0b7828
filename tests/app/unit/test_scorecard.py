"""The scorecard counts what it says."""

from pathlib import Path

import pytest

from actions.decision import Decision, Kind
from content.content import Content
from hotline.calibration import expected_calibration_error, reliability
from hotline.evaluation_set import read_questions
from hotline.scorecard import FATES, GOALS, MEASURES, SPELLINGS, Question, Result, confusions, share
from hotline.scorecard_page import markdown
from hotline.scorecard_picture import draw
from road.errors import SetupError
from tests.app.unit.stage import understood


def result(
    kind: str,
    right: str,
    best: str,
    decision: Kind,
    *,
    critical: bool = False,
    text: str = "a b",
    locale: str = "uk",
    confidence: float = 0.8,
) -> Result:
    return Result(
        question=Question(locale=locale, kind=kind, topic=right, text=text),
        understanding=understood((best, confidence), ("pets", 0.1), locale="uk"),
        decision=Decision(kind=decision, topic=best),
        critical=critical,
    )


RESULTS = [
    result("topic", "pets", "pets", Kind.ANSWER),
    result("topic", "legal_aid", "pets", Kind.ANSWER, text="who | pays"),
    result("topic", "medical_emergency", "pets", Kind.URGENT, critical=True, text="one two three four"),
    result("topic", "child_in_danger", "child_in_danger", Kind.CLARIFY, critical=True, locale="hu"),
    result("not_urgent", "pets", "pets", Kind.URGENT, text="calm"),
    result("not_urgent", "pets", "pets", Kind.ANSWER),
    result("topic", "asylum", "pets", Kind.URGENT, text=" ".join(["nine"] * 9), confidence=0.95),
    result("out_of_scope", "out_of_scope", "pets", Kind.ANSWER),
    result("out_of_scope", "out_of_scope", "pets", Kind.URGENT),
    result("out_of_scope", "out_of_scope", "out_of_scope", Kind.PERSON, confidence=0.95),
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("top-1", 2 / 5),
        ("top-3", 2 / 5),
        ("asked back", 1 / 5),
        ("confident wrong", 2 / 8),
        ("right where 90 % sure", 1 / 2),
        ("urgent recall", 1 / 2),
        ("false alarms", 1 / 2),
        ("false alarms, ordinary", 1 / 3),
        ("out of scope caught", 1 / 3),
        ("locale, 1-3 words", 2 / 3),
        ("locale, 4-8 words", 1.0),
        ("locale, 9+ words", 1.0),
    ],
)
def test_each_measure_looks_at_its_own_questions(name: str, expected: float) -> None:
    measure = next(m for m in (*MEASURES, *FATES) if m[0] == name)
    assert share(RESULTS, measure) == pytest.approx(expected)


def test_every_goal_belongs_to_a_line_of_the_page() -> None:
    names = {measure.name for measure in MEASURES} | {f"locale, {spelling}" for spelling in SPELLINGS.values()}
    assert set(GOALS) == names


@pytest.mark.parametrize(
    ("name", "found", "locale", "missed"),
    [
        ("urgent recall", 0.96, "sq", False),
        ("urgent recall", 0.96, "all", True),
        ("false alarms", 0.04, "all", True),
        ("false alarms", 0.03, "all", False),
        ("false alarms", 0.04, "hu", True),
        ("false alarms", 0.04, "sq", False),
        ("false alarms", 0.06, "sq", True),
        ("top-1", 0.90, "sq", False),
        ("top-1", 0.87, "sq", True),
        ("top-1", 0.90, "uk", True),
    ],
)
def test_a_goal_may_differ_over_all_and_in_later_languages_and_may_be_a_ceiling(
    name: str, found: float, locale: str, missed: bool
) -> None:
    assert GOALS[name].missed(found, locale) is missed


def test_confusions_name_what_was_taken_for_what_most_frequent_first() -> None:
    twice = [result("topic", "asylum", "greet", Kind.ANSWER, text=text) for text in ("first", "second")]
    assert confusions([*RESULTS, *twice])[0] == ("asylum", "greet", 2, "first")
    assert ("legal_aid", "pets", 1, "who | pays") in confusions(RESULTS)


def test_a_model_that_knows_its_doubts_has_no_calibration_error() -> None:
    asked = [result("topic", "pets", best, Kind.ANSWER, confidence=0.75) for best in ("pets", "pets", "pets", "greet")]
    (found,) = reliability(asked)

    assert (found.low, found.questions, found.right) == (0.7, 4, 0.75)
    assert expected_calibration_error([found]) == pytest.approx(0.0)


def test_a_certain_model_that_is_wrong_is_off_by_its_certainty() -> None:
    asked = [result("topic", "pets", best, Kind.ANSWER, confidence=1.0) for best in ("pets", "greet")]
    (found,) = reliability([*asked, result("not_urgent", "pets", "pets", Kind.ANSWER, confidence=1.0)])

    assert found.low == 0.9
    assert expected_calibration_error([found]) == pytest.approx(0.5)


def page(massive: str = "") -> list[str]:
    copies = {
        "accentless": [result("topic", "pets", "pets", Kind.ANSWER)],
        "latin": [result("topic", "pets", "pets", Kind.ANSWER, locale="hu")],
    }
    return markdown(RESULTS, copies, massive).splitlines()


def test_the_page_marks_what_misses_its_goal() -> None:
    assert "| top-1 | ≥ 92 (88) | **40.0** | 100.0 | **25.0** |" in page()
    assert "| urgent recall | ≥ 98, each 95 | **50.0** | **0.0** | 100.0 |" in page()


def test_the_page_keeps_apart_locales_without_copies() -> None:
    assert "| locale, without accents | ≥ 94 | 100.0 |  | 100.0 |" in page()
    assert "| locale, in Latin letters | ≥ 75 | **0.0** | **0.0** |  |" in page()


def test_the_page_lists_missed_danger_and_false_alarms() -> None:
    assert "- hu, child_in_danger: a b" in page()
    assert "- uk, taken for pets: calm" in page()


def test_the_page_says_how_far_confidence_may_be_believed_in_each_locale() -> None:
    assert "| 0.8 to 0.9 | 33.3 (6) | 100.0 (1) | 20.0 (5) |" in page()


def test_a_message_cannot_break_a_table() -> None:
    assert "| legal_aid | pets | 1 | who \\| pays |" in page()


def test_the_page_takes_in_the_table_of_massive() -> None:
    assert "| ours | 75 |" in page("| ours | 75 |")
    assert "## On MASSIVE" not in page()


def test_pictures_are_drawn(tmp_path: Path) -> None:
    draw(RESULTS, tmp_path / "images")
    for name in ("scorecard.png", "calibration.png"):
        assert (tmp_path / "images" / name).read_bytes().startswith(b"\x89PNG")


def test_a_broken_line_is_named(tmp_path: Path, content: Content) -> None:
    path = tmp_path / "uk.tsv"
    path.write_text("kind\ttopic\ttext\ntopic\tpets\tсобака\ntopic\tno_such\tx\n", encoding="utf-8")
    with pytest.raises(SetupError, match=r"uk\.tsv:3"):
        list(read_questions(path, content))
