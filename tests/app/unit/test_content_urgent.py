"""Urgent phrases: found in any spelling that people use on a phone, and nowhere else."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.urgent import Phrases, fold
from tests.app.fixtures.folder import FOLDER, copy_to, load

DANGER = "emergency_immediate_danger"
PHRASES = load(FOLDER).phrases


@pytest.mark.parametrize(
    "text",
    [
        "help me",
        "please HELP ME now",
        "heeeelp meeee!!!",
        "hélp, mé",
        "ｈｅｌｐ ｍｅ",
        "he\u200blp\u200d me",
        "\u202ehelp me\u202c",
        "help\nme",
        "h\u0336e\u0336l\u0336p me",
        "he wanted to kill me",
        "ДОПОМОЖІТЬ",
        "він б’є мене",
        "він бʼє мене кожен день",
        "він бє мене",
        "hello, how are you? help me",
    ],
)
def test_a_phrase_is_found_however_it_is_written(text: str):
    assert PHRASES.topic_in(text) == DANGER


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "!!!",
        "👍",
        "can you help",
        "helpme",
        "whelp me",
        "help mend it",
        "want to kill men",
        "допоможіт",
        "Zoë",
    ],
)
def test_other_words_are_no_phrase(text: str):
    assert PHRASES.topic_in(text) is None


def test_a_phrase_names_its_topic_and_the_longest_one_decides():
    assert PHRASES.topic_in("help me he touches me") == "helper_misconduct"


def test_a_longer_phrase_wins_over_a_shorter_one_inside_it():
    phrases = Phrases({("my", "son"): "child", ("my", "son", "is", "gone"): "missing", ("gone",): "other"})
    assert phrases.topic_in("my son is gone") == "missing"
    assert phrases.topic_in("my son is") == "child"


def test_a_star_stands_for_any_ending_of_its_word():
    phrases = Phrases({("hurt*", "my*"): "danger"})
    assert phrases.topic_in("he hurting myself") == "danger"
    assert phrases.topic_in("hurt my") == "danger"
    assert phrases.topic_in("hur my") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("کمک", "كمك"),
        ("می\u200cزند", "میزند"),
        ("به", "بہ"),
        ("قُتِلَ", "قتل"),
        ("şerë", "SERE"),
        ("đánh", "danh"),
        ("ёж", "еж"),
    ],
)
def test_spellings_of_different_keyboards_fold_alike(one: str, other: str):
    assert fold(one) == fold(other)


@given(st.text(max_size=60))
def test_a_phrase_is_found_inside_any_text(noise: str):
    assert PHRASES.topic_in(f"{noise} help me {noise}") in (DANGER, "helper_misconduct")


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str):
    assert fold(" ".join(fold(text))) == fold(text)


def test_comments_and_blank_lines_are_no_phrases(tmp_path: Path):
    folder = copy_to(tmp_path)
    (folder / "urgent/en.txt").write_text("# help me\n\n  # want\nflood # = helper_misconduct\n")
    phrases = load(folder).phrases
    assert phrases.topic_in("help me") is None
    assert phrases.topic_in("a flood") == DANGER


def test_a_long_text_is_searched_in_no_time():
    began = time.process_time()
    assert PHRASES.topic_in("help he want he touch " * 4545) is None
    assert time.process_time() - began < 1
