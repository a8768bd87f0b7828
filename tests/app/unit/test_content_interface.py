"""Interface texts: values, plural forms, what a locale does not have."""

import gettext
from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.plurals import get_plural

from content.content import Content
from road.errors import ContentError
from tests.app.fixtures.folder import FOLDER, copy_to, edit, load

UKRAINIAN_PO = "locale/uk/LC_MESSAGES/hotline.po"


@pytest.fixture(scope="module")
def small() -> Content:
    return load(FOLDER)


def test_values_are_escaped_and_cannot_bring_markup(small: Content):
    text = small.text("greeting.welcome", "en", name="<b>Zoë</b> & **co** {name}")
    assert text == "You are <b>welcome</b>, &lt;b&gt;Zoë&lt;/b&gt; &amp; **co** {name}!"


def test_plain_text_has_neither_markup_nor_escapes(small: Content):
    assert small.plain("greeting.welcome", "en", name="Zoë & <co>") == "You are welcome, Zoë & <co>!"


@pytest.mark.parametrize(
    ("n", "words"), [(1, "1 картка"), (3, "3 картки"), (5, "5 карток"), (21, "21 картка"), (0, "0 карток")]
)
def test_ukrainian_counts_in_three_forms(small: Content, n: int, words: str):
    assert small.plain("count.cards", "uk", n=n) == words


@pytest.mark.parametrize(("n", "words"), [(1, "بطاقة واحدة"), (2, "بطاقتان")])
def test_arabic_may_leave_the_number_out_of_a_form(small: Content, n: int, words: str):
    assert small.plain("count.cards", "ar", n=n) == words


def test_numbers_and_dates_are_written_as_the_locale_writes_them(small: Content):
    assert small.plain("count.cards", "en", n=12000) == "12,000 cards"
    assert small.plain("button.yes", "hu", name=date(2027, 3, 4)) == "Yes, 4 March 2027"
    assert small.plain("button.yes", "uk", name=date(2027, 3, 4)) == "Так, 4 березня 2027\u202fр."


def test_a_missing_translation_is_said_in_english(small: Content):
    assert small.plain("only.english", "uk") == "Only here"
    assert small.plain("only.english", "vi") == "Only here"


def test_a_fuzzy_translation_counts_as_missing(tmp_path: Path):
    folder = copy_to(tmp_path)
    edit(folder, UKRAINIAN_PO, 'msgid "button.yes"', '#, fuzzy\nmsgid "button.yes"')
    assert load(folder).plain("button.yes", "uk", name="Zoë") == "Yes, Zoë"


def test_an_unknown_key_and_a_missing_value_are_errors(small: Content):
    with pytest.raises(ContentError, match=r"nothing.like_it: missing"):
        small.text("nothing.like_it", "uk")
    with pytest.raises(ContentError, match=r"button.yes: no value for \{name\}"):
        small.plain("button.yes", "uk")


def test_the_clock_and_line_breaks_of_a_text_stay(tmp_path: Path):
    folder = copy_to(tmp_path)
    edit(folder, UKRAINIAN_PO, "Так, {name}", "Так,\\n{name}\\n\\n- один\\n- два")
    assert load(folder).text("button.yes", "uk", name="8:00") == "Так,\n8:00\n\n• один\n• два"


def plural_categories(locale: str) -> dict[int, str]:
    """CLDR's category of each whole number."""
    rule = Locale.parse(locale).plural_form
    return {count: rule(count) for count in range(1200)}


def form_numbers(content: Content, locale: str) -> dict[int, int]:
    """The plural form that our catalogue takes for each whole number."""
    plural = gettext.c2py(content.interface.catalogues[locale].plural)
    return {count: plural(count) for count in range(1200)}


def forms_by_category(content: Content, locale: str) -> dict[str, set[int]]:
    forms: dict[str, set[int]] = {}
    for count, category in plural_categories(locale).items():
        forms.setdefault(category, set()).add(form_numbers(content, locale)[count])
    return forms


@pytest.mark.parametrize("locale", ["uk", "ru", "sr", "ar"])
def test_each_category_of_cldr_has_a_form_of_its_own(content: Content, locale: str):
    found = forms_by_category(content, locale)
    assert sorted(next(iter(forms)) for forms in found.values()) == list(range(len(found)))
    assert all(len(forms) == 1 for forms in found.values())


def test_no_locale_takes_two_forms_for_one_category_of_cldr(content: Content):
    for locale in content.languages:
        assert all(len(forms) == 1 for forms in forms_by_category(content, locale).values()), locale


def test_a_ukrainian_counts_in_three_forms_and_an_arab_in_six(content: Content):
    ukrainian, arabic = form_numbers(content, "uk"), form_numbers(content, "ar")
    assert [ukrainian[n] for n in (1, 21, 2, 34, 5, 11, 12, 100)] == [0, 0, 1, 1, 2, 2, 2, 2]
    assert [arabic[n] for n in (0, 1, 2, 3, 103, 11, 99, 100, 102)] == [0, 1, 2, 3, 3, 5, 5, 4, 4]


def test_every_counted_text_has_all_forms_of_its_locale(content: Content):
    counted = {key for key, forms in content.interface.catalogues["en"].forms.items() if len(forms) > 1}
    assert counted
    for locale in content.languages:
        forms = content.interface.catalogues[locale].forms
        wanted = get_plural(locale).num_plurals
        assert all(len(forms[key]) == wanted for key in counted & forms.keys()), locale
