"""Urgent phrases: found in any spelling that people use on a phone, and nowhere else."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.content import Content
from content.proof import Proof
from content.urgent import Phrases, fold, read_phrases
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


def phrases(lines: str) -> Phrases:
    proof = Proof()
    found = {words: topic for _, words, topic in read_phrases(lines, proof.sheet("urgent/en.txt"), {DANGER})}
    assert not proof.faults()
    return Phrases(found)


@pytest.mark.parametrize("text", ["help", "Help!!", "  HELP  ", "help…"])
def test_a_phrase_between_beginning_and_end_is_the_whole_message(text: str) -> None:
    assert phrases("^ help $").topic_in(text) == DANGER


@pytest.mark.parametrize("text", ["help me find work", "can you help", "^ help me $", ""])
def test_and_no_part_of_one(text: str) -> None:
    assert phrases("^ help $").topic_in(text) is None


def test_a_beginning_or_an_end_alone_is_held_to_as_well() -> None:
    known = phrases("^ help now\nnow help $")
    assert [bool(known.topic_in(text)) for text in ("help now please", "please help now")] == [True, False]
    assert [bool(known.topic_in(text)) for text in ("please now help", "now help please")] == [True, False]


@pytest.mark.parametrize("line", ["help ^", "$ help", "a ^ help", "^ $", "^"])
def test_a_beginning_or_an_end_elsewhere_is_a_fault(line: str) -> None:
    proof = Proof()
    assert list(read_phrases(line, proof.sheet("urgent/en.txt"), {DANGER})) == []
    assert len(proof.faults()) == 1


CRIES = {
    "uk": "Допоможіть!", "hu": "Segítség", "en": "help", "ru": "помогите", "sq": "ndihme", "ar": "ساعدوني",
    "fr": "au secours", "fa": "کمک", "sr": "pomoć", "es": "ayúdenme", "vi": "cứu tôi", "ur": "مدد", "mn": "туслаарай",
}  # fmt: skip


@pytest.mark.parametrize("locale", CRIES)
def test_a_cry_for_help_and_nothing_else_is_known_in_every_language(content: Content, locale: str) -> None:
    assert set(CRIES) == set(content.languages)
    assert content.urgent_phrase(CRIES[locale]) == DANGER
