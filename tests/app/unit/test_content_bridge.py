"""Bridging questions and prepared texts: what their files must keep to, and what people and staff read of them."""

from datetime import date
from pathlib import Path

import pytest

from actions.bridge import FIELD_CHARACTERS
from actions.taps import BRIDGE, tap
from content.content import Content
from content.field import FIELDS
from content.markup import to_plain
from content.warnings import warnings
from road.locale import LOCALES
from tests.app.fixtures.folder import SUNDAY_NIGHT, copy_to, edit, faults, load

QUESTIONS = """\
safe_now:
  group: safety
  answers: [yes, no]
  urgent: {no: emergency_immediate_danger}
pass_on:
  group: next
  answers: [yes, ask_first]
  words: [ask_first]
"""
ENGLISH = """\
common: {yes: "Yes", no: "No"}
safe_now: {ask: "Are you safe?", no: "No, in danger"}
pass_on: {ask: "May we tell: {{ field.service }}?", ask_first: "A question first"}
"""
UKRAINIAN = """\
safe_now: {ask: "Чи Ви в безпеці?", yes: "Так", no: "Ні"}
pass_on: {ask: "Чи можна розповісти: {{ field.service }}?", yes: "Так", ask_first: "Спершу запитання"}
"""
PREPARED = """\
call: "Call now: {{ line.emergency_112.number }}"
address: "Here is the address: {{ field.place }}"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = copy_to(tmp_path)
    for name in ("bridge", "prepared"):
        (copy / name).mkdir()
    (copy / "bridge/questions.yml").write_text(QUESTIONS)
    (copy / "bridge/en.yml").write_text(ENGLISH)
    (copy / "bridge/uk.yml").write_text(UKRAINIAN)
    (copy / "prepared/en.yml").write_text(PREPARED)
    return copy


def test_a_sound_folder_is_read_in_the_order_of_its_file(folder: Path) -> None:
    bridge = load(folder).bridge
    assert list(bridge.questions) == ["safe_now", "pass_on"]
    assert list(bridge.wording("safe_now", "uk").answers.items()) == [("yes", "Так"), ("no", "Ні")]
    assert bridge.wording("safe_now", "en").answer("yes") == "Yes"


def test_what_the_operator_fills_in_stands_in_the_question(folder: Path) -> None:
    wording = load(folder).bridge.wording("pass_on", "uk")
    assert wording.fields == ("service",)
    assert wording.html({"service": "<b>Menedék</b>"}) == "Чи можна розповісти: &lt;b&gt;Menedék&lt;/b&gt;?"


def test_a_locale_without_a_file_is_said_in_english_and_named_to_editors(folder: Path) -> None:
    content = load(folder)
    assert content.bridge.wording("safe_now", "ar").locale == "en"
    assert content.prepared_html("call", "uk", {}, now=SUNDAY_NIGHT) == ("Call now: 112", "en")
    told = [str(each) for each in warnings(content, date(2026, 11, 22)) if "what staff sends" in each.problem]
    assert "bridge/ar.yml: 2 of what staff sends is said in English, safe_now for one [untranslated]" in told
    assert not any(each.startswith("bridge/uk.yml") for each in told)


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("bridge/uk.yml", ', no: "Ні"', "", "1: safe_now: no: missing; the question is ask, yes, no"),
        ("bridge/uk.yml", "safe_now", "safe_nou", "1: unknown question safe_nou; did you mean safe_now?"),
        ("bridge/uk.yml", "yes: ", "yess: ", "1: safe_now: unknown answer yess; did you mean yes?"),
        ("bridge/uk.yml", "Так", "Так, я зараз у безпеці, і діти також у безпеці", "a button has at most 40"),
        ("bridge/uk.yml", "Чи Ви", "Чи Ви " + "зараз " * 50, "a question has at most 240"),
        ("bridge/uk.yml", "Чи Ви", "Чи Ви 18", "1: safe_now: ask: a number stands in the text"),
        ("bridge/uk.yml", "{{ field.service }}", "…", "pass_on: placeholders differ from English"),
        (
            "bridge/en.yml",
            "field.service",
            "field.servise",
            "3: pass_on: ask: unknown field servise; did you mean service?",
        ),
        ("bridge/en.yml", "field.service", "line.okit.number", "a question has only what the operator fills in"),
        ("bridge/en.yml", "safe_now: {", "safe_nov: {", " safe_now: missing; English is the source"),
        ("bridge/questions.yml", "safety", "safty", "2: safe_now: group: 'safty' is not one of safety"),
        ("bridge/questions.yml", "[yes, no]", "[yes]", "3: safe_now: answers: 1 answers; a question has 2 to 8"),
        ("bridge/questions.yml", "[yes, no]", "[yes, no, no]", "3: safe_now: answers: no stands here twice"),
        ("bridge/questions.yml", "{no:", "{never:", "4: safe_now: urgent: unknown answer never"),
        ("bridge/questions.yml", "emergency_immediate_danger", "card_renewal", "card_renewal is not a critical topic"),
        ("bridge/questions.yml", "words:", "word:", "8: pass_on: word: unknown field; did you mean words?"),
        ("prepared/en.yml", "emergency_112", "emergency_113", " call: unknown line emergency_113"),
        ("prepared/en.yml", "field.place", "field.palce", "2: address: unknown field palce; did you mean place?"),
        ("prepared/en.yml", "Here is", "Nr 5 is", "2: address: a number stands in the text"),
        ("prepared/en.yml", "Here is", "# Here is", "2: address: headings are not allowed"),
        ("prepared/en.yml", "Here is", "Here " * 150, "a prepared text has at most 700"),
    ],
)
def test_a_fault_is_named_with_file_and_line(folder: Path, path: str, old: str, new: str, told: str) -> None:
    edit(folder, path, old, new)
    assert [fault for fault in faults(folder) if fault.startswith(path) and told in fault], faults(folder)


def test_a_prepared_text_that_english_does_not_have_is_named(folder: Path) -> None:
    (folder / "prepared/uk.yml").write_text('calll: "Телефонуйте: {{ line.emergency_112.number }}"\n')
    assert any("unknown text calll; did you mean call?" in fault for fault in faults(folder))


def test_a_file_in_another_language_than_its_name_says_is_a_fault(folder: Path) -> None:
    (folder / "bridge/ar.yml").write_text(ENGLISH)
    assert any(fault.startswith("bridge/ar.yml") and "not of the script of ar" in fault for fault in faults(folder))


def test_every_locale_asks_and_says_everything_itself(content: Content) -> None:
    assert len(content.bridge.questions) >= 24
    assert len(content.prepared.ids) >= 12
    assert {locale: content.bridge.missing(locale) + content.prepared.missing(locale) for locale in LOCALES} == {
        locale: [] for locale in LOCALES
    }


def test_every_button_can_be_carried_by_telegram(content: Content) -> None:
    buttons = [
        (tap(BRIDGE, f"{question.id}:{answer}"), content.bridge.wording(question.id, locale).answer(answer))
        for question in content.bridge.questions.values()
        for answer in question.answers
        for locale in LOCALES
    ]
    assert len(buttons) > 1000
    assert all(len(data.encode()) <= 64 for data, _ in buttons)
    assert all(len(text.strip("\u200f")) <= 40 for _, text in buttons)


def test_answers_of_one_question_read_differently_in_every_locale(content: Content) -> None:
    for question in content.bridge.questions:
        for locale in LOCALES:
            answers = list(content.bridge.wording(question, locale).answers.values())
            assert len(set(answers)) == len(answers), (question, locale, answers)


def test_every_prepared_text_can_be_sent_in_every_locale(content: Content) -> None:
    values = dict.fromkeys(FIELDS, "x" * FIELD_CHARACTERS)
    for name in content.prepared.ids:
        for locale in LOCALES:
            html, shown = content.prepared_html(name, locale, values, now=SUNDAY_NIGHT)
            assert shown == locale
            assert 0 < len(to_plain(html)) <= 1000, (name, locale)
    assert "112" in content.prepared_html("call_112", "mn", {}, now=SUNDAY_NIGHT)[0]
