"""Questions with answers to tap: asked by staff, answered by the person, whatever has become of the case meanwhile."""

import pytest

from actions import bridge, interpreting
from actions.discreet import AT_HAND_S
from actions.joining import REOPEN_BY_MESSAGE_S
from actions.route import route
from actions.taps import BRIDGE, tap
from content.content import Content
from desk import transitions
from road.case import Author, CaseState, Consent, Ending
from road.errors import NotAllowed
from road.reply import DropButtons, Lane
from road.session import Remembered
from road.turn import TurnKind
from tests.app.unit.stage import (
    NIGHT,
    account,
    buttons_of,
    case,
    html_of,
    said,
    scene,
    session,
    tapped,
    understood,
    wrote,
)

ANNA = account()
HELD = case(CaseState.ACTIVE, locale="mn")
MONGOLIAN = session("mn", at=NIGHT)


def remembered(kept=MONGOLIAN):
    return Remembered(person="p", version=3, session=kept, cases=(HELD,))


def asked(content: Content, question: str = "safe_now", held=HELD, kept=MONGOLIAN, now=NIGHT, **fields: str):
    return bridge.ask(remembered(kept), held, ANNA, content, now, question=question, fields=fields)


def answers(content: Content, answer: str, *cases, kept=MONGOLIAN, **more):
    return route(tapped(tap(BRIDGE, answer)), scene(None, *cases, session=kept, **more), content)


def test_a_question_goes_out_in_the_persons_language_with_its_answers(content: Content) -> None:
    outcome = asked(content)
    (reply,) = said(outcome)
    wording = content.bridge.wordings["mn"]["safe_now"]
    assert (reply.html, reply.lane) == (wording.html({}), Lane.OPERATOR)
    assert buttons_of(reply) == ["1:w:safe_now:yes", "1:w:safe_now:no", "1:w:safe_now:unsure"]
    (entry,) = outcome.entries
    assert (entry.author, entry.by, entry.own_text, entry.locale) == (Author.OPERATOR, "anna", "ask:safe_now", "mn")
    assert outcome.cases[0].unanswered_since is None


def test_serbian_is_asked_in_the_letters_that_the_person_writes(content: Content) -> None:
    (reply,) = said(asked(content, kept=session("sr", at=NIGHT, script="Latn")))
    assert reply.html == "Da li ste sada na sigurnom?"
    assert reply.buttons[0][0].text == "Da, na sigurnom sam"


def test_what_is_to_be_filled_in_is_asked_for_and_kept_with_the_entry(content: Content) -> None:
    outcome = asked(content, "pass_on", service="Menedék <1>")
    assert "Menedék &lt;1&gt;" in html_of(outcome)
    assert outcome.entries[0].fields == {"service": "Menedék <1>"}
    for fields, why in (({}, "field_missing"), ({"service": "x" * 121}, "field_length")):
        with pytest.raises(NotAllowed) as refused:
            asked(content, "pass_on", **fields)
        assert refused.value.why == why


def test_who_does_not_hold_the_case_asks_nothing(content: Content) -> None:
    for held in (case(CaseState.WAITING), case(CaseState.ACTIVE, operator="bela")):
        with pytest.raises(NotAllowed):
            asked(content, held=held)
    with pytest.raises(NotAllowed) as refused:
        asked(content, "no_such_question")
    assert refused.value.why == "no_question"


def test_before_the_safe_word_only_harmless_questions_are_asked(content: Content) -> None:
    closed = transitions.closed(
        case(CaseState.ACTIVE, sensitive=True), at=NIGHT, by="anna", ending=Ending(outcome="answered")
    )
    again = transitions.reopened(closed, at=NIGHT, why="wrote", due_at=None, resolve_by=None)
    silent = transitions.claimed(again, at=NIGHT, by="anna")
    with pytest.raises(NotAllowed) as refused:
        asked(content, "person_near", held=silent)
    assert refused.value.why == "safe_word_first"
    assert said(asked(content, "write_safely", held=silent))


def test_on_a_watched_phone_the_question_waits_with_its_buttons(content: Content) -> None:
    watched = case(CaseState.ACTIVE, sensitive=True)
    late = asked(content, held=watched, kept=session("en", at=NIGHT), now=NIGHT + AT_HAND_S + 1)
    assert buttons_of(*late.replies) == ["1:v"]
    shown = route(tapped(tap("v")), scene(None, late.cases[0], session=late.session), content)
    assert buttons_of(*shown.replies) == ["1:w:safe_now:yes", "1:w:safe_now:no", "1:w:safe_now:unsure"]


