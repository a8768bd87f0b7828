"""Right-to-left texts, as Telegram shows them: by each line's first strong character, with foreign runs isolated."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.content import Content
from content.direction import END_ISOLATE, ISOLATE, RIGHT_TO_LEFT_MARK, as_name, directed, isolate_runs
from content.markup import to_plain
from tests.app.fixtures.folder import FOLDER, SUNDAY_NIGHT, load


@pytest.fixture(scope="module")
def small() -> Content:
    return load(FOLDER)


def first_strong(line: str) -> str:
    return next((k for c in line if (k := unicodedata.bidirectional(c)) in ("L", "R", "AL")), "")


def outside_isolates(line: str) -> str:
    outer = re.sub(f"{ISOLATE}[^{ISOLATE}{END_ISOLATE}]*{END_ISOLATE}", "", line)
    return line if outer == line else outside_isolates(outer)


def assert_reads_right_to_left(text: str) -> None:
    for line in filter(str.strip, text.splitlines()):
        assert first_strong(line) in ("R", "AL"), line
        assert not re.search(r"[A-Za-z0-9]", re.sub(r"^\s*\d+\. ", "", outside_isolates(line))), line


def test_every_line_of_an_arabic_answer_reads_right_to_left(small: Content):
    answer = small.answer("card_renewal", "ar", now=SUNDAY_NIGHT)
    assert answer
    assert answer.shown_locale == "ar"
    assert_reads_right_to_left(to_plain(answer.html))


def test_a_hungarian_name_at_a_lines_beginning_does_not_turn_it(small: Content):
    assert directed("Kormányablak مكتب", "ar") == f"{RIGHT_TO_LEFT_MARK}{ISOLATE}Kormányablak{END_ISOLATE} مكتب"


def test_a_telephone_number_is_one_run():
    assert isolate_runs("اتصل: +36 80 205 520 الآن") == f"اتصل: {ISOLATE}+36 80 205 520{END_ISOLATE} الآن"


def test_a_sentence_to_read_aloud_keeps_its_full_stop_and_its_quotation_marks():
    sentence = "«Tolmácsot kérek. Ügyvédet kérek.»"
    assert isolate_runs(f"اقرأ: {sentence} معناه") == f"اقرأ: {ISOLATE}{sentence}{END_ISOLATE} معناه"


def test_a_hashtag_keeps_its_sign():
    assert isolate_runs("وسم #MigrantHeroes") == f"وسم {ISOLATE}#MigrantHeroes{END_ISOLATE}"


def test_english_shown_to_an_arabic_reader_stays_left_to_right(small: Content):
    answer = small.answer("avrr_info", "ar", now=SUNDAY_NIGHT)
    assert answer
    assert answer.shown_locale == "en"
    assert not re.search(f"[{ISOLATE}{END_ISOLATE}{RIGHT_TO_LEFT_MARK}]", answer.html)


def test_left_to_right_texts_carry_no_marks(small: Content):
    for locale in ("en", "uk"):
        answer = small.answer("card_renewal", locale, now=SUNDAY_NIGHT)
        assert answer
        assert not re.search(f"[{ISOLATE}{END_ISOLATE}{RIGHT_TO_LEFT_MARK}]", answer.html)


def test_values_in_arabic_interface_texts_are_isolated(small: Content):
    assert (
        small.text("greeting.welcome", "ar", name="Olga <3") == f"أهلاً بك يا <b>{ISOLATE}Olga &lt;3{END_ISOLATE}</b>!"
    )
    assert small.plain("button.yes", "ar", name="Olga") == f"نعم، {ISOLATE}Olga{END_ISOLATE}"


def test_a_value_of_several_lines_is_isolated_line_by_line(small: Content):
    text = small.plain("button.yes", "ar", name="Olga\nالثانية\n3")
    assert_reads_right_to_left(text)
    assert text.count(ISOLATE) == text.count(END_ISOLATE) == 3


def test_a_stray_isolate_or_override_in_a_value_cannot_swallow_what_follows(small: Content):
    text = small.plain("button.yes", "ar", name="a\u2067\u202eb\u2069\u2069")
    assert text == f"نعم، {ISOLATE}ab{END_ISOLATE}"


MIXED = st.text(alphabet=st.sampled_from("abcőű012+(). -،؛سلامفارسیٹہ\u200c"), max_size=30)


@given(MIXED)
def test_isolates_pair_and_hold_no_arabic_letters(text: str):
    found = isolate_runs(text)
    assert found.replace(ISOLATE, "").replace(END_ISOLATE, "") == text
    assert found.count(ISOLATE) == found.count(END_ISOLATE)
    for run in re.findall(f"{ISOLATE}([^{END_ISOLATE}]*){END_ISOLATE}", found):
        assert all(unicodedata.bidirectional(character) not in ("R", "AL") for character in run)


@given(MIXED, st.sampled_from(["ar", "fa", "ur"]))
def test_any_line_reads_right_to_left_once_directed(text: str, locale: str):
    assert_reads_right_to_left(directed(text, locale))


def test_a_name_in_a_list_keeps_its_bracket_and_leaves_a_date_after_it_alone():
    name = as_name("Immigration office (OIF)", "ar")
    kinds = [unicodedata.bidirectional(character) for character in name]
    assert kinds[:2] == ["R", "L"]
    assert kinds[-2:] == ["L", "R"]  # the bracket stands between strong letters of its own direction
    assert as_name("UNHCR", "uk") == "UNHCR"
