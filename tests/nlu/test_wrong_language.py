"""Questions in a wrong language or script are refused; what people really write is not."""

from pathlib import Path

import pytest
import yaml

from nlu.box.question import read_questions
from nlu.box.wrong_language import problem_of

PROJECT = Path(__file__).parents[2]


def test_no_question_of_ours_is_refused() -> None:
    topics = yaml.safe_load((PROJECT / "content" / "topics.yml").read_text(encoding="utf-8"))["topics"]

    questions = read_questions(PROJECT / "nlu" / "data", [topic["id"] for topic in topics])

    assert len(questions) > 10_000


@pytest.mark.parametrize(
    ("text", "locale", "seen"),
    [
        ("де подати на тимчасовий захист", "en", "written in CYRILLIC letters; allowed for 'en': LATIN"),
        ("أين أقدم الطلب", "uk", "written in ARABIC letters; allowed for 'uk': CYRILLIC, LATIN"),
        ("我可以在哪里申请", "hu", "written in CJK letters; allowed for 'hu': LATIN"),
        ("где", "ur", "written in CYRILLIC letters; allowed for 'ur': ARABIC, LATIN"),
        ("where can I apply for temporary protection in Budapest", "hu", "reads as 'en'; allowed here: 'hu'"),
        ("szeretném tudni, hogy hol lehet lakcímkártyát igényelni", "en", "reads as 'hu'; allowed here: 'en'"),
        ("чи можу я їхати додому, якщо в мене є картка", "ru", "reads as 'uk'; allowed here: 'ru'"),
        ("можно ли мне ехать домой, если карты ещё нет, а деньги были", "uk", "reads as 'ru'; allowed here: 'uk'"),
    ],
)
def test_the_fault_says_what_was_seen_and_what_is_allowed(text: str, locale: str, seen: str) -> None:
    assert (problem_of(text, locale) or "").startswith(seen)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("de podaty na tymchasovyi zakhyst u budapeshti z ditmy", "uk"),
        ("gde mne sdelat kartu esli net pasporta i deneg", "ru"),
        ("я хочу узнать где можно зробити паспорт и скільки это стоит", "ru"),
        ("підскажіть пожалуйста где можно получить вы знаете эту карточку", "uk"),
        ("hol kell regisztralni ha nincs nalam semmilyen papir", "hu"),
        ("trains from Nyíregyháza to Záhony or Debrecen on sunday", "en"),
        ("Passport service in Warsaw, ДП Документ, faster than consulate?", "en"),
        ("tôi muốn đăng ký cho con tôi đi học", "vi"),
        ("toi muon dang ky cho con toi di hoc", "vi"),
        ("би паспортоо гээсэн одоо хаана очих вэ", "mn"),
        ("می\u200cخواهم بدانم كجا بايد ثبت نام كنم", "fa"),
        ("gde mogu da prijavim boravak i šta mi treba od papira", "sr"),
        ("112", "hu"),
        ("👍", "uk"),
    ],
)
def test_what_people_write_is_not_refused(text: str, locale: str) -> None:
    assert problem_of(text, locale) is None
