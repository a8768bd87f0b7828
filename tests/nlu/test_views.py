"""Views and variants of a text."""

import random

import pytest

from nlu.box.folding import fold, latin
from nlu.box.scripts import LETTERS_OF, letters_for, script_of
from nlu.box.variants import cropped, in_latin_letters
from nlu.message import prepare

HOSTILE = {
    "empty": "",
    "space": " ",
    "nul": "\0",
    "surrogate": "\ud800",
    "surrogate and text": "\udfff abc",
    "invisible": "\u202e\u200b",
    "emoji": "🙏🏽👨‍👩‍👧‍👦",
    "markup": "%s %d {0} [x](y) <b>",
    "slash": "/greet",
    "one letter": "a" * 100_000,
    "one word": "я " * 50_000,
    "marks": "\u0301" * 5_000,
    "ligatures": "﷽" * 1_000,
    "characters": "難民" * 1_000,
    "digits": "1 2 3",
    "punctuation": "؟!。…",
}


def test_folding_loses_case_accents_and_drawn_out_letters_but_no_letter() -> None:
    assert fold("Segítség ŐRÜLT Ёлка МІЙ їжак йод") == "segitseg orult елка мій їжак йод"
    assert fold("helppppp") == "helpp"
    assert fold("Tôi cần giúp đỡ") == "toi can giup do"


@pytest.mark.parametrize(
    ("one", "other"), [("کمک می‌خواهم", "كمك مي‌خواهم"), ("أُريدُ مُســاعدة", "اريد مساعده"), ("مجھے مدد", "مجهے مدد")]
)
def test_folding_makes_one_of_the_letters_of_arabic_keyboards(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_in_latin_view_both_spellings_meet() -> None:
    assert latin("Привет") == latin("privet")
    assert latin("помощь") == "pomoshch'"
    assert latin("ő") == "o"


def test_telling_letters_are_lower_case_and_found_in_upper_case() -> None:
    assert LETTERS_OF
    assert all(letters == letters.casefold() or language in ("de", "tr") for language, letters in LETTERS_OF.items())
    assert letters_for("ЇЖАК")["uk"] == 1
    assert "ru" not in letters_for("їжак")


def test_a_digit_inside_a_latin_word_speaks_for_arabic() -> None:
    assert letters_for("3ayez 7elo a7san")["ar"] == 3
    assert letters_for("ps4, 3 pm, covid19, 12b")["ar"] == 0


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_no_view_stumbles(text: str) -> None:
    chance = random.Random(0)
    for view in (fold, latin, prepare, script_of, letters_for):
        view(text)
    in_latin_letters(text, "uk", chance)
    cropped(text, chance)
    assert len(prepare(text).encode()) <= 801 * 4
