"""Words found again in what people type without the letters of their language."""

import pytest
from test_views import HOSTILE

from nlu.box.known_words import Counts, KnownWords, is_without

VIETNAMESE = ["con em bị sốt cao", "con em bị sốt", "tôi bị mất hộ chiếu", "chợ bán con vịt"]
MONGOLIAN = ["өнөөдөр унтах газаргүй байна", "гэртээ харих мөнгөгүй байна", "хүүхэд өвдсөн"]


def known(texts: list[str], locale: str) -> KnownWords:
    return KnownWords(locale, Counts.of(texts, locale))


def test_accents_come_back_with_the_words_that_go_together() -> None:
    assert known(VIETNAMESE, "vi").spelled("Con em bi sot, mat ho chieu!") == "Con em bị sốt, mất hộ chiếu!"


def test_the_word_before_decides_between_two_of_one_spelling() -> None:
    words = known(["súlyos kórban szenved", "ebben a korban már nem", "ebben a korban élő"], "hu")

    assert words.spelled("sulyos korban") == "súlyos kórban"
    assert words.spelled("ebben a korban") == "ebben a korban"


@pytest.mark.parametrize("typed", ["unuudur untah gazargui bna", "Onoodor untakh gazargvi baina"])
def test_mongolian_comes_back_from_the_latin_letters_of_chats(typed: str) -> None:
    assert known(MONGOLIAN, "mn").spelled(typed).casefold() == "өнөөдөр унтах газаргүй байна"


def test_mongolian_of_a_russian_keyboard_gets_its_own_letters() -> None:
    assert known(MONGOLIAN, "mn").spelled("хуухэд овдсон") == "хүүхэд өвдсөн"


def test_a_text_with_letters_of_its_own_stays_as_it_is() -> None:
    assert known(VIETNAMESE, "vi").spelled("Con em bị sot") == "Con em bị sot"
    assert known(MONGOLIAN, "mn").spelled("өнөөдөр хуухэд") == "өнөөдөр хуухэд"


def test_words_that_no_question_has_stay_as_they_are() -> None:
    assert known(VIETNAMESE, "vi").spelled("vinmart 24/7 bi") == "vinmart 24/7 bị"


def test_nothing_is_learned_of_texts_without_accents() -> None:
    assert known(["mat ho chieu", "mat ho chieu", *VIETNAMESE], "vi").spelled("mat ho chieu") == "mất hộ chiếu"


@pytest.mark.parametrize(
    ("text", "locale", "without"),
    [("mi a teendo", "hu", True), ("mi a teendő", "hu", False), ("di lam", "vi", True), ("đi lam", "vi", False),
     ("хуухэд", "mn", True), ("huuhed", "mn", True), ("хүүхэд", "mn", False)],
)  # fmt: skip
def test_letters_of_its_own_are_seen(text: str, locale: str, *, without: bool) -> None:
    assert is_without(text, locale) is without


def test_counts_are_the_same_when_they_were_kept() -> None:
    counts = Counts.of(VIETNAMESE, "vi")
    restored = Counts.restored(counts.kept())

    assert restored == counts
    assert KnownWords("vi", restored).spelled("con em bi sot") == "con em bị sốt"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize(("texts", "locale"), [(VIETNAMESE, "vi"), (MONGOLIAN, "mn")])
def test_hostile_texts_are_read(text: str, texts: list[str], locale: str) -> None:
    assert isinstance(known(texts, locale).spelled(text), str)
