"""Languages outside the thirteen: a card, numbers and a person, in that language."""

import pytest

from actions.route import route
from actions.taps import tap
from content.content import Content
from road.case import CaseState
from road.locale import LOCALES, OUTSIDE
from road.reply import Lane
from road.understanding import Understanding
from tests.app.unit.stage import buttons_of, case, said, scene, session, tapped, understood, wrote

GERMAN = "ich brauche einen Pass für meinen Hund"


def reading(language: str = "de", sure: float = 0.95, **more: object) -> Understanding:
    return understood(("pets", 0.9), locale=language, sure=sure, **more)


@pytest.mark.parametrize("language", OUTSIDE)
def test_a_message_gets_a_card_in_its_own_language(content: Content, language: str) -> None:
    (say,) = said(route(wrote("…a…"), scene(reading(language), session=None), content))
    card = content.cards[language]
    assert say.locale == language
    assert "112" in say.html
    assert say.html.startswith(content.card_html(language, "cannot_answer", now=0.0))
    assert [row[0].text for row in say.buttons[:2]] == [card.urgent, card.person]
    assert buttons_of(say) == ["1:u", "1:p", *(f"1:l:{locale}" for locale in LOCALES)]


def test_danger_gets_the_topics_numbers_in_that_language_and_a_case_that_names_it(content: Content) -> None:
    outcome = route(wrote("mein Mann schlägt mich"), scene(reading()), content)
    (say,) = said(outcome)
    assert (say.locale, say.lane) == ("de", Lane.URGENT)
    assert "Rufen Sie sofort an" in say.html
    assert "112" in say.html
    assert "06 80 20 55 20" in say.html
    assert "Wir haben einen Menschen gebeten" in say.html
    assert "1:n:domestic_violence_help" in buttons_of(say)
    (opened,) = outcome.cases
    assert (opened.critical, opened.locale, opened.topic) == (True, "de", "domestic_violence_help")
    assert outcome.pages


def test_the_cards_buttons_are_answered_in_its_language(content: Content) -> None:
    here = route(wrote(GERMAN), scene(reading(), session=None), content).session
    assert (here.outside, here.locale) == ("de", "en")
    help_, person = (route(tapped(tap(verb)), scene(None, session=here), content) for verb in ("u", "p"))
    assert {say.locale for outcome in (help_, person) for say in said(outcome)} == {"de"}
    assert "Wir haben einen Menschen gebeten" in said(person)[0].html
    assert person.cases[0].state is CaseState.WAITING


def test_the_same_language_once_more_needs_less_certainty(content: Content) -> None:
    doubtful = scene(reading(sure=0.5), session=session("en", outside="de"))
    (say,) = said(route(wrote("Hund"), doubtful, content))
    assert say.locale == "de"


def test_a_doubtful_language_outside_is_answered_in_a_locale_and_asked_about(content: Content) -> None:
    outcome = route(wrote("Hund"), scene(reading(sure=0.5), session=None), content)
    assert {say.locale for say in said(outcome)} == {"en"}
    assert "1:l:uk" in buttons_of(*outcome.replies)


def test_another_language_or_a_choice_ends_it(content: Content) -> None:
    german = session("en", outside="de")
    written = route(wrote("собака"), scene(reading("uk"), session=german), content)
    chosen = route(tapped(tap("l", "fa")), scene(None, session=german), content)
    assert (written.session.locale, written.session.outside) == ("uk", "")
    assert (chosen.session.locale, chosen.session.outside) == ("fa", "")
    later = route(wrote(GERMAN), scene(reading(), session=chosen.session), content)
    assert {say.locale for say in said(later)} == {"fa"}


def test_an_operator_who_has_the_chat_is_not_interrupted_by_the_card(content: Content) -> None:
    assert route(wrote(GERMAN), scene(reading(), case(CaseState.ACTIVE)), content).replies == ()
