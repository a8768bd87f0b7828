"""What a message means for the person's case: it joins the open one, opens the last one again, or opens a second."""

import pytest
from msgspec.structs import replace

from actions.joining import REOPEN_BY_MESSAGE_S, says
from actions.route import route
from actions.taps import tap
from content.content import Content
from desk.routing import Hands
from road.case import Case, CaseEvent, CaseState, Visibility
from road.outcome import Outcome
from road.session import Remembered
from road.turn import TurnKind
from store.change import events_of
from tests.app.unit.stage import (
    FOCAL,
    NIGHT,
    account,
    case,
    html_of,
    roster,
    said,
    scene,
    sent,
    session,
    tapped,
    understood,
    wrote,
)

PETS = understood(("pets", 0.93))
PERSON = understood(("talk_to_human_operator", 0.95))


def closed(ago_s: float = 60.0, outcome: str = "answered", **more: object) -> Case:
    events = (CaseEvent(at=NIGHT - 999, kind="opened"), CaseEvent(at=NIGHT - ago_s, kind="closed"))
    return case(CaseState.CLOSED, id="OLD234", closed_at=NIGHT - ago_s, outcome=outcome, events=events, **more)


def danger(topic: str) -> object:
    return understood((topic, 0.9), urgent_topic=topic, urgent_confidence=0.97)


# Joining


def test_a_message_joins_the_case_that_somebody_holds(content: Content) -> None:
    held = case(CaseState.ACTIVE, unanswered_since=None)
    (joined,) = route(wrote("and my dog?"), scene(PETS, held), content).cases
    assert (joined.unanswered_since, joined.operator) == (NIGHT, "anna")
    assert route(wrote("hello?"), scene(PETS, joined), content).cases == ()


def test_a_voice_message_joins_it_and_a_button_or_command_does_not(content: Content) -> None:
    held = case(CaseState.ACTIVE, unanswered_since=None)
    assert route(sent(TurnKind.VOICE), scene(None, held), content).cases
    assert route(tapped(tap("m")), scene(None, held), content).cases == ()
    assert route(wrote("/menu"), scene(PETS, held), content).cases == ()


def test_who_blocked_us_is_unreachable_until_they_write_again(content: Content) -> None:
    (gone,) = route(sent(TurnKind.LEFT), scene(None, case(CaseState.ACTIVE)), content).cases
    assert gone.undelivered
    (back,) = route(wrote("i am back"), scene(PETS, gone), content).cases
    assert not back.undelivered


def test_a_message_while_the_claim_happens_is_decided_again_and_left_to_the_operator(content: Content) -> None:
    waiting = case(unanswered_since=None)
    assert said(route(wrote("and my dog?"), scene(PETS, waiting), content))
    after = route(wrote("and my dog?"), scene(PETS, case(CaseState.ACTIVE, unanswered_since=None)), content)
    assert after.replies == ()
    assert after.cases[0].unanswered_since == NIGHT


# Reopening


@pytest.mark.parametrize("locale", ["uk", "hu", "en", "ar"])
def test_a_message_soon_after_the_close_is_answered_and_opens_the_case_again(content: Content, locale: str) -> None:
    reading = understood(("pets", 0.93), locale=locale)
    outcome = route(wrote("собака?"), scene(reading, closed(), session=session(locale), on_duty=True), content)
    (again,) = outcome.cases
    assert (again.id, again.state, again.operator, again.queued_at) == ("OLD234", CaseState.WAITING, "", NIGHT)
    assert content.text("handover.reopened", locale) in html_of(outcome)
    assert len(said(outcome)) == 2


def test_what_is_reopened_has_targets_anew_and_its_numbers_and_votes_begin_again(content: Content) -> None:
    here = scene(PETS, closed(due_at=1.0), session=session(alarmed=("medical_emergency",), pending="vote"))
    outcome = route(wrote("and my dog?"), here, content)
    assert outcome.cases[0].due_at != 1.0
    assert (outcome.session.alarmed, outcome.session.pending) == ((), "")


