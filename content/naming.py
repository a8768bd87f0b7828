"""Names of lines and places in the locales, and the languages and countries that go with them."""

from collections.abc import Collection, Iterator, Mapping

from content import wording
from road.locale import SOURCE_LOCALE


def named(names: Mapping[str, str], locale: str) -> str:
    """The name in a locale, or in English."""
    return names.get(locale) or names.get(SOURCE_LOCALE, "")


def name_problems(names: Mapping[str, str], locales: Collection[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a `name`."""
    if not names.get(SOURCE_LOCALE):
        yield "name", "the English one (en) is missing"
    for locale in names:
        if locale not in locales:
            yield "name", f"unknown locale {locale}; allowed: {', '.join(locales)}"


def language_problems(codes: Collection[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with `languages`."""
    for code in codes:
        if code not in wording.cldr(SOURCE_LOCALE).languages:
            yield "languages", f"{code!r} is not a language code such as uk"


def country_problems(codes: Collection[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with `callable_from`."""
    for code in codes:
        if code != "any" and (len(code) != 2 or code not in wording.cldr(SOURCE_LOCALE).territories):
            yield "callable_from", f"{code!r} is not a country code such as HU, nor `any`"
