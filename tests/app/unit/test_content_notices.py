"""A notice as IOM published it in autumn 2015: voluntary return suspended, in four languages, with a day of resumption.

Source: the old front page of iom.hu (S1 of the facts), the Serbian one put into Cyrillic.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from msgspec import structs

from actions.route import route
from content.content import Content
from road.clock import BUDAPEST
from road.locale import LOCALES
from tests.app.fixtures.folder import copy_to, load
from tests.app.unit.conftest import CONTENT
from tests.app.unit.stage import html_of, scene, session, understood, wrote

SUSPENDED = {
    "en": "Please kindly note that Assisted Voluntary Return and Reintegration activities of IOM Budapest are "
    "suspended at this time and are expected to resume on 1 December 2015.",
    "fr": "Nous vous prions de noter que les activités du Programme d'Aide au Retour Volontaire et à la Réintégration "
    "de l'OIM Budapest sont suspendues pour le moment et devraient reprendre le 1er décembre 2015.",
    "sq": "Ju lutemi të vini re se aktivitetet e IOM Budapest të Kthimit Vullnetar të Asistuar dhe Riintegrimit janë "
    "për momentin të ndërprera dhe pritet të rifillojnë prej datës 1 dhjetor 2015.",
    "sr": "Љубазно Вас молимо да имате на уму да су активности IOM Будимпеште везане за програм помоћи за добровољни "
    "повратак тренутно суспендоване. Очекује се да ће програм наставити са радом 1. децембра 2015. године.",
}


def at(year: int, month: int, day: int, hour: int = 12) -> float:
    return datetime(year, month, day, hour, tzinfo=BUDAPEST).timestamp()


WHILE = at(2015, 10, 20)


@pytest.fixture(scope="module")
def real() -> Content:
    return load(CONTENT)


@pytest.fixture
def content(tmp_path: Path) -> Content:
    folder = copy_to(tmp_path)
    (folder / "notices/avrr_suspended").mkdir()
    for locale, text in SUSPENDED.items():
        front = "---\nfrom: 2015-10-01\nuntil: 2015-11-30\ntopics: [avrr_info]\n---\n"
        (folder / f"notices/avrr_suspended/{locale}.md").write_text(f"{front}{text}\n")
    return load(folder)


def notices(content: Content, locale: str, now: float, topic: str = "avrr_info") -> tuple[str, ...]:
    answer = content.answer(topic, locale, now=now)
    assert answer
    return answer.notices


@pytest.mark.parametrize("locale", SUSPENDED)
def test_it_stands_above_the_answer_in_the_persons_language(content: Content, locale: str):
    assert notices(content, locale, WHILE) == (SUSPENDED[locale],)


@pytest.mark.parametrize("locale", sorted(set(LOCALES) - SUSPENDED.keys()))
def test_a_language_without_it_gets_the_english_one_and_is_told_so(content: Content, locale: str):
    remark = content.text("notice.only_english", locale)
    assert notices(content, locale, WHILE) == (f"{remark}\n{SUSPENDED['en']}",)


def test_it_stands_above_no_other_answer(content: Content):
    assert notices(content, "en", WHILE, "card_renewal") == ()


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        (at(2015, 9, 30, 23), False),
        (at(2015, 10, 1, 0), True),
        (at(2015, 11, 30, 23), True),
        (at(2015, 12, 1, 0), False),
        (at(2026, 11, 23), False),
    ],
)
def test_it_is_gone_on_the_day_of_resumption(content: Content, now: float, shown: bool):
    assert all(bool(notices(content, locale, now)) is shown for locale in LOCALES)


def test_people_read_it_above_the_answer(content: Content, real: Content):
    notice = next(notice for notice in content.notices if notice.id == "avrr_suspended")
    then = scene(understood(("avrr_info", 0.95), locale="fr"), session=session("fr"))
    outcome = route(wrote("rentrer"), structs.replace(then, now=WHILE), replace(real, notices=[notice]))
    assert SUSPENDED["fr"] in html_of(outcome)
    assert html_of(outcome).index(SUSPENDED["fr"]) < html_of(outcome).index("<b>")


def test_the_hotlines_own_content_does_not_hold_it(real: Content):
    assert not [notice for notice in real.notices if notice.start.year == 2015]
    for article in real.articles.values():
        assert not any("2015" in block.words for block in article.blocks if article.topic.startswith("avrr")), (
            article.topic
        )
