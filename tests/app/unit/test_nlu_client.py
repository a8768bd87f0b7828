"""The client's pure parts: the prepared text, the breaker, and hints about the language."""

import pytest

from nlu.breaker import Breaker
from nlu.hints import likeliest_locale
from nlu.message import HEAD_CHARS, TAIL_CHARS, prepare
from road.understanding import Hints


@pytest.mark.parametrize(
    ("text", "prepared"),
    [
        ("", ""),
        (" \n\t ", ""),
        ("/", ""),
        (" // /", ""),
        ("/start", "start"),
        ("／greet", "greet"),
        ("\u200b/greet", "greet"),
        ('/inform{"name": "x"}', 'inform{"name": "x"}'),
        ("по\u200bмо\u00adжіть\u202e!", "поможіть!"),
        ("\ud83d help \udc00", "help"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("می\u200cروم", "می روم"),
        ("ｈｅｌｐ", "help"),
        ("one\r\n\r\ntwo", "one two"),
    ],
)
def test_a_text_travels_clean_and_is_never_a_command(text: str, prepared: str) -> None:
    assert prepare(text) == prepared


def test_of_a_long_text_beginning_and_end_travel() -> None:
    prepared = prepare("a" * 50_000 + "b" * 50_000)

    assert prepared == "a" * HEAD_CHARS + " " + "b" * TAIL_CHARS


def test_preparing_twice_changes_nothing() -> None:
    text = "/ /" + "щ\u200bо " * 2_000 + "/"

    assert prepare(prepare(text)) == prepare(text)


def test_the_breaker_opens_after_failures_in_a_row_and_tries_again_after_a_pause() -> None:
    now = [0.0]
    breaker = Breaker(lambda: now[0], failures=2, pause_s=5.0)

    breaker.failed()
    assert breaker.admits()
    breaker.failed()
    assert not breaker.admits()
    now[0] = 5.0
    assert [breaker.admits(), breaker.admits()] == [True, False]
    now[0] = 10.0
    assert breaker.admits()
    breaker.succeeded()
    assert breaker.admits()


def test_a_failure_between_successes_does_not_open_the_breaker() -> None:
    breaker = Breaker(lambda: 0.0, failures=2)

    for _ in range(5):
        breaker.failed()
        breaker.succeeded()

    assert breaker.admits()


def test_without_hints_the_letters_decide() -> None:
    assert likeliest_locale({"uk": 0.9, "ru": 0.1}, Hints()) == ("uk", pytest.approx(0.9))


def test_nothing_known_is_said_to_be_nothing() -> None:
    assert likeliest_locale({"und": 1.0}, Hints()) == ("und", 0.0)
    assert likeliest_locale({}, Hints(client_locale="fi")) == ("und", 0.0)


def test_an_app_in_a_language_with_a_card_speaks_for_that_language() -> None:
    scores = {"de": 0.5, "en": 0.5}
    assert likeliest_locale(scores, Hints(client_locale="de-AT"))[0] == "de"
    assert likeliest_locale(scores, Hints(client_locale="en"))[0] == "en"


def test_a_text_without_letters_leaves_the_hints() -> None:
    assert likeliest_locale({"und": 1.0}, Hints(client_locale="uk-UA")) == ("uk", pytest.approx(0.4))
    locale, confidence = likeliest_locale({}, Hints(chosen_locale="fa", client_locale="en"))
    assert (locale, confidence) == ("fa", pytest.approx(0.8))


def test_the_app_language_decides_where_the_letters_do_not() -> None:
    scores = {"ru": 0.6, "uk": 0.4}

    assert likeliest_locale(scores, Hints(client_locale="uk"))[0] == "uk"
    assert likeliest_locale(scores, Hints(client_locale="en"))[0] == "ru"


def test_the_app_language_does_not_outweigh_a_clear_text() -> None:
    locale, confidence = likeliest_locale({"hu": 0.99, "en": 0.01}, Hints(client_locale="en"))

    assert locale == "hu"
    assert 0.7 < confidence < 0.99


def test_a_choice_outweighs_all_but_a_clear_other_language() -> None:
    chosen = Hints(chosen_locale="uk", client_locale="uk", earlier_locale="uk")

    assert likeliest_locale({"ru": 0.95, "uk": 0.05}, chosen)[0] == "uk"
    assert likeliest_locale({"hu": 0.999, "en": 0.001}, chosen)[0] == "hu"


def test_a_language_outside_the_hotline_is_named_by_its_code() -> None:
    assert likeliest_locale({"de": 0.95, "en": 0.05}, Hints(client_locale="de-AT"))[0] == "de"


@pytest.mark.parametrize(
    ("scores", "found"),
    [
        ({"ms": 0.32, "ur": 0.25}, "ur"),
        ({"ms": 0.32, "ur": 0.10}, "ms"),
        ({"de": 0.75, "en": 0.25}, "de"),
        ({"ms": 0.32, "tl": 0.30}, "ms"),
    ],
    ids=["nearly as likely", "much less likely", "sure", "none of ours"],
)
def test_an_unsure_language_that_is_not_ours_gives_way_to_one_that_is(scores: dict[str, float], found: str) -> None:
    assert likeliest_locale(scores, Hints())[0] == found