@pytest.mark.parametrize("topic", ["thanks", "goodbye", "bot_challenge", "change_language", "privacy_and_data"])
def test_thanks_goodbye_and_what_is_said_to_the_bot_open_nothing(content: Content, topic: str) -> None:
    assert route(wrote("danke"), scene(understood((topic, 0.95)), closed()), content).cases == ()


@pytest.mark.parametrize("outcome", ["left_queue", "no_contact"])
def test_who_left_or_was_not_reached_opens_it_only_by_asking(content: Content, outcome: str) -> None:
    assert route(wrote("and my dog?"), scene(PETS, closed(outcome=outcome)), content).cases == ()
    (again,) = route(wrote("a person"), scene(PERSON, closed(outcome=outcome)), content).cases
    assert (again.id, again.state, again.queued_at) == ("OLD234", CaseState.WAITING, NIGHT)


def test_later_a_message_opens_nothing_and_asking_for_a_person_opens_the_same_case(content: Content) -> None:
    late = closed(ago_s=REOPEN_BY_MESSAGE_S + 1)
    assert route(wrote("and my dog?"), scene(PETS, late), content).cases == ()
    (again,) = route(wrote("a person"), scene(PERSON, late), content).cases
    assert again.id == "OLD234"


def test_commands_buttons_edits_and_pictures_open_nothing(content: Content) -> None:
    for turn in (wrote("/menu"), tapped(tap("m")), wrote("my dog", edited=True), sent(TurnKind.PHOTO)):
        assert route(turn, scene(PETS, closed()), content).cases == ()


def test_danger_opens_the_case_again_and_sends_its_numbers_again(content: Content) -> None:
    here = scene(danger("medical_emergency"), closed(), session=session(alarmed=("medical_emergency",)))  # type: ignore[arg-type]
    outcome = route(wrote("he bleeds"), here, content)
    (again,) = outcome.cases
    assert (again.id, again.critical, again.alarm) == ("OLD234", True, True)
    assert "112" in html_of(outcome)
    assert outcome.pages


def test_everybody_off_duty_in_the_middle_is_said_when_a_case_opens_again(content: Content) -> None:
    assert content.text("handover.call_112", "en") in html_of(route(wrote("hm"), scene(PETS, closed()), content))


# Sensitive cases


@pytest.mark.parametrize("locale", ["uk", "hu", "en", "ar"])
def test_a_reopened_sensitive_case_mentions_nothing_of_the_past(content: Content, locale: str) -> None:
    before = closed(sensitive=True, topic="domestic_violence_help", group="safety", safe_word="mint tea")
    reading = understood(("talk_to_human_operator", 0.95), locale=locale)
    outcome = route(wrote("person"), scene(reading, before, session=session(locale)), content)
    (again,) = outcome.cases
    assert again.silent_on_past
    for form in ("full", "now"):
        told = content.answer("domestic_violence_help", locale, form=form, now=NIGHT)  # type: ignore[arg-type]
        assert told is not None
        assert told.title not in html_of(outcome)
    assert content.text("handover.reopened", locale) not in html_of(outcome)


@pytest.mark.parametrize(("text", "said_it"), [
    ("do you have MINT  tea?", True), ("mint tea", True), ("mint", False), ("peppermint tea", False),
    ("mint teas", False),
])  # fmt: skip
def test_the_safe_word_is_heard_whole(content: Content, text: str, said_it: bool) -> None:
    held = case(CaseState.ACTIVE, sensitive=True, safe_word="Mint tea")
    outcome = route(wrote(text), scene(PETS, held), content)
    assert [each.safe_word_said for each in outcome.cases] == ([True] if said_it else [])


def test_no_safe_word_is_never_said() -> None:
    assert not says("", "")
    assert says("а М'ЯТНИЙ чай є?", "м'ятний чай")


# Focal


