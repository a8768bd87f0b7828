"""The content that is really there: sound, and free of the traps that facts.md names in its section 0."""

import itertools
import re
import time
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import phonenumbers
import pytest

from content import phone, wording
from content.answer import Answer
from content.content import Content
from content.folder import proofread, read
from content.markup import to_plain
from content.topic import VOLUNTARY_RETURN
from road.locale import LOCALES, OUTSIDE

CONTENT = Path(__file__).parents[3] / "content"
NOW = 1_795_428_000.0  # Monday, 2026-11-23 11:00 in Budapest
OKIT, RETURN_LINE = "+3680205520", "+3680205018"
EMERGENCY = {"112", "104", "105", "107", "116006", "116111", "116000", "116123", OKIT, "+3680225225"}
NUMBER = re.compile(r"\+?\d[\d ]{5,}\d")


@pytest.fixture(scope="module")
def answers(content: Content) -> list[Answer]:
    found = [content.answer(topic, locale, form=form, now=NOW) for topic, locale, form in content.articles]
    assert len(found) > 60
    return [answer for answer in found if answer]


def texts(answers: list[Answer]) -> Iterator[tuple[str, str]]:
    """Topic and visible text, without directional isolates."""
    for answer in answers:
        yield answer.topic, re.sub("[\u2066-\u2069\u200f]", "", to_plain(answer.html))


def test_every_file_passes_the_check():
    content, faults = proofread(CONTENT)
    assert len(content.articles) > 60
    assert [str(fault) for fault in faults] == []


def test_there_are_88_topics_or_what_editors_have_added_and_9_of_conversation(content: Content):
    groups = [topic.group for topic in content.topics.values()]
    assert len(groups) - groups.count("conversation") >= 88
    assert groups.count("conversation") == 9
    assert sum(topic.critical for topic in content.topics.values()) == 14


def test_okit_and_the_return_line_are_never_swapped(content: Content):
    assert content.lines["okit"].number == OKIT
    assert content.lines["volret_line"].number == RETURN_LINE
    assert [line.id for line in content.lines.values() if line.number in (OKIT, RETURN_LINE)] == ["okit", "volret_line"]


def test_no_answer_about_danger_or_asylum_gives_the_return_line(content: Content, answers: list[Answer]):
    found = [(topic, text) for topic, text in texts(answers) if content.topics[topic].group in ("safety", "asylum")]
    assert len(found) > 20
    for topic, text in found:
        assert "20 50 18" not in text, topic
        assert "205 018" not in text, topic


def test_temporary_protection_lasts_until_4_march_2027_and_no_older_date_is_given(
    content: Content, answers: list[Answer]
):
    assert content.facts["tp_valid_until"].day == date(2027, 3, 4)
    older = {wording.date(date(year, 3, 4), locale) for year in (2023, 2024, 2025, 2026) for locale in LOCALES}
    shown = {wording.date(date(2027, 3, 4), locale) for locale in LOCALES}
    with_date = [text for topic, text in texts(answers) if topic == "tp_validity_extension"]
    assert with_date
    assert all(any(words in text for words in shown) for text in with_date)
    for topic, text in texts(answers):
        assert not any(words in text for words in older), topic


def test_the_banner_of_2015_is_never_shown_as_current(content: Content, answers: list[Answer]):
    banner = {wording.date(date(2015, 12, 1), locale) for locale in LOCALES}
    assert not [fact.id for fact in content.facts.values() if fact.value == "2015-12-01" and fact.shown]
    for topic, text in texts(answers):
        assert not any(words in text for words in banner), topic
        assert not (content.topics[topic].group == "return" and "2015" in text), topic


def test_the_number_of_the_iom_hotline_is_not_invented(content: Content):
    hotline = content.lines["iom_hotline"]
    assert hotline.number == "" or hotline.confirmed


def test_every_number_shown_is_that_of_a_known_line_or_place(content: Content, answers: list[Answer]):
    known = {line.number for line in content.lines.values()} | {place.phone for place in content.places.values()}
    written = {re.sub(r"\D", "", part) for n in known if n for part in re.split(r"[()]", phone.shown(n))}
    numbers = [(topic, found) for topic, text in texts(answers) for found in NUMBER.findall(text)]
    assert numbers
    for topic, found in numbers:
        digits = re.sub(r"\D", "", found)
        if found.startswith(("+", "06")) or len(digits) > 6:
            assert digits in written or digits.removeprefix("06") in written, (topic, found)


def test_the_emergency_and_crisis_lines_are_critical_and_shown(content: Content):
    critical = {line.number for line in content.lines.values() if line.critical}
    assert critical >= EMERGENCY
    assert all(content.known.may_show(f"line.{line.id}.number") for line in content.lines.values() if line.critical)


def test_every_critical_answer_gives_a_number_that_can_be_called(content: Content):
    critical = [topic.id for topic in content.topics.values() if topic.critical]
    assert len(critical) == 14
    shown = [phone.shown(line.number, line.printed) for line in content.lines.values() if line.critical]
    for topic, locale in itertools.product(critical, LOCALES):
        answer = content.answer(topic, locale, form="now", now=NOW)
        assert answer, topic
        assert any(number in answer.html for number in shown), (topic, locale)