def test_an_answer_joins_the_case_and_stands_in_the_transcript_as_it_was_given(content: Content) -> None:
    outcome = answers(content, "where:border", asked(content, "where").cases[0])
    text = content.bridge.wordings["mn"]["where"].answers["border"]
    assert outcome.replies[0] == DropButtons(message_id=40)
    assert text in html_of(outcome)
    person, *_ = outcome.entries
    assert (person.author, person.kind, person.text) == (Author.PERSON, TurnKind.BUTTON, text)
    assert (person.own_text, person.locale, person.urgent) == ("tap:where:border", "mn", False)
    assert outcome.cases[0].unanswered_since == NIGHT
    assert not outcome.cases[0].critical


def test_an_answer_in_the_persons_own_words_is_asked_for(content: Content) -> None:
    outcome = answers(content, "where:words", HELD)
    assert html_of(outcome) == content.text(
        "bridge.words", "mn", answer=content.bridge.wordings["mn"]["where"].answers["words"]
    )


@pytest.mark.parametrize("answer", ["safe_now:no", "injured:child", "help_now:ambulance", "sleep_tonight:no"])
def test_an_answer_that_means_danger_raises_the_case_and_gives_the_numbers(content: Content, answer: str) -> None:
    outcome = answers(content, answer, HELD)
    (raised,) = outcome.cases
    question, _, word = answer.partition(":")
    assert raised.critical
    assert raised.alarm
    assert raised.topic == content.bridge.questions[question].urgent[word]
    numbers = next(say for say in said(outcome) if say.lane is Lane.URGENT)
    assert numbers.html.startswith(content.answer(raised.topic, "mn", form="now", now=NIGHT).html)  # type: ignore[union-attr]
    assert outcome.entries[0].urgent


def test_the_numbers_come_once_but_a_second_answer_still_raises(content: Content) -> None:
    first = answers(content, "safe_now:no", HELD)
    seen = transitions.seen(first.cases[0], at=NIGHT, by="anna")
    second = answers(content, "safe_now:no", seen, kept=first.session)
    assert second.cases[0].alarm
    assert [say.lane for say in said(second)] == [Lane.ANSWER]


def test_who_says_that_they_are_under_18_is_marked_and_told_what_it_means(content: Content) -> None:
    outcome = answers(content, "under_18:yes", HELD)
    assert outcome.cases[0].minor_suggested
    assert outcome.session.minor
    assert content.text("minor.note", "mn") in html_of(outcome)
    assert not answers(content, "under_18:no", HELD).session.minor


def closed_case(at: float = NIGHT - 60, outcome: str = "answered"):
    return case(CaseState.CLOSED, locale="mn", closed_at=at, outcome=outcome, claimed_at=NIGHT - 200)


def test_an_answer_soon_after_the_close_opens_the_case_again(content: Content) -> None:
    outcome = answers(content, "where:border", closed_case())
    assert outcome.cases[0].state is CaseState.WAITING
    assert outcome.cases[0].unanswered_since == NIGHT
    assert content.text("handover.reopened", "mn") in html_of(outcome)


@pytest.mark.parametrize(
    "closed", [closed_case(NIGHT - REOPEN_BY_MESSAGE_S - 1), closed_case(outcome="no_contact"), None]
)
def test_a_late_answer_is_taken_and_a_person_is_one_tap_away(content: Content, closed) -> None:
    outcome = answers(content, "where:border", *([closed] if closed else []))
    assert outcome.cases == ()
    assert buttons_of(*outcome.replies) == ["1:m", "1:p"]


def test_danger_after_the_close_opens_the_case_whenever_it_is_told(content: Content) -> None:
    outcome = answers(content, "injured:me", closed_case(NIGHT - 10 * REOPEN_BY_MESSAGE_S))
    assert outcome.cases[0].critical
    assert outcome.cases[0].state is CaseState.WAITING


def test_an_answer_to_a_case_that_a_colleague_has_claimed_reaches_the_colleague(content: Content) -> None:
    outcome = answers(content, "where:border", case(CaseState.ACTIVE, operator="bela", unanswered_since=None))
    assert (outcome.cases[0].operator, outcome.cases[0].unanswered_since) == ("bela", NIGHT)


