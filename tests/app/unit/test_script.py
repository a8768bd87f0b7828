"""Serbian in two alphabets: whoever writes Latin letters reads Latin letters."""

import re

import pytest

from actions import takeover
from actions.route import route
from actions.script import script_for, written
from content.content import Content
from road.account import Account, Role
from road.case import CaseState
from road.session import Remembered
from road.understanding import UNAVAILABLE
from tests.app.unit.stage import NIGHT, case, html_of, scene, session, understood, wrote

CYRILLIC = re.compile("[\u0400-\u04ff]")
ANNA = Account(name="anna", role=Role.OPERATOR, password_hash="")
READING = understood(("tp_how_to_apply", 0.93), locale="sr")


def test_latin_letters_are_answered_in_latin_letters_buttons_too(content: Content) -> None:
    outcome = route(wrote("gde da podnesem zahtev za zaštitu"), scene(READING), content)
    labels = [button.text for reply in outcome.replies for row in reply.buttons for button in row]
    assert "zaštitu" in html_of(outcome)
    assert not CYRILLIC.search(html_of(outcome) + "".join(labels))


def test_cyrillic_letters_are_answered_in_cyrillic_letters(content: Content) -> None:
    assert CYRILLIC.search(html_of(route(wrote("где да поднесем захтев"), scene(READING), content)))


def test_a_tap_and_a_command_keep_the_letters_of_before(content: Content) -> None:
    latin = session("sr", script="Latn")
    assert script_for(wrote("/menu"), latin) == "Latn"
    assert not CYRILLIC.search(html_of(route(wrote("/menu"), scene(UNAVAILABLE, session=latin), content)))


@pytest.mark.parametrize(("app", "script"), [("hr", "Latn"), ("bs-BA", "Latn"), ("sr-Latn-RS", "Latn"), ("sr", "")])
def test_an_app_in_latin_letters_is_a_first_hint(app: str, script: str) -> None:
    assert script_for(wrote("/start", client_locale=app), session("")) == script


def test_what_an_operators_deed_says_is_in_the_persons_letters(content: Content) -> None:
    remembered = Remembered(person="p", version=1, session=session("sr", script="Latn"))
    outcome = takeover.claim(remembered, case(CaseState.WAITING), ANNA, content, NIGHT)
    assert html_of(outcome)
    assert not CYRILLIC.search(html_of(outcome))


def test_links_and_other_languages_stay_as_they_are() -> None:
    latin = session("sr", script="Latn")
    assert written('<a href="https://oif.gov.hu/">Сајт OIF</a>', latin) == '<a href="https://oif.gov.hu/">Sajt OIF</a>'
    assert written("Сайт", session("ru", script="Latn")) == "Сайт"
