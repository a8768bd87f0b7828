"""What is arranged for a person: calls, referrals, and what they are asked for in danger to life."""

import pytest
from msgspec.structs import replace

from actions import call_back, referral, takeover, wishes
from actions.discreet import AT_HAND_S
from actions.route import route
from actions.taps import SHOW, tap
from actions.typed_number import HIDDEN
from content.content import Content
from desk import transitions
from desk.call_back import QUESTIONS, is_due
from road.care import CallBack, Care, Wish
from road.case import Case, CaseState, Ending
from road.errors import NotAllowed
from road.locale import LOCALES
from road.outcome import Outcome
from road.reply import AskFor, Say
from road.session import Remembered
from road.turn import Point, TurnKind
from tests.app.unit.stage import NIGHT, account, buttons_of, case, html_of, scene, sent, session, tapped, wrote

ANNA = account("anna")
HELD = case(CaseState.ACTIVE)
DANGER = case(CaseState.ACTIVE, critical=True, sensitive=True)
NUMBER = "+36201234567"
DONE = Ending(outcome="answered")


def done(deed, of: Case, content: Content, *, locale: str = "en", by=ANNA, **how) -> Outcome:
    remembered = Remembered(person="p", version=1, session=session(locale, at=NIGHT), cases=(of,))
    return deed(remembered, of, by, content, NIGHT, **how)


def refused(deed, of: Case, content: Content, **how) -> str:
    with pytest.raises(NotAllowed) as error:
        done(deed, of, content, **how)
    return error.value.why


# Calls


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_is_asked_in_the_persons_language_with_its_answers(
    content: Content, locale: str, question: str
) -> None:
    outcome = done(call_back.ask, HELD, content, locale=locale, question=question)
    assert html_of(outcome) == content.text(f"care.call.{question}", locale)
    assert buttons_of(*outcome.replies) == [f"1:k:{question}.{answer}" for answer in QUESTIONS[question]]


def test_a_tapped_answer_stands_in_the_case_and_its_buttons_go(content: Content) -> None:
    outcome = route(tapped(tap("k", "safe.no")), scene(None, HELD), content)
    (changed,) = outcome.cases
    assert changed.care.call_back == CallBack(safe="no")
    assert changed.unanswered_since is not None
    assert "DropButtons" in [type(reply).__name__ for reply in outcome.replies]


@pytest.mark.parametrize("argument", ["safe.never", "number.1", "nothing.yes", "safe", "due_at.yes"])
def test_a_tap_of_no_question_changes_nothing(content: Content, argument: str) -> None:
    assert route(tapped(tap("k", argument)), scene(None, HELD), content).cases == ()


def test_a_call_is_agreed_due_and_made(content: Content) -> None:
    call = CallBack(safe="yes", number=NUMBER, due_at=NIGHT + 3600)
    (agreed,) = done(call_back.agree, HELD, content, call=call).cases
    assert [is_due(agreed, NIGHT + after) for after in (3599, 3600)] == [False, True]
    (missed,) = done(call_back.not_reached, agreed, content, again_at=NIGHT + 7200).cases
    assert (missed.care.call_back.outcome, missed.care.call_back.due_at) == ("not_reached", NIGHT + 7200)  # type: ignore[union-attr]
    (made,) = done(call_back.reached, missed, content).cases
    assert (made.care.call_back.outcome, is_due(made, NIGHT + 9999)) == ("done", False)  # type: ignore[union-attr]
    assert [event.why for event in made.events] == ["call_agreed", "not_reached", "called"]


def test_no_time_is_agreed_without_a_number_and_no_answer_made_up(content: Content) -> None:
    assert refused(call_back.agree, HELD, content, call=CallBack(due_at=NIGHT)) == "no_number"
    assert refused(call_back.agree, HELD, content, call=CallBack(safe="perhaps"))
    unsafe = CallBack(safe="no", number=NUMBER, due_at=NIGHT)
    assert refused(call_back.agree, HELD, content, call=unsafe) == "not_safe"


