"""Warnings: what editors should look at; none of them stops anything (DESIGN: expiry never fails a build)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from content import readability
from content.article import Article
from content.content import Content
from content.guards import path_of
from content.length import words
from content.problem import Problem
from content.stamp import stale
from content.state import is_overdue, is_unconfirmed
from road.locale import SOURCE_LOCALE

CONSOLE_LOCALES = ("en", "hu", "uk")
"""Locales that staff reads the console in (road.account)."""


NAMES = ("unconfirmed", "overdue", "stale", "untranslated", "length", "reading", "accepted")
"""All there are."""

SHORTEST, LONGEST = 40, 120
"""Words of an ordinary answer (issue C)."""

_SLACK = 1.25
"""A translation may be so much shorter or longer: mostly its English text is."""


class Reminder(NamedTuple):
    """Something to look at.

    Attributes:
        where: The file, and the entry in it.
        name: What kind of warning it is.
        accepted: Why an editor lets it stand, or "".
    """

    where: str
    name: str
    problem: str
    accepted: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.problem} [{self.name}]"


def warnings(content: Content, today: date) -> list[Reminder]:
    """Everything that editors should look at, and what they have accepted."""
    return [
        *_unconfirmed(content),
        *_overdue(content, today),
        *_stale(content),
        *_untranslated(content),
        *_unbridged(content),
        *_texts(content),
    ]


def unconfirmed_critical_lines(content: Content) -> list[str]:
    """Ids of critical lines that no member of staff has confirmed."""
    return [line.id for line in content.lines.values() if is_unconfirmed(line)]


def _unconfirmed(content: Content) -> Iterator[Reminder]:
    for line in unconfirmed_critical_lines(content):
        yield Reminder(f"lines/{line}.yml", "unconfirmed", "critical, and nobody has confirmed it; it is shown")


def _overdue(content: Content, today: date) -> Iterator[Reminder]:
    facts = ((f"facts.yml: {fact.id}", fact) for fact in content.facts.values())
    lines = ((f"lines/{line.id}.yml", line) for line in content.lines.values())
    places = ((f"places/{place.id}.yml", place) for place in content.places.values())
    for where, entry in (*facts, *lines, *places):
        if is_overdue(entry, today):
            yield Reminder(where, "overdue", f"was to be reviewed after {entry.review_after}")


def _stale(content: Content) -> Iterator[Reminder]:
    for path in stale(content):
        yield Reminder(path, "stale", "the English text has changed, or the translation was never stamped")


def _untranslated(content: Content) -> Iterator[Reminder]:
    catalogues = content.interface.catalogues
    english = catalogues[SOURCE_LOCALE].forms.keys() if SOURCE_LOCALE in catalogues else frozenset[str]()
    for locale in content.languages:
        wanted = {key for key in english if locale in CONSOLE_LOCALES or not key.startswith("console.")}
        missing = wanted - catalogues[locale].forms.keys() if locale in catalogues else wanted
        if missing:
            problem = f"{len(missing)} interface texts are shown in English, {min(missing)} for one"
            yield Reminder(f"locale/{locale}", "untranslated", problem)


def _unbridged(content: Content) -> Iterator[Reminder]:
    """Questions and texts of staff that people read in English."""
    for locale in content.languages:
        for folder, missing in (
            ("bridge", content.bridge.missing(locale)),
            ("prepared", content.prepared.missing(locale)),
        ):
            if missing:
                problem = f"{len(missing)} of what staff sends is said in English, {missing[0]} for one"
                yield Reminder(f"{folder}/{locale}.yml", "untranslated", problem)


def _texts(content: Content) -> Iterator[Reminder]:
    """Answers that are short, long or hard to read, and what they accept in vain."""
    for article in content.articles.values():
        yield from of_text(article, path_of(article, content.topics[article.topic].group))


def of_text(article: Article, path: str) -> Iterator[Reminder]:
    """What one answer's text should be looked at for, and what it accepts in vain."""
    accepted, found = article.front.accepted, list(_text_problems(article))
    yield from (Reminder(path, name, problem, accepted.get(name, "")) for name, problem in found)
    for name in accepted.keys() - {name for name, _ in found}:
        problem = f"accepts {name!r}, of which nothing is found any more; take it out"
        yield Reminder(path, "accepted", Problem("accepted_in_vain", problem, name=name))


def _text_problems(article: Article) -> Iterator[tuple[str, str]]:
    count = words(article.blocks, article.locale)
    slack = 1.0 if article.locale == SOURCE_LOCALE else _SLACK
    if article.form == "full" and not SHORTEST / slack <= count <= LONGEST * slack:
        sentence = f"{count} words; an answer has {SHORTEST} to {LONGEST}"
        yield "length", Problem("length", sentence, count=count, least=SHORTEST, most=LONGEST)
    yield from (("reading", problem) for problem in readability.problems_of(article.blocks, article.locale))