def leaks(outcome: Outcome, *cases: Case) -> list[object]:
    """What of an outcome reaches somebody who is no focal point."""
    remembered = Remembered(person="p", version=1, session=None, cases=cases)
    events = [event for event in events_of(remembered, outcome) if event.visibility is Visibility.ALL]
    entries = [entry for entry in outcome.entries if entry.visibility is Visibility.ALL]
    return [*events, *entries, *(page for page in outcome.pages if page.group != "focal")]


def test_nothing_of_a_report_about_a_helper_reaches_the_holder_of_the_first_case(content: Content) -> None:
    first = case(CaseState.ACTIVE, unanswered_since=None)
    report = route(wrote("the volunteer wants sex"), scene(danger("aid_worker_abuse"), first), content)  # type: ignore[arg-type]
    (focal,) = report.cases
    assert (focal.visibility, focal.id) == (FOCAL, "NEW234")
    assert leaks(report, first) == []
    for reading in (danger("domestic_violence_help"), danger("aid_worker_abuse"), PETS, PERSON):
        later = route(wrote("he said…"), scene(reading, first, focal, session=report.session), content)  # type: ignore[arg-type]
        assert leaks(later, first, focal) == []
        assert {each.id for each in later.cases} <= {"NEW234"}
    assert leaks(route(tapped(tap("n", "medical_emergency")), scene(None, first, focal), content), first, focal) == []


def test_danger_while_a_report_is_open_raises_it_and_pages_focal_points(content: Content) -> None:
    first, focal = case(), case(id="F", visibility=FOCAL)
    outcome = route(wrote("he beats me"), scene(danger("domestic_violence_help"), first, focal), content)  # type: ignore[arg-type]
    assert [(each.id, each.critical) for each in outcome.cases] == [("F", True)]
    assert [page.group for page in outcome.pages] == ["focal"]
    assert outcome.cases[0].call is not None
    assert outcome.cases[0].call.group == "focal"


def test_the_bot_still_answers_while_a_report_waits_and_somebody_holds_the_first_case(content: Content) -> None:
    first, focal = case(CaseState.ACTIVE), case(id="F", visibility=FOCAL)
    assert said(route(wrote("and my dog?"), scene(PETS, first, focal), content))
    held = replace(focal, state=CaseState.ACTIVE, operator="fatima")
    assert route(wrote("and my dog?"), scene(PETS, first, held), content).replies == ()


def test_leaving_the_queue_leaves_it_whole(content: Content) -> None:
    outcome = route(tapped(tap("q")), scene(None, case(), case(id="F", visibility=FOCAL)), content)
    assert [each.state for each in outcome.cases] == [CaseState.CLOSED] * 2


def test_information_on_one_danger_does_not_end_the_calls_for_another(content: Content) -> None:
    raised = CaseEvent(at=NIGHT, kind="raised", why="aid_worker_abuse")
    focal = case(id="F", visibility=FOCAL, critical=True, events=(raised,))
    assert route(tapped(tap("i", "medical_emergency")), scene(None, focal), content).cases == ()
    assert route(tapped(tap("i", "aid_worker_abuse")), scene(None, focal), content).cases[0].information_only


def test_what_raised_a_case_before_it_was_closed_no_longer_keeps_the_calls_going(content: Content) -> None:
    before = CaseEvent(at=NIGHT - 99, kind="raised", why="suicide_self_harm")
    again = CaseEvent(at=NIGHT - 9, kind="reopened")
    now = CaseEvent(at=NIGHT - 9, kind="raised", why="medical_emergency")
    tap_information = tapped(tap("i", "medical_emergency"))
    both = case(critical=True, events=(before, now))
    assert route(tap_information, scene(None, both), content).cases == ()
    (lowered,) = route(tap_information, scene(None, replace(both, events=(before, again, now))), content).cases
    assert lowered.information_only


def test_a_reopened_case_waits_for_everybody_who_is_there_not_for_who_held_it(content: Content) -> None:
    held_before = closed(operator="bela")
    here = scene(PETS, held_before, roster=roster(account("anna")))
    (again,) = route(wrote("and my dog?"), here, content).cases
    assert again.operator == ""
    assert Hands(here.roster).offers(again, account("anna"), NIGHT)
