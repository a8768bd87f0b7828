"""The paired test tells a real loss from noise."""

from pathlib import Path

import pytest

from actions.decision import Decision, Kind
from hotline.paired import Change, Outcome, changes, outcome, question_id, read_outcomes, write_outcomes
from hotline.scorecard import Question, Result
from road.errors import SetupError
from tests.app.unit.stage import understood


def result(number: int, *, right: bool = True, urgent: bool = False, locale: str = "uk", **more: object) -> Result:
    kind, critical = str(more.get("kind", "topic")), bool(more.get("critical"))
    return Result(
        question=Question(locale=locale, kind=kind, topic="pets", text=f"question {number}"),
        understanding=understood(("pets" if right else "greet", 0.9)),
        decision=Decision(kind=Kind.URGENT if urgent else Kind.ANSWER, topic="pets"),
        critical=critical,
    )


def compared(before: list[Result], now: list[Result]) -> dict[tuple[str, str], Change]:
    known = {found.id: found for found in map(outcome, before)}
    return {(change.measure, change.locale): change for change in changes(known, now)}


@pytest.mark.parametrize(
    ("lost", "won", "chance"),
    [(0, 0, 1.0), (1, 0, 0.5), (0, 1, 1.0), (10, 2, 79 / 4096), (6, 0, 1 / 64), (7, 0, 1 / 128), (300, 200, 4.5e-6)],
)
def test_the_chance_of_a_loss_is_that_of_a_fair_coin(lost: int, won: int, chance: float) -> None:
    """The last one by scipy.stats.binomtest."""
    change = Change(measure="top-1", locale="all", questions=1000, before=900, lost=lost, won=won)

    assert change.chance == pytest.approx(chance, rel=0.02)
    assert change.is_loss is (chance < 0.01)
    assert change.now == 900 - lost + won


def test_questions_lost_and_won_are_told_apart_in_each_locale() -> None:
    before = [result(n, right=n < 4) for n in range(6)] + [result(0, locale="hu")]
    now = [result(n, right=n not in (0, 1)) for n in range(6)] + [result(0, locale="hu", right=False)]
    found = compared(before, now)

    here, there, everywhere = found["top-1", "uk"], found["top-1", "hu"], found["top-1", "all"]
    assert (here.questions, here.before, here.now, here.lost, here.won) == (6, 4, 4, 2, 2)
    assert (there.lost, there.won, everywhere.lost, everywhere.won) == (1, 0, 3, 2)


def test_a_missed_danger_and_a_new_alarm_are_losses_of_their_own_measures() -> None:
    calm, danger = {"kind": "not_urgent"}, {"critical": True}
    before = [result(1, urgent=True, **danger), result(2, **calm), result(3, urgent=True, **calm)]
    now = [result(1, urgent=False, **danger), result(2, urgent=True, **calm), result(3, urgent=True, **calm)]
    found = compared(before, now)

    recall, alarms = found["urgent recall", "all"], found["no false alarm", "all"]
    assert (recall.questions, recall.lost, recall.won) == (1, 1, 0)
    assert (alarms.questions, alarms.before, alarms.lost) == (2, 1, 1)


def test_new_and_removed_questions_are_left_out() -> None:
    found = compared([result(1), result(2)], [result(2), result(3, right=False)])

    assert found["top-1", "all"].questions == 1
    assert found["top-1", "all"].lost == 0


def test_a_question_is_known_by_its_locale_and_text() -> None:
    question = result(1).question
    moved = Question(locale="uk", kind="not_urgent", topic="greet", text=question.text)

    assert question_id(moved) == question_id(question)
    assert question_id(result(1, locale="ru").question) != question_id(question)


def test_outcomes_are_read_as_they_were_written_in_an_order_of_their_own(tmp_path: Path) -> None:
    path, again = tmp_path / "scorecard.jsonl", tmp_path / "again.jsonl"
    results = [result(1, right=False), result(2, urgent=True)]
    write_outcomes(path, results)
    write_outcomes(again, reversed(results))

    assert read_outcomes(path) == {found.id: found for found in map(outcome, results)}
    assert again.read_bytes() == path.read_bytes()


def test_no_text_of_a_question_is_kept(tmp_path: Path) -> None:
    write_outcomes(tmp_path / "scorecard.jsonl", [result(1)])
    assert b"question" not in (tmp_path / "scorecard.jsonl").read_bytes()


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "scorecard.jsonl"
    path.write_text('["1f", true, false]\n["2f", "yes", false]\n', encoding="utf-8")
    with pytest.raises(SetupError, match=r"scorecard\.jsonl:2"):
        read_outcomes(path)


def test_a_missing_scorecard_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="make evaluate"):
        read_outcomes(tmp_path / "scorecard.jsonl")


def test_an_outcome_is_short() -> None:
    assert outcome(result(1)) == Outcome(question_id(result(1).question), True, False)
