"""The operators' deeds: what the person hears of them, what is held back from a watched phone, and what is refused."""

import pytest
from msgspec.structs import replace

from actions import takeover
from actions.discreet import AT_HAND_S
from actions.route import route
from actions.taps import tap
from content.content import Content
from road.account import Account, OnDuty, Role, Roster
from road.case import Author, Case, CaseEvent, CaseState, Consent, Ending, Visibility
from road.errors import NotAllowed
from road.outcome import Erasure, Outcome
from road.reply import DropButtons, Say
from road.session import Remembered, Session
from tests.app.unit.stage import (
    NIGHT,
    account,
    buttons_of,
    case,
    html_of,
    roster,
    said,
    scene,
    session,
    tapped,
    understood,
    wrote,
)

ANNA = account("anna")
PETS = understood(("pets", 0.93))
DONE = Ending(outcome="answered")
LATER = NIGHT + AT_HAND_S + 1


def remembered(*cases: Case, kept: Session | None = None) -> Remembered:
    return Remembered(person="p", version=1, session=kept or session(at=NIGHT), cases=cases)


def done(deed, of: Case, content: Content, *, at: float = NIGHT, by: Account = ANNA, kept=None, **how) -> Outcome:
    return deed(remembered(of, kept=kept), of, by, content, at, **how)


def refused(deed, of: Case, content: Content, **how) -> str:
    with pytest.raises(NotAllowed) as error:
        done(deed, of, content, **how)
    return error.value.why


HELD = case(CaseState.ACTIVE)
WATCHED = case(CaseState.ACTIVE, sensitive=True, topic="domestic_violence_help")


# What the person hears


@pytest.mark.parametrize("locale", ["uk", "hu", "en", "ar"])
def test_whoever_joins_a_sensitive_case_first_asks_whether_it_is_safe_to_write(content: Content, locale: str) -> None:
    kept = session(locale, at=NIGHT)
    plain = done(takeover.claim, case(), content, kept=kept)
    assert html_of(plain) == content.text("operator.joined", locale)
    watched = done(takeover.claim, case(sensitive=True), content, kept=kept)
    assert html_of(watched) == content.text("operator.joined_safely", locale)


def test_whoever_acknowledges_an_alarm_makes_it_true_that_it_was_seen(content: Content) -> None:
    alarming = case(critical=True, alarm=True)
    first = done(takeover.seen, alarming, content)
    assert html_of(first) == content.text("handover.seen", "en")
    assert done(takeover.seen, first.cases[0], content).replies == ()
    assert done(takeover.seen, replace(HELD, alarm=True), content).replies == ()


def test_a_topic_is_sent_in_the_persons_language_as_the_bot_gives_it(content: Content) -> None:
    outcome = done(takeover.send_topic, HELD, content, kept=session("uk", at=NIGHT), topic="pets")
    by_bot = route(wrote("собака"), scene(understood(("pets", 0.93), locale="uk"), session=session("uk")), content)
    assert html_of(outcome) == html_of(by_bot)
    (entry,) = outcome.entries
    assert (entry.author, entry.by, entry.topic) == (Author.OPERATOR, "anna", "pets")
    assert "<b>" not in entry.text
    assert outcome.cases[0].first_answer_at == NIGHT


def test_a_colleague_gets_a_case_with_a_note_and_the_person_hears_nothing(content: Content) -> None:
    outcome = done(takeover.reassign, HELD, content, to="bela", roster=roster(account("bela")), text="speaks Farsi")
    assert (outcome.cases[0].operator, outcome.capacity, outcome.replies) == ("bela", 5, ())
    assert [(entry.kind, entry.text) for entry in outcome.entries] == [("note", "speaks Farsi")]


# A watched phone


@pytest.mark.parametrize("locale", ["uk", "hu", "en", "ar"])
def test_what_comes_late_in_a_sensitive_case_is_held_back_behind_a_neutral_line(content: Content, locale: str) -> None:
    kept = session(locale, at=NIGHT)
    outcome = done(takeover.answer, WATCHED, content, at=LATER, kept=kept, text="He must leave the flat.")
    assert html_of(outcome) == content.text("discreet.waiting", locale)
    assert buttons_of(*outcome.replies) == ["1:v"]
    assert outcome.session.held_back[0].html == "He must leave the flat."
    assert [entry.text for entry in outcome.entries] == ["He must leave the flat."]


def test_what_comes_at_once_or_in_another_case_is_sent_as_it_is(content: Content) -> None:
    assert html_of(done(takeover.answer, WATCHED, content, at=NIGHT + AT_HAND_S, text="hi")) == "hi"
    assert html_of(done(takeover.answer, HELD, content, at=LATER, text="hi")) == "hi"


