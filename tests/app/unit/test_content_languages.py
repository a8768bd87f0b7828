"""A fourteenth language comes by files alone: served, offered, checked and counted."""

import shutil
from pathlib import Path

import pytest
from babel import Locale

from actions.route import route
from actions.taps import tap
from content import messages
from content.content import Content
from content.coverage import coverage
from content.folder import load, read
from content.interface import path_of
from road.locale import LOCALES
from road.understanding import UNAVAILABLE
from tests.app.fixtures.folder import copy_to, edit, faults
from tests.app.unit.conftest import CONTENT
from tests.app.unit.stage import buttons_of, html_of, said, scene, session, tapped, understood, wrote

ANSWER = """---
title: შინაური ცხოველები
reviewed: {by: "", on: }
translates: 0123456789ab
---
თქვენს ძაღლს ან კატას უნდა ჰქონდეს მიკროჩიპი და ცოფის აცრა. ჰკითხეთ ვეტერინარს.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The real content with English answers and a Georgian one, and nothing but files added."""
    left_out = shutil.ignore_patterns("*.py", *(set(LOCALES) - {"en"}))
    folder = Path(shutil.copytree(CONTENT / "answers", tmp_path / "content" / "answers", ignore=left_out)).parent
    shutil.copytree(CONTENT, folder, ignore=shutil.ignore_patterns("*.py", "answers"), dirs_exist_ok=True)
    with (folder / "languages.yml").open("a") as file:
        file.write("ka: ქართული\n")
    messages.complete(folder, messages.Asked())
    edit(folder, path_of("ka"), 'msgid "menu.groups"\nmsgstr ""', 'msgid "menu.groups"\nmsgstr "რით დაგეხმაროთ?"')
    (folder / "answers/ka/daily_life").mkdir(parents=True)
    (folder / "answers/ka/daily_life/pets.md").write_text(ANSWER)
    return folder


def test_it_is_served_offered_and_counted(folder: Path):
    content = load(folder)
    georgian = understood(("pets", 0.95), locale="ka")
    (said_once,) = said(route(wrote("ძაღლი მყავს"), scene(georgian, session=None), content))
    assert said_once.locale == "ka"
    assert "მიკროჩიპი" in said_once.html
    chosen = route(tapped(tap("l", "ka")), scene(None, session=session("en", last_topic="pets")), content)
    assert chosen.session.locale == "ka"
    assert "მიკროჩიპი" in html_of(chosen)
    asked = route(wrote("/language"), scene(None), content)
    assert buttons_of(*asked.replies) == [f"1:l:{locale}" for locale in (*LOCALES, "ka")]
    assert "ქართული" in [button.text for say in said(asked) for row in say.buttons for button in row]
    assert coverage(content)["locales"]["ka"] == {"answers": 1, "drafts": 1, "reviewed": 0, "stale": 1}
    assert content.plain("menu.groups", "ka") == "რით დაგეხმაროთ?"


def test_a_phone_set_to_it_is_answered_in_it_while_the_model_is_away(folder: Path):
    outcome = route(wrote("?", client_locale="ka-GE"), scene(UNAVAILABLE, session=None), load(folder))
    assert {say.locale for say in said(outcome)} == {"ka"}


def test_its_files_are_checked_like_all_others(folder: Path):
    assert faults(folder) == []
    edit(folder, "answers/ka/daily_life/pets.md", "აცრა", "аცრა")
    edit(folder, path_of("ka"), "რით დაგეხმაროთ?", "რით {x.y}?")
    found = faults(folder)
    assert any("pets.md:6: 'аცრა' has letters that are not of the script of ka" in fault for fault in found)
    assert any("menu.groups: {x.y} is not a placeholder" in fault for fault in found)


def test_without_its_line_it_is_unknown(folder: Path):
    edit(folder, "languages.yml", "ka: ქართული\n", "")
    assert any(fault.startswith("answers/ka/daily_life/pets.md: unknown locale ka") for fault in faults(folder))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("hu: Magyar", "qq: Magyar", "languages.yml:3: qq: is not a language code such as uk"),
        ("hu: Magyar", "hu:", "languages.yml:3: hu: its own name must have 1 to 40 characters"),
        ("hu: Magyar", "uk: Magyar", "languages.yml:3: uk: stands here a second time"),
        ("en: English\n", "", "languages.yml: en: missing; English is the source"),
    ],
)
def test_a_spoiled_list_of_languages_is_named(old: str, new: str, told: str, tmp_path: Path):
    folder = copy_to(tmp_path)
    edit(folder, "languages.yml", old, new)
    assert any(told in fault for fault in faults(folder)), faults(folder)


def test_a_snapshot_without_the_list_still_speaks_the_first_thirteen(tmp_path: Path):
    folder = copy_to(tmp_path)
    (folder / "languages.yml").unlink()
    content, found = read(folder)
    assert [str(fault) for fault in found] == ["languages.yml: is missing"]
    assert list(content.languages) == list(LOCALES)


def test_every_language_is_named_in_itself(content: Content):
    assert list(content.languages) == list(LOCALES)
    for locale, name in content.languages.items():
        own = Locale.parse(locale).get_display_name(locale)
        assert own
        assert own.casefold() in name.casefold(), locale
