"""What one answer file must keep to by itself (docs/content.md); what it shares with others is in `guards`."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from content import placeholder
from content.frontmatter import Front
from content.problem import Problem
from content.proof import allowed, nearest
from road.locale import SOURCE_LOCALE

TITLE_LIMIT = 40
"""Characters of a title; it is a button too, and a phone cuts longer ones."""

ACCEPTABLE = ("length", "reading")
"""Warnings that an answer may accept, with a reason."""

_LITERAL_DIGITS = 6
"""Most digits of a literal: "200,000" people in history pass, telephone numbers do not."""

_AMOUNT = re.compile(r"[$€£₴₽]|\b(HUF|EUR|USD|UAH|Ft)\b", re.IGNORECASE)
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")
_NOT_WORDS = re.compile(rf"{placeholder.PATTERN.pattern}|\]\([^)\s]*\)|^\s*\d{{1,2}}[.)]\s")
_DIGITS = re.compile(r"\+?\d+(?:(?:[ /.-]|\) ?| \()\d+)*")
"""A telephone number or a date is one number, however it is grouped."""


def front_problems(front: Front, locale: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the fields, by field."""
    yield from _title_problems(front.title)
    yield from _review_problems(front)
    yield from _locale_problems(front, locale)
    for literal, reason in front.literals.items():
        if not reason or not any(character.isdigit() for character in literal):
            sentence = f"{literal!r} must be a number, with the reason why it may stand in the text"
            yield "literals", Problem("literal_reason", sentence, number=literal)
        if sum(character.isdigit() for character in literal) > _LITERAL_DIGITS or _AMOUNT.search(literal):
            sentence = f"{literal!r}: telephone numbers and amounts are never literals; use a line or a fact"
            yield "literals", Problem("literal_amount", sentence, number=literal)
    for name, reason in front.accepted.items():
        if name not in ACCEPTABLE:
            yield "accepted", f"unknown warning {name}{nearest(name, ACCEPTABLE)}; {allowed(ACCEPTABLE)}"
        elif not reason.strip():
            yield "accepted", Problem("accepted_reason", f"{name}: say why", name=name)
    for stamp in (front.translates, *front.same_meaning_as):
        if stamp and not _FINGERPRINT.fullmatch(stamp):
            yield "translates" if stamp == front.translates else "same_meaning_as", f"{stamp!r} is not a fingerprint"


def body_problems(body: str, literals: Collection[str] | None) -> Iterator[tuple[int, str]]:
    """What is wrong with the text, by its line.

    Args:
        literals: Numbers that may stand in it, or None when they could not be read.
    """
    if not body.strip():
        yield 1, Problem("empty", "the text is missing below the front matter")
    for number in placeholder.leftovers_in(body):
        yield (
            number,
            Problem("braces", "doubled braces that are no placeholder; write {{ fact.id }}, without filters or logic"),
        )
    for number, line in enumerate(body.split("\n"), start=1):
        for digits in _stray_digits(line, literals) if literals is not None else ():
            sentence = (
                f"the number {digits} stands in the text; make it a fact or a line, "
                "or list it under `literals:` with a reason"
            )
            yield number, Problem("number", sentence, number=digits)


def _title_problems(title: str) -> Iterator[tuple[str, str]]:
    if not title.strip():
        yield "title", Problem("title_missing", "missing")
    if len(title) > TITLE_LIMIT:
        sentence = f"{len(title)} characters; at most {TITLE_LIMIT}, since it is a button too"
        yield "title", Problem("title_long", sentence, count=len(title), most=TITLE_LIMIT)
    if re.search(r"[\n<>*]|\{\{", title):
        yield "title", Problem("title_words", "plain words on one line only")


def _review_problems(front: Front) -> Iterator[tuple[str, str]]:
    review = front.reviewed
    if bool(review.by) != bool(review.on):
        yield "reviewed", Problem("review_half", "`by` and `on` stand together, or both are empty")
    if review.on and not _is_day(review.on):
        sentence = f"on: {review.on!r} is not a date such as 2026-12-01"
        yield "reviewed", Problem("review_date", sentence, date=review.on)


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _locale_problems(front: Front, locale: str) -> Iterator[tuple[str, str]]:
    if locale == SOURCE_LOCALE and front.translates:
        yield "translates", "English is the source and translates nothing"
    for field in ("sources", "same_meaning_as") if locale != SOURCE_LOCALE else ():
        if getattr(front, field):
            yield field, "stands in the English file only"


def _stray_digits(line: str, literals: Collection[str]) -> Iterator[str]:
    if not _DIGITS.search(line):
        return
    words = _NOT_WORDS.sub(" ", line)
    for literal in sorted(literals, key=len, reverse=True):
        words = re.sub(rf"(?<!\d){re.escape(literal)}(?!\d)", " ", words)
    yield from (match[0] for match in _DIGITS.finditer(words))
