"""The traps that section 0 of the facts names, over every answer in every locale, as people get it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from msgspec import structs

from content import wording
from content.answer import Answer
from content.content import Content
from content.filling import Known
from content.markup import to_plain
from tests.app.unit.test_content_real import NOW, NUMBER

FIVE_YEARS_S = 5 * 365 * 86_400.0
RETURN_DIGITS = "80205018"
SENTINEL = "must not be shown"


def rendered(content: Content, now: float = NOW) -> Iterator[tuple[str, str, str]]:
    """Topic, locale and visible text of every answer in both its forms."""
    for topic, locale, form in content.articles:
        answer: Answer | None = content.answer(topic, locale, form=form, now=now)
        assert answer
        yield topic, locale, re.sub("[\u2066-\u2069\u200f]", "", to_plain(f"{answer.title}\n\n{answer.html}"))


@pytest.fixture(scope="module")
def texts(content: Content) -> list[tuple[str, str, str]]:
    found = list(rendered(content))
    assert len(found) > 200
    assert {locale for _, locale, _ in found} >= {"en", "uk", "hu", "ru"}
    return found


def test_the_return_line_is_given_by_answers_about_return_alone(content: Content, texts: list[tuple[str, str, str]]):
    giving = {topic for topic, _, text in texts if RETURN_DIGITS in re.sub(r"\D", "", text)}
    assert {content.topics[topic].group for topic in giving} <= {"return"}
    assert not [topic for topic in giving if content.topics[topic].apart_from_return or content.topics[topic].critical]


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_no_expired_end_of_protection_is_given(year: int, content: Content, texts: list[tuple[str, str, str]]):
    words = {wording.date(date(year, 3, 4), locale) for locale in content.languages}
    digits = re.compile(rf"\b0?4[./-]\s?0?3[./-]\s?{year}\b|\b{year}[./-]\s?0?3[./-]\s?0?4\b")
    for topic, locale, text in texts:
        assert not any(word in text for word in words), (topic, locale)
        assert not digits.search(text), (topic, locale)


def test_answers_about_the_hotline_give_no_number_but_emergency_lines(content: Content):
    critical = {re.sub(r"\D", "", line.number) for line in content.lines.values() if line.critical}
    assert not content.lines["iom_hotline"].number
    found = [(locale, text) for topic, locale, text in rendered(content) if "hotline" in topic]
    for locale, text in found:
        assert not [number for number in NUMBER.findall(text) if re.sub(r"\D", "", number) not in critical], locale


def test_nothing_unconfirmed_is_shown(content: Content):
    spoiled = replace(content, known=with_sentinels(content.known))
    held = [entry.id for entry in spoiled.facts.values() if SENTINEL in entry.value]
    assert len(held) > 5
    for topic, locale, text in rendered(spoiled):
        assert SENTINEL not in text, (topic, locale)


def with_sentinels(known: Known) -> Known:
    """The same values, but those that may not be shown say so when they are."""
    facts = {
        name: structs.replace(fact, type="text", value=SENTINEL) if not fact.shown and fact.type != "claim" else fact
        for name, fact in known.facts.items()
    }
    places = {
        name: place if place.shown else structs.replace(place, address=SENTINEL, name={"en": SENTINEL})
        for name, place in known.places.items()
    }
    lines = {
        name: line if line.shown else structs.replace(line, number="112", printed=SENTINEL, name={"en": SENTINEL})
        for name, line in known.lines.items()
    }
    return structs.replace(known, facts=facts, places=places, lines=lines)


def test_a_sentence_whose_claim_is_not_confirmed_is_left_out(content: Content, texts: list[tuple[str, str, str]]):
    said = {(topic, locale): text for topic, locale, text in texts if (topic, locale, "now") not in content.articles}
    guarded = 0
    for topic, locale in said:
        for block in content.articles[topic, locale, "full"].blocks:
            if not all(map(content.known.may_show, block.slots)) and len(block.words.strip()) > 40:
                guarded += 1
                assert block.words.strip()[:40] not in said[topic, locale], (topic, locale, block.words)
    assert guarded > 10


def test_critical_lines_are_shown_five_years_on(content: Content):
    short = [(topic, locale) for topic, locale, form in content.articles if form == "now"]
    assert len(short) >= 14
    for topic, locale in short:
        now, then = (content.answer(topic, locale, form="now", now=at) for at in (NOW, NOW + FIVE_YEARS_S))
        assert now
        assert then
        assert NUMBER.findall(to_plain(now.html)) == NUMBER.findall(to_plain(then.html)), (topic, locale)
        assert re.search(r"\d{3}", to_plain(then.html)), (topic, locale)


def test_housing_is_told_by_the_rules_since_august_2024(content: Content, texts: list[tuple[str, str, str]]):
    since = wording.date(date(2024, 8, 21), "en")
    english = [text for topic, locale, text in texts if (topic, locale) == ("state_accommodation_rules", "en")]
    assert since in english[0]
    for topic, locale, text in texts:
        if content.topics[topic].group == "accommodation":
            assert not re.search(r"\b202[23]\b", text), (topic, locale)


def test_the_easier_rules_for_pets_are_not_told_as_those_of_today(content: Content, texts: list[tuple[str, str, str]]):
    pets = [(locale, text) for topic, locale, text in texts if topic == "pets"]
    assert pets
    assert not [fact.id for fact in content.facts.values() if fact.id.startswith("pets") and "2022" in fact.value]
    for locale, text in pets:
        assert not re.search(r"\b202[0-3]\b", text), locale


APART = [("nyugati_infopoint", "government_office_nyugati"), ("zahony_reception", "reformed_zahony")]


@pytest.mark.parametrize(("ours", "theirs"), APART)
def test_the_address_of_another_house_is_never_given_as_ours(ours: str, theirs: str, content: Content):
    places, speaking = content.places, 0
    assert places[ours].address != places[theirs].address
    for article in content.articles.values():
        for block in article.blocks:
            if any(slot.startswith(f"place.{theirs}.") for slot in block.slots):
                speaking += 1
                assert not any(slot.startswith(f"place.{ours}.") for slot in block.slots), (
                    article.topic,
                    article.locale,
                )
            assert places[theirs].address not in block.words, (article.topic, article.locale)
    assert speaking
