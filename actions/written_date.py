"""Dates of birth, as people write them in the hotline's languages."""

import re
from typing import Final

from babel.dates import get_month_names

from road.locale import LOCALES

FIRST_PUBLIC_YEAR: Final = 2022
"""Dates from this year on are mostly those of cards, laws and the war: they stay unless birth is spoken of."""

_NAMES = {
    re.escape(name.strip("."))
    for locale in LOCALES
    for width in ("wide", "abbreviated")
    for name in get_month_names(width, "format", locale).values()
    if len(name) > 2
}
_MONTH = rf"(?:{'|'.join(sorted(_NAMES, key=len, reverse=True))})[^\W\d]*"
_OF = r"\W{0,3}(?:[^\W\d]{1,3}\W+)?"
"""Between the parts of a date: "of", "de", "năm", a dot."""

_DATE = re.compile(
    r"(?<![\d./-])(?:\d{1,2}([./-])\s?\d{1,2}\1\s?(?:\d{4}|\d{2})|\d{4}([./-])\s?\d{1,2}\2\s?\d{1,2})(?!\d|[./-]\d)"
    rf"|\b\d{{1,2}}{_OF}{_MONTH}{_OF}\d{{4}}\b"
    rf"|\b{_MONTH}\W{{1,2}}\d{{1,2}}(?:st|nd|rd|th)?\W{{1,2}}\d{{4}}\b"
    rf"|\b\d{{4}}\W{{1,2}}{_MONTH}\W{{1,2}}\d{{1,2}}\b",
    re.IGNORECASE,
)
_BORN = r"\b(?:born|birth|народ|рожд|роди[вл]|szület|szulet|naci|lindur|рођен|rođen|төрс)[^\W\d]*"
_SPEAKS_OF_BIRTH = re.compile(rf"{_BORN}|\b(?:р\.?\s?н|г\.?\s?р)\b", re.IGNORECASE)
_YEAR_OF_BIRTH = re.compile(
    rf"\b\d{{4}}(?=\s*(?:р\.?\s?н|г\.?\s?р|рок[иу] народ\w*|года рожд\w*)\b)"
    rf"|\b\d{{4}}-?[^\W\d]{{0,3}}\W+{_BORN}|{_BORN}{_OF}\d{{4}}\b",
    re.IGNORECASE,
)


def without_dates(text: str) -> str:
    """A text without dates of birth, and without all dates that could be one."""
    birth = bool(_SPEAKS_OF_BIRTH.search(text))
    text = _DATE.sub(lambda date: date[0] if _is_public(date[0]) and not birth else " ", text)
    return _YEAR_OF_BIRTH.sub(" ", text)


def _is_public(date: str) -> bool:
    return any(int(year) >= FIRST_PUBLIC_YEAR for year in re.findall(r"\d{4}", date))