def test_one_line_stands_for_all_that_is_held_back_and_show_sends_it_once(content: Content) -> None:
    first = done(takeover.answer, WATCHED, content, at=LATER, text="one")
    second = done(takeover.answer, first.cases[0], content, at=LATER, kept=first.session, text="two")
    assert second.replies == ()
    shown = route(tapped(tap("v")), scene(None, second.cases[0], session=second.session), content)
    assert [say.html for say in said(shown)] == ["one", "two"]
    assert shown.session.held_back == ()
    assert [entry.author for entry in shown.entries] == [Author.PERSON]
    again = route(tapped(tap("v")), scene(None, second.cases[0], session=shown.session), content)
    assert html_of(again) == content.text("discreet.nothing", "en")


def test_who_comes_back_without_tapping_is_offered_it_again(content: Content) -> None:
    here = scene(PETS, WATCHED, session=session(held_back=(Say(html="one"),)))
    assert html_of(route(wrote("hello?"), here, content)) == content.text("discreet.waiting", "en")


def test_hiding_and_erasing_clear_what_is_held_back(content: Content) -> None:
    here = scene(None, session=session(held_back=(Say(html="one"),)))
    for command, erasure in (("/hide", Erasure.HIDE), ("/forget", Erasure.FORGET)):
        outcome = route(wrote(command), here, content)
        assert (outcome.erasure, outcome.session.held_back) == (erasure, ())
        assert "1:v" not in buttons_of(*outcome.replies)


def test_after_a_sensitive_case_the_phone_tells_nobody_what_it_was_about(content: Content) -> None:
    kept = session(at=NIGHT, last_topic="domestic_violence_help")
    outcome = done(takeover.close, WATCHED, content, kept=kept, ending=DONE)
    assert outcome.session.last_topic == ""
    assert html_of(outcome) == content.text("operator.closed", "en")
    later = route(tapped(tap("s", "")), scene(None, session=outcome.session), content)
    assert "iolence" not in html_of(later)


def test_nothing_sensitive_is_sent_before_the_safe_word(content: Content) -> None:
    again = replace(WATCHED, events=(CaseEvent(at=NIGHT, kind="reopened"),))
    assert refused(takeover.send_topic, again, content, topic="domestic_violence_help") == "safe_word_first"
    assert done(takeover.send_topic, again, content, topic="pets").replies
    said_it = replace(again, safe_word_said=True)
    assert done(takeover.send_topic, said_it, content, topic="domestic_violence_help").replies


def test_a_safe_word_is_agreed_and_a_minor_confirmed(content: Content) -> None:
    assert done(takeover.mark, HELD, content, safe_word="  mint \n tea ").cases[0].safe_word == "mint tea"
    assert done(takeover.mark, HELD, content, minor=True).cases[0].minor
    assert refused(takeover.mark, HELD, content, safe_word="a") == "safe_word_length"
    assert done(takeover.mark, replace(HELD, safe_word="mint"), content, safe_word="").cases[0].safe_word == ""


# Feedback


@pytest.mark.parametrize("locale", ["uk", "hu", "en", "ar"])
def test_after_the_close_one_question_is_asked_counted_once_and_words_are_thanked_for(
    content: Content, locale: str
) -> None:
    closing = done(takeover.close, HELD, content, kept=session(locale, at=NIGHT), ending=DONE)
    assert buttons_of(*closing.replies) == ["1:b:helped", "1:b:partly", "1:b:not"]
    ended = closing.cases[0]
    voted = route(tapped(tap("b", "partly")), scene(None, ended, session=closing.session), content)
    assert (voted.vote, voted.session.pending) == ("partly", "feedback")
    assert DropButtons(message_id=40) in voted.replies
    assert html_of(voted) == content.text("feedback.more", locale)
    twice = route(tapped(tap("b", "not")), scene(None, ended, session=voted.session), content)
    assert twice.vote == ""
    reading = understood(("pets", 0.93), locale=locale)
    words = route(wrote("дуже добре"), scene(reading, ended, session=voted.session), content)
    assert html_of(words) == content.text("feedback.taken", locale)
    assert (words.entries[0].kind, words.cases, words.session.pending) == ("feedback", (), "")


def test_danger_a_person_and_commands_are_no_feedback_and_nor_is_what_comes_late(content: Content) -> None:
    ended = case(CaseState.CLOSED, closed_at=NIGHT - 60, outcome="answered")
    kept = session(pending="feedback")
    danger = understood(("medical_emergency", 0.9), urgent_topic="medical_emergency", urgent_confidence=0.9)
    assert route(wrote("he bleeds"), scene(danger, ended, session=kept), content).pages
    person = understood(("talk_to_human_operator", 0.95))
    assert route(wrote("a person"), scene(person, ended, session=kept), content).cases
    for outcome in (
        route(wrote("/menu"), scene(PETS, ended, session=kept), content),
        route(wrote("dog?"), scene(PETS, replace(ended, closed_at=NIGHT - 3601), session=kept), content),
    ):
        assert html_of(outcome) != content.text("feedback.taken", "en")


