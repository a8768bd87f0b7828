"""Views and variants of a text."""

import random

import pytest

from nlu.box.folding import fold, latin
from nlu.box.pieces import MAX_CHARS, pieces
from nlu.box.scripts import LETTERS_OF, letters_for, script_of
from nlu.box.variants import cropped, in_latin_letters, without_accents
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
    assert fold("Tôi cần giúp đỡ") == "toi can giup đo"


def test_in_latin_view_both_spellings_meet() -> None:
    assert latin("Привет") == latin("privet")
    assert latin("помощь") == "pomoshch'"
    assert latin("ő") == "o"


def test_sentences_are_pieces_and_short_ones_join() -> None:
    assert pieces("Hi. Where is the office? My husband beats me!") == [
        "Hi. Where is the office?",
        "My husband beats me!",
    ]
    assert pieces("one sentence only") == ["one sentence only"]


def test_a_story_without_punctuation_is_divided() -> None:
    story = "and then we went on " * 30

    parts = pieces(story.strip())

    assert len(parts) > 3
    assert all(len(part) <= MAX_CHARS for part in parts)
    assert " ".join(parts) == story.strip()


def test_latin_letters_replace_cyrillic_ones() -> None:
    spelled = {in_latin_letters("що робити, де їжа", "uk", random.Random(seed)) for seed in range(20)}

    assert len(spelled) > 1
    assert all(text.isascii() for text in spelled)
    assert in_latin_letters("hova menjek éjjel", "hu", random.Random(1)) == "hova menjek ejjel"
    assert without_accents("éjjel") == "ejjel"


def test_a_crop_is_a_run_of_at_most_four_words() -> None:
    text = "one two three four five six seven"

    crops = {cropped(text, random.Random(seed)) for seed in range(50)}

    assert all(crop in text and 1 <= len(crop.split()) <= 4 for crop in crops)
    assert cropped("", random.Random(1)) == ""


def test_scripts_are_told_by_most_letters() -> None:
    assert script_of("Привіт, I am") == "CYRILLIC"
    assert script_of("سلام") == "ARABIC"
    assert script_of("12 !") is None


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("مېړه مې ما وهي", "PASHTO"),
        ("شوهرم مرا می‌زند", "ARABIC"),
        ("میرا شوہر مجھے مارتا ہے", "ARABIC"),
        ("मलाई मद्दत चाहिन्छ", "NEPALI"),
        ("घरमा कोही छैन।", "NEPALI"),
        ("पासपोर्ट खोस्यो", "NEPALI"),
        ("क्यों पूछ रहे हो", "DEVANAGARI"),
        ("मुझे मदद चाहिए", "DEVANAGARI"),
        ("अच्छा, कुछ काम है", "DEVANAGARI"),
        ("我需要帮助", "CJK"),
        ("助けてください", "HIRAGANA"),
        ("日本語の書類", "HIRAGANA"),
    ],
)
def test_some_languages_betray_themselves(text: str, script: str) -> None:
    assert script_of(text) == script


def test_telling_letters_are_lower_case_and_found_in_upper_case() -> None:
    assert LETTERS_OF
    assert all(letters == letters.casefold() or language in ("de", "tr") for language, letters in LETTERS_OF.items())
    assert letters_for("ЇЖАК")["uk"] == 1
    assert "ru" not in letters_for("їжак")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_no_view_stumbles(text: str) -> None:
    chance = random.Random(0)
    for view in (fold, latin, prepare, script_of, letters_for, pieces):
        view(text)
    in_latin_letters(text, "uk", chance)
    cropped(text, chance)
    assert len(prepare(text).encode()) <= 801 * 4
