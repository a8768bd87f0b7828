"""Who says that they are under 18, and who does not."""

import pytest

from actions.minor import SAYINGS, says_minor
from actions.route import route
from content.content import Content
from road.case import CaseState
from road.locale import LOCALES
from tests.app.unit.stage import case, html_of, scene, session, understood, wrote

SAID = {
    "en": [
        "I am 15",
        "hello i’m sixteen and alone",
        "im 17 years old, can I work?",
        "My parents left. I am not 18 yet.",
    ],
    "hu": ["15 éves vagyok", "tizenhat eves vagyok, egyedul", "kiskorú vagyok"],
    "uk": ["мені 15", "Мені п’ятнадцять років, я сама", "ja odyn, meni 13, batky v Mariupoli"],
    "ru": ["мне 16 лет", "мне всего четырнадцать", "я несовершеннолетняя"],
    "sq": ["jam 15 vjeç", "une jam pesembedhjete vjec, pa prinder"],
    "ar": ["عمري ١٥", "عندي 14 سنة", "عمري خمسة عشر عامًا", "عمري 13 وخايفة"],
    "fr": ["j'ai 15 ans", "J’ai seulement quinze ans", "je suis mineur isolé"],
    "fa": ["۱۵ سالمه", "من پانزده ساله‌ام", "من ۱۷ سال دارم"],
    "sr": ["имам 15 година", "imam petnaest godina, sama sam"],
    "es": ["tengo 15 años", "Tengo quince, vine solo", "soy menor de edad"],
    "vi": ["em 15 tuổi", "Cháu mười lăm tuổi, không có ai", "em 15 tuoi"],
    "ur": ["میری عمر 15 سال ہے", "میں پندرہ سال کی ہوں", "main 16 saal ka hoon"],
    "mn": ["би 15 настай", "Би арван таван настай", "миний нас 15"],
}
NOT_SAID = [
    "my son is 15", "I am 15 minutes late", "I am 15 weeks pregnant", "i am 1,500 short", "i am 15:30 at the office",
    "When I was 15 I left", "I am 35", "I have 15 euros", "I am 10 km from Budapest", "a lányom 15 éves",
    "15 éves lánnyal vagyok", "моєму сину 15 років", "мені 15 тисяч винні", "мне 15 дней ждать", "ему 15 лет",
    "djali im është 15 vjeç", "ابني عمره 15 سنة", "عندي 15 سنة خبرة", "j'ai 15 ans d'expérience", "ma fille a 15 ans",
    "پسرم ۱۵ سالشه", "من ۱۵ سال سابقه دارم", "imam 15 godina staža", "mi hijo tiene 15 años",
    "tengo 15 años de experiencia", "con tôi 15 tuổi", "em gái tôi 15 tuổi", "میرا بیٹا 15 سال کا ہے",
    "Би 15 настай хүүтэй", "the 15 bus, am I right?", "Нас 15 человек",
]  # fmt: skip


def test_every_locale_is_known() -> None:
    assert set(SAYINGS) == set(SAID) == set(LOCALES)


@pytest.mark.parametrize("text", [text for texts in SAID.values() for text in texts])
def test_an_age_under_18_is_heard(text: str) -> None:
    assert says_minor(text)


@pytest.mark.parametrize("text", NOT_SAID)
def test_others_ages_and_other_numbers_are_not(text: str) -> None:
    assert not says_minor(text)


@pytest.mark.parametrize(
    ("locale", "text"),
    [("uk", "мені 15, що робити"), ("hu", "15 éves vagyok"), ("en", "I am 15."), ("ar", "عمري ١٥")],
)
def test_a_minor_reads_once_what_that_means_and_their_case_suggests_it(
    content: Content, locale: str, text: str
) -> None:
    reading = understood(("pets", 0.9), locale=locale)
    first = route(wrote(text), scene(reading, case(), session=session(locale)), content)
    assert content.text("minor.note", locale) in html_of(first)
    assert (first.cases[0].minor_suggested, first.cases[0].minor) == (True, False)
    again = route(wrote(text), scene(reading, first.cases[0], session=first.session), content)
    assert content.text("minor.note", locale) not in html_of(again)
    assert again.cases == ()


def test_a_minor_hears_it_while_an_operator_has_the_chat(content: Content) -> None:
    outcome = route(wrote("I am 16"), scene(understood(("pets", 0.9)), case(CaseState.ACTIVE)), content)
    assert html_of(outcome) == content.text("minor.note", "en")


def test_a_case_that_opens_later_suggests_it_too(content: Content) -> None:
    reading = understood(("talk_to_human_operator", 0.95))
    outcome = route(wrote("a person please"), scene(reading, session=session(minor=True)), content)
    assert outcome.cases[0].minor_suggested