# In danger to life


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("wish", Wish)
def test_the_person_is_asked_in_their_language_with_a_button_and_a_way_to_say_no(
    content: Content, locale: str, wish: Wish
) -> None:
    outcome = done(wishes.ask, DANGER, content, locale=locale, wish=wish)
    (asked,) = (reply for reply in outcome.replies if isinstance(reply, AskFor))
    assert (asked.wish, asked.html) == (wish, content.text(f"care.{wish}.ask", locale))
    assert asked.give != asked.decline
    assert outcome.cases[0].care.wishes == (wish,)


def test_it_is_asked_in_danger_alone_and_once_and_by_the_holder(content: Content) -> None:
    assert refused(wishes.ask, HELD, content, wish=Wish.CONTACT) == "no_danger"
    (asked,) = done(wishes.ask, DANGER, content, wish=Wish.CONTACT).cases
    assert refused(wishes.ask, asked, content, wish=Wish.CONTACT) == "asked_already"
    assert done(wishes.ask, asked, content, wish=Wish.LOCATION).cases[0].care.wishes == tuple(Wish)
    assert refused(wishes.ask, DANGER, content, wish=Wish.CONTACT, by=account("bela")) == "not_yours"


@pytest.mark.parametrize("wish", Wish)
def test_on_a_watched_phone_the_question_waits_behind_show_like_any_message(content: Content, wish: Wish) -> None:
    remembered = Remembered(person="p", version=1, session=session(at=NIGHT - AT_HAND_S - 1), cases=(DANGER,))
    asked = wishes.ask(remembered, DANGER, ANNA, content, NIGHT, wish=wish)
    (line,) = asked.replies
    assert isinstance(line, Say)
    assert line.html == content.text("discreet.waiting", "en")
    shown = route(tapped(tap(SHOW)), scene(None, *asked.cases, session=asked.session), content)
    (question,) = (reply for reply in shown.replies if isinstance(reply, AskFor))
    assert (question.wish, shown.session.held_back) == (wish, ())
    assert all(content.plain(f"care.{wish}.ask", "en") not in entry.text for entry in shown.entries)
    assert asked.session.held_back == (question,)
    held = replace(remembered, session=asked.session, cases=asked.cases)
    closed = takeover.close(held, asked.cases[0], ANNA, content, NIGHT, ending=replace(DONE, consent="refused"))
    assert not any(isinstance(each, AskFor) for each in closed.session.held_back)


GIVEN = {
    Wish.CONTACT: replace(sent(TurnKind.CONTACT), phone=NUMBER),
    Wish.LOCATION: replace(sent(TurnKind.LOCATION), point=Point(47.4979, 19.0402)),
}


@pytest.mark.parametrize("wish", Wish)
def test_what_was_asked_for_is_kept_in_the_case_alone_and_gone_with_its_close(content: Content, wish: Wish) -> None:
    asked = replace(DANGER, care=Care(wishes=(wish,)))
    outcome = route(GIVEN[wish], scene(None, asked), content)
    (kept,) = outcome.cases
    (given,) = kept.care.given
    assert (given.phone, given.lat) == ((NUMBER, None) if wish is Wish.CONTACT else ("", 47.4979))
    assert [reply.ends_wish for reply in outcome.replies if isinstance(reply, Say)] == [True]
    assert all(NUMBER not in entry.text and "47.4" not in entry.text for entry in outcome.entries)
    closed = transitions.closed(kept, at=NIGHT, by="anna", ending=replace(DONE, consent="refused"))
    assert NUMBER not in repr(closed)
    assert "47.4979" not in repr(closed)


@pytest.mark.parametrize("wish", Wish)
def test_what_nobody_asked_for_is_not_kept(content: Content, wish: Wish) -> None:
    for open_case in (DANGER, replace(DANGER, care=Care(wishes=tuple(set(Wish) - {wish})))):
        outcome = route(GIVEN[wish], scene(None, open_case), content)
        assert all(not each.care.given for each in outcome.cases)
        assert NUMBER not in repr(outcome)
        assert "47.4979" not in repr(outcome)


