"""What is counted of turns and deeds, and that it names nobody."""

import dataclasses
from typing import Any

import pytest
from msgspec.structs import replace

from actions import takeover
from actions.counting import counted
from actions.keeping import give_back
from actions.route import route
from content.content import Content
from desk import transitions
from desk.durations import seconds_of
from road.case import Case, CaseState, Ending
from road.outcome import Outcome
from road.session import Remembered
from road.team import Team
from road.turn import Turn, TurnKind
from road.understanding import Understanding
from tests.app.unit.stage import FOCAL, NIGHT, account, case, scene, sent, session, tapped, understood, wrote

NIGHT_HOUR = "hour:2"
OFFICE = Team(id="t", name="T", hours="Mo-Fr 09:00-17:00")
MONDAY_NINE = NIGHT + 31 * 3600 - NIGHT % 3600


def turn_counts(
    turn: Turn, content: Content, understanding: Understanding | None = None, *cases: Case, **more: Any
) -> list[str]:
    place = scene(understanding, *cases, **more)
    return sorted(counted(route(turn, place, content), place.remembered, content, NIGHT).counts)


def deed_counts(outcome: Outcome, before: Case, content: Content, at: float = NIGHT) -> list[str]:
    remembered = Remembered(person="p", version=1, session=session(), cases=(before,))
    return sorted(counted(outcome, remembered, content, at).counts)


COURSE = ["answers:education_work:en", "topic:answers:education_work:hungarian_course"]


def held(**more: Any) -> Case:
    return case(CaseState.ACTIVE, queued_at=NIGHT - 600, **more)


def deed(do: Any, before: Case, content: Content, at: float = NIGHT, **more: Any) -> list[str]:
    remembered = Remembered(person="p", version=1, session=session(), cases=(before,))
    return deed_counts(do(remembered, before, account(), content, at, **more), before, content, at)


def test_an_answer_counts_its_group_and_locale_and_the_message_its_hour(content: Content) -> None:
    assert turn_counts(wrote("Where can I learn Hungarian?"), content, understood(("hungarian_course", 0.9))) == [
        "answers:education_work:en", f"{NIGHT_HOUR}:messages", "messages",
        "topic:answers:education_work:hungarian_course",
    ]  # fmt: skip


def test_an_answer_on_a_sensitive_topic_does_not_say_on_which(content: Content) -> None:
    topic = next(t for t in content.topics.values() if t.sensitive and not t.critical)
    names = turn_counts(wrote("a question"), content, understood((topic.id, 0.9)))
    assert "answers:sensitive:en" in names
    assert not any(topic.id in name for name in names)


def test_a_tapped_topic_counts_as_an_answer_and_not_as_a_message(content: Content) -> None:
    assert turn_counts(tapped("1:a:hungarian_course"), content) == COURSE


def test_who_is_handed_over_is_counted_with_the_reason(content: Content) -> None:
    assert turn_counts(wrote("???? what"), content, understood(("hungarian_course", 0.05))) == [
        "handed:other:en", f"{NIGHT_HOUR}:handed", f"{NIGHT_HOUR}:messages", "messages", "why:unsure"
    ]  # fmt: skip


def test_who_waits_already_is_not_handed_over_again(content: Content) -> None:
    waiting = transitions.opened(case())
    again = turn_counts(wrote("???? what"), content, understood(("hungarian_course", 0.05)), waiting)
    assert again == [f"{NIGHT_HOUR}:messages", "messages"]


def test_a_case_that_comes_back_counts_as_handed_over_and_as_come_back(content: Content) -> None:
    closed = case(CaseState.CLOSED, closed_at=NIGHT - 60, locale="uk")
    names = turn_counts(tapped("1:p"), content, None, closed, session=session("uk"))
    assert names == ["handed:other:uk", f"{NIGHT_HOUR}:handed", "why:reopened"]


def test_danger_is_counted_each_time_it_is_said(content: Content) -> None:
    danger = understood(urgent_topic="suicide_self_harm", urgent_confidence=0.9)
    first = turn_counts(wrote("I want to die"), content, danger)
    assert first.count("crisis") == 1
    assert "handed:sensitive:en" in first
    assert "crisis" in turn_counts(wrote("I want to die"), content, danger, transitions.opened(held(critical=True)))


@pytest.mark.parametrize("kind", [TurnKind.VOICE, TurnKind.PHOTO])
def test_what_is_sent_counts_as_a_message(content: Content, kind: TurnKind) -> None:
    assert "messages" in turn_counts(sent(kind), content)


def test_neither_leaving_nor_a_correction_is_a_message(content: Content) -> None:
    assert turn_counts(sent(TurnKind.LEFT), content) == []
    corrected = turn_counts(wrote("Hungarian?", edited=True), content, understood(("hungarian_course", 0.9)))
    assert corrected == COURSE


def test_a_language_without_our_texts_counts_among_the_others(content: Content) -> None:
    outcome = Outcome(session=replace(session("en"), outside="ka"), answered="hungarian_course")
    assert deed_counts(outcome, case(), content) == ["answers:education_work:other", COURSE[1]]


def test_the_first_words_of_a_colleague_are_timed_once(content: Content) -> None:
    (name,) = deed(takeover.answer, held(critical=True), content, text="hello")
    assert name.startswith("first:wall:critical:")
    assert seconds_of(int(name.rpartition(":")[2])) == pytest.approx(600, rel=0.05)
    assert deed(takeover.answer, held(first_answer_at=NIGHT - 30), content, text="hello") == []


def test_working_time_is_counted_where_the_calendar_knows_it(content: Content) -> None:
    knows = dataclasses.replace(content, teams={"t": OFFICE})
    ten = MONDAY_NINE + 3600
    names = deed(takeover.answer, held(), knows, ten, text="hello")
    steps = {name.split(":")[1]: int(name.rpartition(":")[2]) for name in names}
    assert seconds_of(steps["working"]) == pytest.approx(3600, rel=0.05)
    assert seconds_of(steps["wall"]) == pytest.approx(ten - NIGHT + 600, rel=0.05)


def test_a_close_is_timed_and_counted_by_how_it_ended(content: Content) -> None:
    names = deed(takeover.close, held(), content, ending=Ending(outcome="answered"))
    assert names[0] == "ending:answered"
    assert names[1].startswith("resolution:wall:ordinary:")
    assert len(names) == 2


def test_leaving_the_queue_is_an_ending_of_its_own(content: Content) -> None:
    waiting = transitions.opened(case())
    assert turn_counts(tapped("1:q"), content, None, waiting) == ["ending:left_queue"]


def test_a_vote_is_counted_without_a_language(content: Content) -> None:
    assert deed_counts(Outcome(session=session(), vote="helped"), case(), content) == ["vote:helped"]


def test_a_note_on_a_case_closed_long_ago_counts_nothing_of_its_past(content: Content) -> None:
    old = replace(transitions.opened(case(opened_at=NIGHT - 9e6)), state=CaseState.CLOSED, closed_at=NIGHT - 8e6)
    remembered = Remembered(person="p", version=1, session=session())
    outcome = takeover.note(remembered, old, account(), content, NIGHT, text="x")
    assert counted(outcome, remembered, content, NIGHT).counts == ()


def test_a_case_that_is_given_back_is_not_handed_over_again(content: Content) -> None:
    before = transitions.opened(held(visibility=FOCAL))
    outcome = give_back(before, scene(None, before), content)
    assert outcome is not None
    assert deed_counts(outcome, before, content) == []
