"""What the clock does to a case, rule by rule."""

from typing import Any

import pytest
from msgspec.structs import replace

from actions.keeping import give_back, look
from actions.scene import Scene
from content.content import Content
from desk import transitions
from desk.agenda import DANGER_UNANSWERED_S, NUDGES_S, TELL_EVERY_S
from desk.calls import LADDERS
from road.account import OnDuty, Role, Roster
from road.case import Call, Case, CaseState, Visibility
from road.outcome import Outcome
from tests.app.unit.stage import NIGHT, account, case, html_of, scene, session

ANNA, BELA = account("anna", chat="11"), account("bela", chat="12")
EVA = account("eva", Role.SUPERVISOR, chat="22")
OTTO = account("otto", on_call=True, chat="33")
FANNI = account("fanni", Role.FOCAL, chat="44")
STAFF = Roster(on_duty=(OnDuty(account=ANNA), OnDuty(account=BELA)), others=(EVA, FANNI, OTTO))
DESERTED = Roster(others=(ANNA, BELA, EVA, FANNI, OTTO))


def at(case: Case, after_s: float, roster: Roster = STAFF, **more: Any) -> Scene:
    """A scene so long after night fell."""
    return replace(scene(None, case, roster=roster, **more), now=NIGHT + after_s)


def looked(content: Content, case: Case, after_s: float, roster: Roster = STAFF, **more: Any) -> Outcome | None:
    return look(case, at(case, after_s, roster, **more), content)


def result(outcome: Outcome | None) -> Case:
    assert outcome is not None
    (changed,) = outcome.cases
    return changed


def chats(outcome: Outcome | None) -> list[tuple[str, ...]]:
    return [page.chats for page in outcome.pages] if outcome else []


def calling(group: str, **more: Any) -> Case:
    """A critical case whose first call was made when night fell."""
    raised = case(critical=True, alarm=True, sensitive=True, queued_at=NIGHT, **more)
    return transitions.paged(raised, at=NIGHT, group=group)


def follow(content: Content, case: Case, times: int) -> list[tuple[float, tuple[str, ...]]]:
    """Seconds after the first call, and who was called, as long as nobody takes it."""
    rung = []
    for _ in range(times):
        assert case.call is not None
        if case.call.next_at is None:
            break
        after_s = case.call.next_at - NIGHT
        assert looked(content, case, after_s - 0.1) is None
        outcome = looked(content, case, after_s)
        rung.append((after_s, chats(outcome)[0]))
        case = result(outcome)
    return rung


# Calls


def test_a_critical_case_calls_ever_wider_and_never_stops(content: Content) -> None:
    everybody = ("11", "12", "22", "33")
    assert follow(content, calling("now"), 5) == [
        (60, ("22",)), (120, ("33",)), (240, everybody), (360, everybody), (480, everybody),
    ]  # fmt: skip


def test_a_case_of_page_duty_calls_the_supervisor_once_after_those_on_duty(content: Content) -> None:
    assert follow(content, calling("duty"), 5) == [(300, ("22",))]


def test_a_report_calls_focal_points_alone_again_and_again(content: Content) -> None:
    report = calling("focal", visibility=Visibility.FOCAL)
    assert follow(content, report, 3) == [(300, ("44",)), (600, ("44",)), (900, ("44",))]


def test_nobody_is_called_once_somebody_has_taken_it(content: Content) -> None:
    taken = transitions.seen(calling("now"), at=NIGHT + 5, by="anna")
    assert looked(content, taken, 100_000) is None
    claimed = transitions.claimed(calling("now"), at=NIGHT + 5, by="anna")
    assert looked(content, claimed, 60) is None


def test_a_call_says_nothing_to_the_person(content: Content) -> None:
    outcome = looked(content, calling("now"), 60)
    assert outcome is not None
    assert (outcome.replies, outcome.entries) == ((), ())


# Danger in a conversation


def endangered(**more: Any) -> Case:
    held = case(CaseState.ACTIVE, queued_at=NIGHT - 60, unanswered_since=NIGHT, **more)
    return transitions.raised(held, at=NIGHT, topic="suicide_self_harm")


def test_danger_without_a_human_reply_calls_the_supervisor_after_45_seconds(content: Content) -> None:
    assert looked(content, endangered(), DANGER_UNANSWERED_S - 1) is None
    outcome = looked(content, endangered(), DANGER_UNANSWERED_S)
    assert chats(outcome) == [("22",)]
    reminded = replace(result(outcome), nudged=len(NUDGES_S))
    assert follow(content, reminded, 2) == [(105, ("33",)), (225, ("22", "33"))]


def test_the_operators_answer_ends_the_danger_and_its_calls(content: Content) -> None:
    answered = transitions.answered(endangered(), at=NIGHT + 40, by="anna")
    assert looked(content, answered, 45) is None
    called = result(looked(content, endangered(), 45))
    assert looked(content, transitions.answered(called, at=NIGHT + 50, by="anna"), 9999) is None


def test_danger_while_those_on_duty_are_called_goes_to_the_supervisor_all_the_same(content: Content) -> None:
    both = transitions.paged(endangered(), at=NIGHT, group="now")
    outcome = looked(content, both, 60)
    assert chats(outcome) == [("22",)]
    assert result(outcome).call == Call(
        group="supervisor", since=NIGHT + 60, next_at=NIGHT + 60 + LADDERS["supervisor"].pause_s
    )


def test_danger_in_a_focal_conversation_calls_focal_points_alone(content: Content) -> None:
    assert chats(looked(content, endangered(visibility=Visibility.FOCAL), 45)) == [("44",)]


# A silent holder