def test_a_button_of_a_question_that_is_asked_no_longer_leads_to_the_menu(content: Content) -> None:
    for data in ("gone:yes", "safe_now:gone", "safe_now", ""):
        outcome = answers(content, data, HELD)
        assert content.text("tap.outdated", "mn") in html_of(outcome)
        assert outcome.entries[0].own_text == ""


def test_who_writes_instead_of_tapping_is_read_as_ever(content: Content) -> None:
    outcome = route(wrote("хил дээр"), scene(understood(), HELD, session=MONGOLIAN), content)
    assert outcome.entries[0].text == "хил дээр"
    assert outcome.cases == () or outcome.cases[0].operator == "anna"


def test_the_three_likeliest_topics_stand_with_the_persons_message(content: Content) -> None:
    heard = understood(
        ("tp_how_to_apply", 0.5), ("tp_eligibility", 0.2), ("legal_aid", 0.1), ("thanks", 0.05), locale="mn"
    )
    entry = route(wrote("x y"), scene(heard, HELD, session=MONGOLIAN), content).entries[0]
    assert [candidate.topic for candidate in entry.ranking] == ["tp_how_to_apply", "tp_eligibility", "legal_aid"]
    assert (entry.locale, entry.locale_confidence) == ("mn", 0.95)


# Prepared texts


def prepared(content: Content, text: str, /, **fields: str):
    return bridge.send_prepared(remembered(), HELD, ANNA, content, NIGHT, name=text, fields=fields)


def test_a_prepared_text_goes_out_with_the_lines_number(content: Content) -> None:
    outcome = prepared(content, "call_112")
    assert "112" in html_of(outcome)
    assert (outcome.entries[0].own_text, outcome.entries[0].locale) == ("prepared:call_112", "mn")
    assert "Anna K." in html_of(prepared(content, "greeting", name=" Anna  K. "))


def test_a_prepared_text_is_not_sent_half_filled_in(content: Content) -> None:
    for name, why in (("greeting", "field_missing"), ("no_such_text", "no_text")):
        with pytest.raises(NotAllowed) as refused:
            prepared(content, name)
        assert refused.value.why == why


# Interpreters


def wish(content: Content, held=HELD, locale: str = "mn", purpose: str = "police", time: str = "14:00"):
    return interpreting.ask_for_interpreter(
        remembered(), held, ANNA, content, NIGHT, locale=locale, purpose=purpose, time=time
    )


def test_an_interpreter_is_asked_for_and_the_person_is_told(content: Content) -> None:
    outcome = wish(content)
    (asked_case,) = outcome.cases
    assert asked_case.interpreter is not None
    assert (asked_case.interpreter.purpose, asked_case.interpreter.time) == ("police", "14:00")
    assert html_of(outcome) == content.text("interpreter.asked", "mn", language="монгол")
    assert asked_case.events[-1].kind == "interpreter_asked"


def test_a_wish_ends_when_one_is_found_or_withdrawn_by_whoever_may_see_the_case(content: Content) -> None:
    bela = account("bela")
    wanted = wish(content).cases[0]
    for deed, key in (
        (interpreting.interpreter_found, "interpreter.found"),
        (interpreting.withdraw_interpreter, "interpreter.withdrawn"),
    ):
        outcome = deed(remembered(), wanted, bela, content, NIGHT)
        assert outcome.cases[0].interpreter is None
        assert html_of(outcome) == content.text(key, "mn")
        with pytest.raises(NotAllowed):
            deed(remembered(), outcome.cases[0], bela, content, NIGHT)


@pytest.mark.parametrize(
    ("fault", "why"),
    [({"locale": "xx"}, "no_language"), ({"purpose": "party"}, "no_purpose"), ({"time": "x" * 81}, "field_length")],
)
def test_a_faulty_wish_is_refused(content: Content, fault: dict[str, str], why: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        wish(content, **fault)
    assert refused.value.why == why


def test_only_the_holder_asks_for_an_interpreter_and_a_reopened_case_has_none(content: Content) -> None:
    with pytest.raises(NotAllowed):
        wish(content, held=case(CaseState.ACTIVE, operator="bela"))
    wanted = wish(content).cases[0]
    closed = transitions.closed(wanted, at=NIGHT, by="anna", ending=Ending(outcome="answered", consent=Consent.REFUSED))
    again = transitions.reopened(closed, at=NIGHT, why="wrote", due_at=None, resolve_by=None)
    assert again.interpreter is None
