"""Texts in the wrong folder: another script, another language of the same script, letters that only look alike."""

import itertools
import shutil
from pathlib import Path

import pytest

from content import language
from content.content import Content
from content.interface import path_of
from content.markdown import parse
from content.placeholder import PATTERN
from content.proof import Proof
from tests.app.fixtures.folder import copy_to, edit, faults
from tests.app.unit.conftest import CONTENT

CARD = "answers/en/papers/card_renewal.md"
ARABIC = "answers/ar/papers/card_renewal.md"

SAID = {
    "uk": "Спочатку зверніться до юриста, перш ніж щось підписувати. Допомога безкоштовна.",
    "ru": "Сначала обратитесь к юристу, прежде чем что-то подписывать. Помощь бесплатная.",
    "sr": "Прво питајте адвоката, пре него што било шта потпишете. Помоћ је бесплатна.",
    "mn": "Аливаа зүйлд гарын үсэг зурахаасаа өмнө эхлээд өмгөөлөгчөөс асуугаарай. Үнэгүй тусална.",
    "ar": "اسأل محامياً مجانياً أولاً قبل أن توقّع أي ورقة. المساعدة مجانية تماماً.",
    "fa": "پیش از امضای هر برگه‌ای، اول از یک وکیل رایگان بپرسید. کمک رایگان است.",
    "ur": "کسی بھی کاغذ پر دستخط کرنے سے پہلے ایک مفت وکیل سے پوچھیں۔ مدد مفت ہے۔",
    "en": "First ask a free lawyer before you sign anything. Help costs nothing.",
    "fr": "Demandez d'abord à un avocat gratuit avant de signer quoi que ce soit. L'aide est gratuite.",
    "es": "Pregunte primero a un abogado gratuito antes de firmar nada. La ayuda es gratuita.",
    "sq": "Pyesni së pari një avokat falas para se të nënshkruani diçka. Ndihma është falas.",
    "vi": "Trước tiên hãy hỏi luật sư miễn phí trước khi ký bất cứ giấy tờ gì. Được giúp miễn phí.",
    "hu": "Először kérdezzen meg egy ingyenes ügyvédet, mielőtt bármit aláír. A segítség ingyenes.",
}


def problems(text: str, locale: str) -> list[str]:
    blocks = parse(text, PATTERN, Proof().sheet(""))
    return [problem for _, problem in language.problems_in(blocks, locale)]


@pytest.mark.parametrize("locale", SAID)
def test_a_text_is_at_home_in_its_own_folder_alone(locale: str):
    assert problems(SAID[locale], locale) == []
    for other in SAID.keys() - {locale}:
        assert problems(SAID[locale], other), other


def test_no_real_answer_is_taken_for_another_language_nor_lost_in_another_folder(content: Content):
    blocks = [(key, article.blocks) for key, article in content.articles.items()]
    assert len(blocks) > 200
    for (topic, locale, form), found in blocks:
        assert list(language.problems_in(found, locale)) == [], (topic, locale, form)
    for ((topic, locale, form), found), other in itertools.product(blocks[::7], SAID):
        assert locale == other or list(language.problems_in(found, other)), (topic, locale, form, other)


def test_a_letter_of_another_script_is_named_with_its_word():
    assert problems("Call the оffice today.", "en") == ["'оffice' has letters that are not of the script of en"]
    assert problems("Телефонуйте сьoгодні.", "uk") == ["'сьoгодні' has letters that are not of the script of uk"]
    assert problems("Звоните ১২ сегодня אבג", "ru") == ["'אבג' has letters that are not of the script of ru"]


def test_names_in_latin_letters_and_sentences_to_read_aloud_are_at_home_everywhere():
    assert problems(f"Kormányablak (مكتب حكومي), Nyugati. «Nem értem a papírt.» UNHCR. {SAID['ar']}", "ar") == []
    assert problems("Кажіть: «Tolmácsot kérek, kérem szépen.» Це означає: потрібен перекладач.", "uk") == []
    assert problems("Say: «Мені потрібен перекладач.» That is Ukrainian.", "en") == []


def test_a_language_that_the_detector_does_not_know_goes_unchecked():
    assert problems(SAID["en"], "qu") == []


def test_an_answer_in_the_wrong_folder_is_named(tmp_path: Path):
    folder = copy_to(tmp_path)
    english, arabic = (folder / CARD).read_text().split("---\n", 2), (folder / ARABIC).read_text().split("---\n", 2)
    (folder / ARABIC).write_text("---\n".join([*arabic[:2], english[2]]))
    assert f"{ARABIC}:7: most letters are not of the script of ar" in faults(folder)
    (folder / CARD).write_text("---\n".join([*english[:2], f"{SAID['vi']}\n"]))
    assert f"{CARD}:8: reads as 'vi', not as 'en'; it is in the wrong folder or was not translated" in faults(folder)


def test_a_notice_and_interface_texts_of_another_language_are_named(tmp_path: Path):
    folder = copy_to(tmp_path)
    edit(folder, "notices/water/uk.md", "У бюро цього тижня **немає води**.", SAID["ru"])
    shutil.copy(CONTENT / path_of("ru"), folder / path_of("uk"))
    assert "notices/water/uk.md: reads as 'ru', not as 'uk'; it is in the wrong folder or was not translated" in (
        found := faults(folder)
    )
    assert any(fault.startswith(f"{path_of('uk')}: reads as 'ru'") for fault in found)