def test_nobody_is_asked_after_a_sensitive_case_or_when_there_was_no_contact(content: Content) -> None:
    for closing in (
        done(takeover.close, WATCHED, content, ending=DONE),
        done(takeover.close, HELD, content, ending=Ending(outcome="no_contact")),
    ):
        assert buttons_of(*closing.replies) == []
        assert closing.session.pending == ""


@pytest.mark.parametrize("data", ["1:b", "1:b:", "1:b:great", "1:b:helped:x"])
def test_a_forged_vote_is_not_counted(content: Content, data: str) -> None:
    ended = case(CaseState.CLOSED, closed_at=NIGHT - 60)
    assert route(tapped(data), scene(None, ended, session=session(pending="vote")), content).vote == ""


# What is refused, by a word


def test_after_the_close_nothing_is_sent(content: Content) -> None:
    ended = case(CaseState.CLOSED, operator="anna", closed_at=NIGHT)
    assert refused(takeover.answer, ended, content, text="hello?") == "closed"
    assert refused(takeover.send_topic, ended, content, topic="pets") == "closed"
    assert refused(takeover.close, ended, content, ending=DONE) == "closed"


def test_nothing_is_sent_to_who_cannot_be_reached(content: Content) -> None:
    gone = replace(HELD, undelivered=True)
    assert refused(takeover.answer, gone, content, text="hello?") == "unreachable"
    assert done(takeover.close, gone, content, ending=Ending(outcome="no_contact")).cases


def test_a_second_answer_from_another_tab_is_refused(content: Content) -> None:
    first = done(takeover.answer, HELD, content, text="one", unless_after=0.0)
    assert refused(takeover.answer, first.cases[0], content, text="two", unless_after=0.0) == "answered_meanwhile"
    assert done(takeover.answer, first.cases[0], content, text="two", unless_after=NIGHT).replies


def test_another_operators_case_is_not_answered(content: Content) -> None:
    assert refused(takeover.answer, HELD, content, by=account("bela"), text="hello") == "not_yours"


@pytest.mark.parametrize(("topic", "why"), [("no_such_topic", "no_topic"), ("greet", "no_answer")])
def test_a_topic_without_an_answer_is_not_sent(content: Content, topic: str, why: str) -> None:
    assert refused(takeover.send_topic, HELD, content, topic=topic) == why


@pytest.mark.parametrize(
    ("colleague", "focal", "why"),
    [
        (None, False, "not_on_duty"),
        (OnDuty(account=account("bela")), True, "not_visible"),
        (OnDuty(account=account("bela", capacity=1), holds=1), False, "no_room"),
    ],
)
def test_a_case_is_handed_only_to_who_is_there_may_see_it_and_has_room(
    content: Content, colleague: OnDuty | None, focal: bool, why: str
) -> None:
    there = Roster(on_duty=(colleague,) if colleague else ())
    of = replace(HELD, visibility=Visibility.FOCAL) if focal else HELD
    by = account("anna", Role.FOCAL)
    assert refused(takeover.reassign, of, content, by=by, to="bela", roster=there, text="note") == why


def test_only_the_holder_or_a_supervisor_hands_a_case_on(content: Content) -> None:
    how = {"to": "bela", "roster": roster(account("bela")), "text": "note"}
    assert refused(takeover.reassign, HELD, content, by=account("carl"), **how) == "not_yours"
    assert done(takeover.reassign, HELD, content, by=account("sara", Role.SUPERVISOR), **how).cases


def test_only_a_supervisor_refers_without_consent(content: Content) -> None:
    minor = replace(HELD, minor=True)
    ending = Ending(outcome="referred", referral="child protection", consent=Consent.OVERRULED, reason="at risk")
    assert refused(takeover.close, minor, content, ending=ending) == "supervisor_only"
    sara = account("anna", Role.SUPERVISOR)
    assert "overruled" in [e.kind for e in done(takeover.close, minor, content, by=sara, ending=ending).cases[0].events]


def test_who_has_erased_everything_is_told_nothing(content: Content) -> None:
    nobody = Remembered(person="p", version=1, session=None)
    with pytest.raises(NotAllowed) as error:
        takeover.answer(nobody, HELD, ANNA, content, NIGHT, text="hello")
    assert error.value.why == "erased"
