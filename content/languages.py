"""The languages that the hotline answers in: `languages.yml` alone names them, so that files are enough to add one."""

from collections.abc import Iterator, Mapping

from content import wording
from content.article_rules import TITLE_LIMIT
from content.proof import Sheet
from content.record import compose, entries, line_of
from road.locale import LOCALES, SOURCE_LOCALE

FILE = "languages.yml"


def read_languages(text: str, sheet: Sheet) -> Mapping[str, str]:
    """Own name by locale, in the order of the buttons; faults are marked.

    Where the file names none, as in a snapshot from before it, those that the hotline began with.
    """
    node = compose(text, sheet)
    names: dict[str, str] = {}
    for locale, key, value in entries(node, sheet):
        name = str(value.value)
        for problem in _problems(locale, name):
            sheet.mark(line_of(key), f"{locale}: {problem}")
        names[locale] = name
    if names and SOURCE_LOCALE not in names:
        sheet.mark(0, f"{SOURCE_LOCALE}: missing; English is the source")
    return names or {locale: wording.language(locale, locale) for locale in LOCALES}


def _problems(locale: str, name: str) -> Iterator[str]:
    if locale not in wording.cldr(SOURCE_LOCALE).languages:
        yield "is not a language code such as uk"
    if not 0 < len(name) <= TITLE_LIMIT:
        yield f"its own name must have 1 to {TITLE_LIMIT} characters, since it is a button"
