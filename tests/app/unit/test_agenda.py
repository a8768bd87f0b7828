"""When the keeper must look at a case although nobody does anything."""

import pytest
from msgspec.structs import replace

from desk import transitions
from desk.agenda import DANGER_UNANSWERED_S, NUDGES_S, TELL_EVERY_S, look_again, next_look
from road.case import Case, CaseState, Ending, Visibility

NOON = 1_800_000_000.0
WAITING = transitions.opened(Case(id="K7QF", person="p", state=CaseState.WAITING, opened_at=NOON, locale="uk"))
ACTIVE = transitions.answered(transitions.claimed(WAITING, at=NOON + 20, by="anna"), at=NOON + 30, by="anna")
RAISED = transitions.raised(ACTIVE, at=NOON + 100, topic="emergency_immediate_danger")


def test_somebody_who_waits_is_looked_at_every_two_minutes() -> None:
    assert next_look(WAITING) == NOON + TELL_EVERY_S
    assert next_look(transitions.told(WAITING, at=NOON + 200, place=3)) == NOON + 200 + TELL_EVERY_S


@pytest.mark.parametrize("case", [
    ACTIVE,
    replace(WAITING, sensitive=True),
    replace(WAITING, critical=True),
    transitions.closed(ACTIVE, at=NOON + 40, by="anna", ending=Ending(outcome="answered")),
])  # fmt: skip
def test_nobody_need_look_where_only_a_message_can_change_anything(case: Case) -> None:
    assert next_look(case) is None


def test_a_holder_who_owes_an_answer_is_looked_at_for_each_reminder() -> None:
    owing = transitions.wrote(ACTIVE, at=NOON + 50)
    assert next_look(owing) == NOON + 50 + NUDGES_S[0]
    assert next_look(transitions.nudged(owing, at=NOON + 240)) == NOON + 50 + NUDGES_S[1]
    assert next_look(replace(owing, nudged=2)) is None


def test_danger_in_a_conversation_counts_from_the_first_message_that_nobody_looked_at() -> None:
    again = transitions.raised(RAISED, at=NOON + 130, topic="emergency_immediate_danger")
    assert next_look(again) == NOON + 100 + DANGER_UNANSWERED_S
    looked = transitions.raised(
        transitions.seen(RAISED, at=NOON + 110, by="eva"), at=NOON + 130, topic="child_in_danger"
    )
    assert next_look(looked) == NOON + 130 + DANGER_UNANSWERED_S


@pytest.mark.parametrize(("visibility", "group"), [(Visibility.ALL, "supervisor"), (Visibility.FOCAL, "focal")])
def test_danger_whose_superiors_are_called_already_waits_for_the_next_call(visibility: Visibility, group: str) -> None:
    called = transitions.paged(replace(RAISED, visibility=visibility), at=NOON + 145, group=group)
    assert called.call is not None
    assert next_look(called) == called.call.next_at


def test_danger_after_a_call_that_ended_calls_again() -> None:
    ended = transitions.seen(transitions.paged(RAISED, at=NOON + 145, group="supervisor"), at=NOON + 150, by="eva")
    again = transitions.raised(ended, at=NOON + 500, topic="child_in_danger")
    assert next_look(again) == NOON + 500 + DANGER_UNANSWERED_S


def test_a_target_that_is_nearly_missed_is_looked_at_once() -> None:
    due = replace(ACTIVE, resolve_by=NOON + 1000)
    assert next_look(due) == NOON + 800
    assert next_look(transitions.overdue(due, at=NOON + 800)) is None


def test_after_the_first_answer_the_second_target_counts() -> None:
    warned = transitions.overdue(replace(WAITING, due_at=NOON + 100, resolve_by=NOON + 1000), at=NOON + 80)
    answered = transitions.answered(transitions.claimed(warned, at=NOON + 85, by="anna"), at=NOON + 90, by="anna")
    assert next_look(answered) == NOON + 800


def test_a_look_that_changed_nothing_comes_again_with_the_next_reason_or_in_two_minutes() -> None:
    assert look_again(WAITING, NOON + 500) == NOON + 500 + TELL_EVERY_S
    assert look_again(replace(WAITING, due_at=NOON + 700), NOON + 500) == NOON + 560


def test_a_person_who_writes_again_is_reached_again() -> None:
    gone = transitions.undelivered(WAITING, at=NOON + 1)
    assert transitions.wrote(gone, at=NOON + 2).undelivered is False
