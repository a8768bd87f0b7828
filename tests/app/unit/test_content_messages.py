"""Interface texts that the code asks for, and catalogues brought up to that."""

from pathlib import Path

import pytest

from content import messages
from content.catalogue_file import read_catalogue
from content.interface import Catalogue, path_of
from content.proof import Proof
from road.locale import LOCALES
from tests.app.fixtures.folder import copy_to, faults, load

ROOT = Path(__file__).parents[3]

CODE = """
def greet(content, self, n, word, mood):
    content.text("greeting.welcome", "en", name="x")
    self.content.plain(f"mood.{mood}", "en")
    content.plain("count.cards", "en", n=n)
    say("hours.always")
    other.text("no key at all")
    table = {"a": "greeting.other"}
    open("topics.yml")
"""
TEMPLATE = '<p title="{{ t(\'page.title\') }}">{{ t("page.count", n=3) }} {{ t("role." ~ role) }}</p>'


@pytest.fixture
def rooms(tmp_path: Path) -> Path:
    (tmp_path / "actions").mkdir()
    (tmp_path / "web" / "templates").mkdir(parents=True)
    (tmp_path / "actions" / "greet.py").write_text(CODE)
    (tmp_path / "web" / "templates" / "page.html").write_text(TEMPLATE)
    return tmp_path


def english(*keys: str) -> Catalogue:
    return Catalogue(locale="en", forms=dict.fromkeys(keys, ("text",)))


def test_keys_are_found_in_code_and_templates_with_their_counts(rooms: Path):
    assert messages.asked(rooms).keys == {
        "greeting.welcome": False,
        "count.cards": True,
        "hours.always": False,
        "page.title": False,
        "page.count": True,
    }


def test_what_the_code_asks_for_and_english_lacks_is_named(rooms: Path):
    found = messages.asked(rooms)
    assert messages.missing(english("greeting.welcome", "count.cards", "page.title"), found) == [
        "hours.always",
        "page.count",
    ]


def test_what_nothing_asks_for_is_named_but_not_what_is_put_together_or_passed_on(rooms: Path):
    found = messages.asked(rooms)
    known = english("greeting.welcome", "greeting.other", "mood.glad", "role.editor", "old.text")
    assert messages.unused(known, found) == ["old.text"]


def test_missing_keys_are_added_to_every_catalogue_and_nothing_else_changes(rooms: Path):
    folder = copy_to(rooms)
    before = (folder / path_of("uk")).read_text()
    added = messages.complete(folder, messages.asked(rooms))
    assert added["uk"] == 3
    assert set(added) == set(LOCALES)
    after = (folder / path_of("uk")).read_text()
    assert (
        after.replace('msgid "page.title"\nmsgstr ""\n\n', "")
        .replace('msgid "page.count"\nmsgid_plural "page.count"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n\n', "")
        .replace('msgid "only.english"\nmsgstr ""\n\n', "")
        == before
    )
    assert messages.complete(folder, messages.asked(rooms)) == dict.fromkeys(LOCALES, 0)


def test_what_staff_reads_is_added_to_the_languages_of_the_console_alone(rooms: Path):
    folder = copy_to(rooms)
    asked = messages.Asked(keys={"console.queue.title": False})
    added = messages.complete(folder, asked)
    assert added["hu"] == added["mn"] + 1
    assert "console.queue.title" in (folder / path_of("hu")).read_text()
    assert "console.queue.title" not in (folder / path_of("mn")).read_text()


def test_entries_without_a_blank_line_between_them_are_not_added_a_second_time(rooms: Path):
    folder = copy_to(rooms)
    messages.complete(folder, messages.Asked())
    path = folder / path_of("en")
    path.write_text(path.read_text().replace('"\n\nmsgid "', '"\nmsgid "').replace('"\nmsgid "', '"\n\nmsgid "', 1))
    close = path.read_text()
    assert messages.complete(folder, messages.Asked())["en"] == 0
    assert path.read_text() == close
    assert faults(folder) == []


def test_a_new_catalogue_is_readable_and_says_everything_in_english(rooms: Path):
    folder = copy_to(rooms)
    messages.complete(folder, messages.Asked())
    assert faults(folder) == []
    assert load(folder).plain("only.english", "mn") == "Only here"
    for locale in LOCALES:
        proof = Proof()
        assert read_catalogue((folder / path_of(locale)).read_text(), proof.sheet("x.po"), locale)
        assert proof.faults() == []


def test_a_key_added_without_an_english_text_is_a_fault_until_it_has_one(rooms: Path):
    folder = copy_to(rooms)
    messages.complete(folder, messages.asked(rooms))
    assert [fault.split(": ", 1)[1] for fault in faults(folder)] == [
        "page.count: the English text is missing",
        "page.title: the English text is missing",
    ]


def test_the_rooms_really_ask_for_something():
    found = messages.asked(ROOT)
    assert len(found.keys) > 50
    assert found.uses("group.safety")
    assert found.uses("hours.open_until")
