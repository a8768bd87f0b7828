"""How a case changes: every allowed change, and every other one refused."""

import pytest
from msgspec.structs import replace

from desk import transitions
from road.case import Case, CaseState, Consent, Ending
from road.errors import NotAllowed

WAITING = transitions.opened(Case(id="K7QF", person="p", state=CaseState.WAITING, opened_at=10.0, locale="uk"))
ACTIVE = transitions.claimed(WAITING, at=20.0, by="anna")
CLOSED = transitions.closed(ACTIVE, at=30.0, by="anna", ending=Ending(outcome="answered"))


def test_a_case_goes_from_waiting_over_active_to_closed() -> None:
    assert [case.state for case in (WAITING, ACTIVE, CLOSED)] == ["waiting", "active", "closed"]
    assert [event.kind for event in CLOSED.events] == ["opened", "claimed", "closed"]
    assert (CLOSED.operator, CLOSED.outcome, CLOSED.closed_at) == ("anna", "answered", 30.0)


def test_a_released_case_waits_at_its_old_place() -> None:
    released = transitions.released(ACTIVE, at=25.0, by="anna")
    assert (released.state, released.operator, released.opened_at) == (CaseState.WAITING, "", WAITING.opened_at)


@pytest.mark.parametrize("case", [ACTIVE, CLOSED])
def test_only_a_waiting_case_can_be_claimed(case: Case) -> None:
    with pytest.raises(NotAllowed):
        transitions.claimed(case, at=40.0, by="bela")


@pytest.mark.parametrize("case", [WAITING, ACTIVE, CLOSED])
def test_only_the_holder_answers_and_closes(case: Case) -> None:
    with pytest.raises(NotAllowed):
        transitions.answered(case, at=40.0, by="bela")
    with pytest.raises(NotAllowed):
        transitions.closed(case, at=40.0, by="bela", ending=Ending(outcome="answered"))


def test_an_unknown_outcome_is_refused() -> None:
    with pytest.raises(NotAllowed, match="no_contact"):
        transitions.closed(ACTIVE, at=40.0, by="anna", ending=Ending(outcome="whatever"))


def test_danger_raises_a_case_and_a_look_ends_its_alarm() -> None:
    raised = transitions.raised(ACTIVE, at=40.0, topic="suicide_self_harm")
    assert (raised.critical, raised.alarm, raised.sensitive, raised.operator) == (True, True, True, "anna")
    seen = transitions.seen(raised, at=41.0, by="bela")
    assert (seen.critical, seen.alarm) == (True, False)


def test_information_only_lowers_a_case_until_danger_comes_again() -> None:
    lowered = transitions.lowered(transitions.raised(WAITING, at=11.0, topic="child_in_danger"), at=12.0)
    assert (lowered.critical, lowered.alarm, lowered.information_only) == (False, False, True)
    again = transitions.raised(lowered, at=13.0, topic="child_in_danger")
    assert (again.critical, again.information_only) == (True, False)


def test_a_person_may_leave_the_queue_but_not_a_conversation() -> None:
    assert transitions.left(WAITING, at=11.0).outcome == "left_queue"
    with pytest.raises(NotAllowed):
        transitions.left(ACTIVE, at=21.0)


def test_a_change_leaves_the_case_before_it_untouched() -> None:
    before = replace(WAITING)
    transitions.claimed(WAITING, at=20.0, by="anna")
    assert before == WAITING


def test_a_message_makes_a_case_unanswered_and_the_person_reachable_again() -> None:
    answered = transitions.answered(transitions.undelivered(ACTIVE, at=21.0), at=22.0, by="anna")
    first = transitions.wrote(answered, at=23.0)
    assert (first.unanswered_since, first.undelivered) == (23.0, False)
    assert transitions.wrote(first, at=24.0).unanswered_since == 23.0


def test_a_suggested_minor_is_confirmed_or_denied_by_staff() -> None:
    suggested = transitions.minor_suggested(WAITING, at=11.0)
    assert (suggested.minor, suggested.minor_suggested) == (False, True)
    confirmed = transitions.marked(suggested, at=12.0, by="anna", minor=True)
    denied = transitions.marked(suggested, at=12.0, by="anna", minor=False)
    assert [(case.minor, case.minor_suggested) for case in (confirmed, denied)] == [(True, False), (False, False)]
    assert [event.why for event in (confirmed.events[-1], denied.events[-1])] == ["minor", "minor"]
    worded = transitions.marked(suggested, at=12.0, by="anna", safe_word="mint")
    assert (worded.safe_word, worded.minor_suggested, worded.events[-1].why) == ("mint", True, "safe_word")


def overruling(reason: str = "a child is in danger") -> Ending:
    return Ending(outcome="referred", referral="child protection", consent=Consent.OVERRULED, reason=reason)


def test_a_referral_without_consent_needs_danger_and_a_reason_which_is_logged() -> None:
    with pytest.raises(NotAllowed) as harmless:
        transitions.closed(ACTIVE, at=40.0, by="anna", ending=overruling())
    minor = transitions.marked(ACTIVE, at=39.0, by="anna", minor=True)
    with pytest.raises(NotAllowed) as unexplained:
        transitions.closed(minor, at=40.0, by="anna", ending=overruling(""))
    assert [error.value.why for error in (harmless, unexplained)] == ["no_danger", "no_reason"]
    closed = transitions.closed(minor, at=40.0, by="anna", ending=overruling())
    assert [(event.kind, event.why) for event in closed.events[-2:]] == [
        ("overruled", "a child is in danger"),
        ("closed", "referred"),
    ]


def test_a_sensitive_case_is_silent_on_its_past_once_reopened_until_the_safe_word() -> None:
    sensitive = replace(CLOSED, sensitive=True, safe_word="mint", safe_word_said=True)
    again = transitions.reopened(sensitive, at=40.0, why="asked", due_at=None, resolve_by=None)
    assert not sensitive.silent_on_past
    assert again.silent_on_past
    assert not transitions.safe_word_said(again, at=41.0).silent_on_past