def test_a_silent_holder_is_reminded_then_asked_to_hand_over_and_the_person_hears_nothing(content: Content) -> None:
    silent = case(CaseState.ACTIVE, unanswered_since=NIGHT)
    first, second = NUDGES_S
    assert looked(content, silent, first - 1) is None
    once = looked(content, silent, first)
    assert once is not None
    assert (result(once).nudged, result(once).events[-1].kind, once.replies, once.pages) == (1, "nudged", (), ())
    assert looked(content, result(once), second - 1) is None
    twice = result(looked(content, result(once), second))
    assert twice.nudged == 2
    assert looked(content, twice, 99_999) is None


# Targets


def test_a_target_about_to_be_missed_calls_the_supervisors_once(content: Content) -> None:
    due = case(CaseState.ACTIVE, queued_at=NIGHT, unanswered_since=None, due_at=NIGHT + 1000)
    assert looked(content, due, 799) is None
    outcome = looked(content, due, 800)
    assert chats(outcome) == [("22",)]
    assert (result(outcome).overdue_called, result(outcome).call) == (True, None)
    assert looked(content, result(outcome), 5000) is None


# A vanished operator


@pytest.mark.parametrize("critical", [False, True])
def test_a_lost_case_waits_at_its_old_place_and_the_person_hears_nothing(content: Content, critical: bool) -> None:
    held = case(CaseState.ACTIVE, queued_at=NIGHT - 500, critical=critical)
    outcome = give_back(held, at(held, 60, DESERTED), content)
    lost = result(outcome)
    assert outcome is not None
    assert (lost.state, lost.operator, lost.queued_at, lost.alarm) == (CaseState.WAITING, "", NIGHT - 500, critical)
    assert (outcome.replies, outcome.entries) == ((), ())
    assert chats(outcome) == ([("22",)] if critical else [])


def test_the_supervisor_is_called_before_a_critical_case_returns_and_until_somebody_takes_it(content: Content) -> None:
    held = case(CaseState.ACTIVE, critical=True)
    lost = result(give_back(held, at(held, 0, DESERTED), content))
    assert [event.kind for event in lost.events[-2:]] == ["paged", "lost"]
    assert follow(content, lost, 2) == [(60, ("33",)), (180, ("22", "33"))]


def test_the_holders_of_a_lost_focal_case_are_not_named_to_supervisors(content: Content) -> None:
    held = case(CaseState.ACTIVE, critical=True, visibility=Visibility.FOCAL)
    assert chats(give_back(held, at(held, 0, DESERTED), content)) == [("44",)]


def test_a_case_stays_with_an_operator_who_is_there_again_or_has_given_it_back(content: Content) -> None:
    held = case(CaseState.ACTIVE)
    assert give_back(held, at(held, 0), content) is None
    released = transitions.released(held, at=NIGHT, by="anna")
    assert give_back(released, at(released, 0, DESERTED), content) is None


# Place and wait


def waiting(place: int, **more: Any) -> Case:
    """Somebody who was told their place when night fell."""
    return transitions.told(case(queued_at=NIGHT, **more), at=NIGHT, place=place, wait_s=0.0)


def test_who_waits_hears_their_place_in_their_language_when_it_has_changed(content: Content) -> None:
    here = {"ahead": {"K7QF2M": {"all:uk:": 1}}, "session": session("uk")}
    outcome = looked(content, waiting(4, locale="uk"), TELL_EVERY_S, **here)
    assert outcome is not None
    assert content.text("handover.place", "uk", n=2) in html_of(outcome)
    assert (result(outcome).told_place, result(outcome).told_at) == (2, NIGHT + TELL_EVERY_S)
    assert [entry.text for entry in outcome.entries]


@pytest.mark.parametrize("case", [
    waiting(2), waiting(4, sensitive=True), waiting(4, critical=True), waiting(4, undelivered=True),
])  # fmt: skip
def test_no_update_comes_without_news_in_danger_on_a_watched_phone_or_where_none_arrives(
    content: Content, case: Case
) -> None:
    assert looked(content, case, TELL_EVERY_S, ahead={"K7QF2M": {"all:en:": 1}}) is None


def test_no_update_comes_sooner_than_two_minutes_after_the_last(content: Content) -> None:
    assert looked(content, waiting(4), TELL_EVERY_S - 1, ahead={"K7QF2M": {"all:en:": 1}}) is None


def test_in_a_language_that_we_have_no_texts_in_no_update_comes(content: Content) -> None:
    assert looked(content, waiting(4), TELL_EVERY_S, session=session(outside="tr")) is None


def test_when_everybody_goes_off_duty_who_waits_is_told_so_once_with_112(content: Content) -> None:
    outcome = looked(content, waiting(2), TELL_EVERY_S, DESERTED)
    assert outcome is not None
    assert "112" in html_of(outcome)
    assert content.text("handover.place", "en", n=1) not in html_of(outcome)
    assert looked(content, result(outcome), 10 * TELL_EVERY_S, DESERTED) is None
    back = looked(content, result(outcome), 20 * TELL_EVERY_S)
    assert back is not None
    assert content.text("handover.place", "en", n=1) in html_of(back)


# Nobody, and several things at once


@pytest.mark.parametrize("decide", [look, give_back])
def test_of_a_person_who_erased_everything_nothing_is_done(content: Content, decide: Any) -> None:
    held = replace(endangered(), critical=True)
    assert decide(held, at(held, 99, DESERTED, session=None), content) is None


def test_everything_that_is_due_happens_in_one_step(content: Content) -> None:
    both = replace(endangered(), due_at=NIGHT + 100)
    outcome = looked(content, both, 500)
    assert chats(outcome) == [("22",), ("22",)]
    changed = result(outcome)
    assert (changed.nudged, changed.overdue_called, changed.call and changed.call.group) == (1, True, "supervisor")