def test_every_known_number_exists(content: Content):
    numbers = [line.number for line in content.lines.values() if line.number.startswith("+")]
    assert len(numbers) > 5
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(number)) for number in numbers)


def test_the_two_places_called_nyugati_and_the_two_at_zahony_are_kept_apart(content: Content):
    addresses = [place.address for place in content.places.values() if place.address]
    assert len(addresses) == len(set(addresses))
    infopoint, office = content.places["nyugati_infopoint"], content.places["government_office_nyugati"]
    assert infopoint.address != office.address
    station, town = content.places["zahony_reception"], content.places["reformed_zahony"]
    assert station.address != town.address


def test_nothing_that_is_held_back_is_shown(content: Content, answers: list[Answer]):
    held = [place for place in content.places.values() if place.address and not place.shown]
    assert held
    for topic, text in texts(answers):
        assert not [place.id for place in held if place.address in text], topic


def test_voluntary_return_is_never_offered_below_danger_asylum_or_detention(content: Content):
    below = [topic for topic in content.topics.values() if topic.group in ("safety", "asylum") or topic.sensitive]
    assert len(below) > 20
    assert not [topic.id for topic in below if VOLUNTARY_RETURN & set(topic.related)]


def test_stateless_people_are_dated_to_2022(content: Content):
    assert not [fact.id for fact in content.facts.values() if fact.value == "2024-02-24"]


def test_every_answer_is_whole_html_within_one_telegram_message(answers: list[Answer]):
    for answer in answers:
        ElementTree.fromstring(f"<root>{answer.html}</root>")
        assert answer.html.strip(), (answer.topic, answer.locale)
        assert len(answer.html.encode("utf-16-le")) // 2 <= 4096, (answer.topic, answer.locale)


def test_every_answer_names_its_sources(content: Content, answers: list[Answer]):
    own = content.sources["hotline_staff"].name
    for answer in answers:
        assert answer.sources, (answer.topic, answer.locale)
        assert all(note.name and (note.url.startswith("http") or note.name == own) for note in answer.sources)


def test_nobody_is_promised_that_they_stay_anonymous(answers: list[Answer]):
    words = re.compile(r"\b(we|our staff|this hotline)\b[^.]*\b(anonymous|confidential)", re.IGNORECASE)
    assert not [topic for topic, text in texts(answers) if words.search(text)]


def test_every_locale_has_button_safe_titles(content: Content):
    for topic, locale in itertools.product(content.topics.values(), LOCALES):
        if topic.group != "conversation":
            title = content.title(topic.id, locale)
            assert 0 < len(re.sub("[\u2066-\u2069\u200f]", "", title)) <= 40, (topic.id, locale)
            assert not re.search(r"[<>*\n]", title), (topic.id, locale)


@pytest.mark.parametrize("locale", ["ar", "fa", "ur"])
def test_every_interface_text_reads_right_to_left(content: Content, locale: str):
    forms = content.interface.catalogues[locale].forms
    assert len(forms) > 50
    for key, texts in forms.items():
        slots = {slot: "Zoë 3" for text in texts for slot in re.findall(r"\{([a-z_]+)\}", text)} | {"n": 3}
        for line in filter(str.strip, content.plain(key, locale, **slots).splitlines()):
            kinds = (unicodedata.bidirectional(character) for character in line)
            assert next((kind for kind in kinds if kind in ("L", "R", "AL")), "") in ("R", "AL"), key


def test_every_language_outside_has_a_card_with_112(content: Content):
    assert set(content.cards) == set(OUTSIDE)
    for language in OUTSIDE:
        assert "112" in content.card_html(language, "call_112", now=NOW), language


def test_every_locale_has_urgent_phrases_that_its_own_matcher_finds(content: Content):
    for locale in (*LOCALES, *OUTSIDE):
        lines = (CONTENT / f"urgent/{locale}.txt").read_text().splitlines()
        phrases = [line.split("#")[0].split("=")[0].replace("*", "") for line in lines]
        phrases = [phrase for phrase in phrases if phrase.strip()]
        assert len(phrases) > 10, locale
        for phrase in phrases:
            assert content.urgent_phrase(f"… {phrase.upper()}!"), (locale, phrase)


def test_every_catalogue_says_everything_that_people_read(content: Content):
    for locale in LOCALES:
        keys = content.interface.catalogues["en"].forms.keys() - content.interface.catalogues[locale].forms.keys()
        assert sorted(key for key in keys if not key.startswith(("console.", "chatpage."))) == [], locale


def test_loading_everything_takes_less_than_two_seconds_and_an_answer_less_than_one_millisecond(content: Content):
    began = time.process_time()
    read(CONTENT)
    assert time.process_time() - began < 2
    began = time.process_time()
    for topic, locale, form in content.articles:
        content.answer(topic, locale, form=form, now=NOW)
    assert (time.process_time() - began) / len(content.articles) < 0.001
