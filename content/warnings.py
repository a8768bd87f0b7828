"""Warnings: what editors should look at; none of them stops anything (DESIGN: expiry never fails a build)."""

from collections.abc import Iterator
from datetime import date

from content.content import Content
from content.stamp import stale
from road.locale import LOCALES, SOURCE_LOCALE

CONSOLE_LOCALES = ("en", "hu", "uk")
"""Locales that staff reads the console in (road.account)."""


def warnings(content: Content, today: date) -> list[str]:
    """One sentence for each thing that editors should look at."""
    return [*_unconfirmed(content), *_overdue(content, today), *_stale(content), *_untranslated(content)]


def unconfirmed_critical_lines(content: Content) -> list[str]:
    """Ids of critical lines that no member of staff has confirmed."""
    return [line.id for line in content.lines.values() if line.critical and not line.confirmed]


def _unconfirmed(content: Content) -> Iterator[str]:
    for line in unconfirmed_critical_lines(content):
        yield f"lines/{line}.yml: critical, and nobody has confirmed it; it is shown"


def _overdue(content: Content, today: date) -> Iterator[str]:
    facts = ((f"facts.yml: {fact.id}", fact) for fact in content.facts.values())
    lines = ((f"lines/{line.id}.yml", line) for line in content.lines.values())
    places = ((f"places/{place.id}.yml", place) for place in content.places.values())
    for where, entry in (*facts, *lines, *places):
        if entry.review_after < today:
            yield f"{where}: was to be reviewed after {entry.review_after}"


def _stale(content: Content) -> Iterator[str]:
    for path in stale(content):
        yield f"{path}: the English text has changed, or the translation was never stamped"


def _untranslated(content: Content) -> Iterator[str]:
    catalogues = content.interface.catalogues
    english = catalogues[SOURCE_LOCALE].forms.keys() if SOURCE_LOCALE in catalogues else frozenset[str]()
    for locale in LOCALES:
        wanted = {key for key in english if locale in CONSOLE_LOCALES or not key.startswith("console.")}
        missing = wanted - catalogues[locale].forms.keys() if locale in catalogues else wanted
        if missing:
            yield f"locale/{locale}: {len(missing)} interface texts are shown in English, {min(missing)} for one"