def test_the_number_of_a_call_is_gone_with_the_close_and_with_leaving_the_queue() -> None:
    care = Care(call_back=CallBack(number=NUMBER))
    closed = transitions.closed(replace(HELD, care=care), at=NIGHT, by="anna", ending=DONE)
    left = transitions.left(case(care=care), at=NIGHT)
    assert NUMBER not in repr((closed, left))


@pytest.mark.parametrize(
    ("text", "typed", "left"),
    [
        ("+36 20 123-4567", ["+36 20 123-4567"], HIDDEN),
        ("06201234567, after 14:30 on 22.11.2026", ["06201234567"], f"{HIDDEN}, after 14:30 on 22.11.2026"),
        ("۰۹۱۲۳۴۵۶۷۸۹ یا 0670/123 45 67", ["09123456789", "0670/123 45 67"], f"{HIDDEN} یا {HIDDEN}"),
        ("call 112 at 10, room 1234", [], "call 112 at 10, room 1234"),
    ],
)
def test_a_number_that_is_typed_when_asked_for_stands_in_the_case_alone_and_goes_with_its_close(
    content: Content, text: str, typed: list[str], left: str
) -> None:
    (asked,) = done(call_back.ask, HELD, content, question="number").cases
    outcome = route(wrote(text), scene(None, asked), content)
    assert [entry.text for entry in outcome.entries] == [left]
    kept = next(iter(outcome.cases), asked)
    assert kept.care.call_back is not None
    assert list(kept.care.call_back.typed) == typed
    (agreed,) = done(call_back.agree, kept, content, call=CallBack(number=NUMBER)).cases
    assert agreed.care.call_back.typed == tuple(typed)
    closed = transitions.closed(agreed, at=NIGHT, by="anna", ending=DONE)
    assert not any(number in repr(closed) for number in [NUMBER, *typed])


def test_a_number_that_nobody_asked_for_stands_where_it_was_written(content: Content) -> None:
    (asked,) = done(call_back.ask, HELD, content, question="safe").cases
    outcome = route(wrote(NUMBER), scene(None, asked), content)
    assert [entry.text for entry in outcome.entries] == [NUMBER]
    assert NUMBER not in repr([each.care for each in outcome.cases])


# Referrals


@pytest.mark.parametrize("locale", ["en", "hu", "uk", "ar", "mn"])
def test_who_agrees_to_a_referral_gets_what_was_agreed_in_their_language(content: Content, locale: str) -> None:
    outcome = done(referral.refer, HELD, content, locale=locale, to="line:okit", agreed=True, asked="chat")
    line = content.lines["okit"]
    assert line.named(locale) in html_of(outcome)
    assert content.plain("care.referral", locale, name="").split(":")[0] in html_of(outcome)
    (kept,) = outcome.cases[0].care.referrals
    assert (kept.to, kept.agreed, kept.asked, kept.by) == (line.named("en"), True, "chat", "anna")


def test_several_referrals_are_kept_and_one_that_is_refused_sends_nothing(content: Content) -> None:
    first = done(referral.refer, HELD, content, to="A shelter in Pécs", agreed=False, asked="phone")
    assert first.replies == ()
    second = done(referral.refer, first.cases[0], content, to="Red Cross", agreed=True, asked="in_person")
    kept = second.cases[0].care.referrals
    assert [(each.to, each.agreed) for each in kept] == [("A shelter in Pécs", False), ("Red Cross", True)]


def test_a_referral_says_where_to_and_how_the_person_was_asked(content: Content) -> None:
    assert refused(referral.refer, HELD, content, to="", agreed=True, asked="chat") == "no_referral"
    assert refused(referral.refer, HELD, content, to="x", agreed=True, asked="") == "not_asked"


def test_a_person_can_be_referred_to_every_place_and_line_that_is_shown(content: Content) -> None:
    values = [value for value, _ in referral.choices(content, "hu")]
    assert len(values) >= 5
    for value in values:
        assert html_of(done(referral.refer, HELD, content, to=value, agreed=True, asked="chat"))
