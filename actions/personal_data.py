"""Personal data in a message: found by its form and taken out, rather too much than too little.

Names of people have no form; whoever reviews a message takes them out by hand.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from phonenumbers import Leniency, PhoneNumberMatcher

from actions import street_address, written_date
from nlu.message import clean, prepare

HOME_COUNTRIES: Final = ("HU", "UA", "RU")
"""Where a number without a country code may be from."""


class Cleaned(NamedTuple):
    """A text without personal data, and what kinds of it were taken out."""

    text: str
    removed: tuple[str, ...]


def without_personal_data(text: str) -> Cleaned:
    """A text as the box would read it, without contacts, addresses, dates of birth and numbers that name somebody."""
    text, removed = prepare(text), []
    for kind, take_out in _STEPS.items():
        left = take_out(text)
        if left != text:
            removed.append(kind)
        text = left
    return Cleaned(clean(_SPACE_LEFT.sub("", text)) if removed else text, tuple(removed))


def _without_phones(text: str) -> str:
    for country in HOME_COUNTRIES:
        for match in PhoneNumberMatcher(text, country, leniency=Leniency.VALID):
            text = text.replace(match.raw_string, " ")
    return text


def _without(pattern: str) -> Callable[[str], str]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda text: compiled.sub(" ", text)


_ROUND_AMOUNT = r"\d{1,3}[ .]?000\b|\d[ .]?000[ .]?000\b"
_YEARS = r"(?:19|20)\d\d[ -](?:19|20)?\d\d\b"
_PUBLIC_DATE = r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{4}\b|\d{4}[./-]\s?\d{1,2}[./-]\s?\d{1,2}\b"
_EUROPEAN_LINE = r"116\d{3}\b"

_STEPS: Final[dict[str, Callable[[str], str]]] = {
    "e-mail address": _without(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"),
    "link": _without(r"(?:https?://|www\.)\S+|\b(?:[\w-]+\.)+[a-z]{2,}/\S+"),
    "@name": _without(r"(?<!\w)@\w{2,}"),
    "account number": _without(r"\b[A-Z]{2}\d{2} ?[A-Z\d]{4}(?: ?\d{4}){2,6}(?: ?\d{1,4})?\b|\b\d(?:[ -]?\d){12,25}\b"),
    "date": written_date.without_dates,
    "address": _without(street_address.PATTERN),
    "telephone number": _without_phones,
    "document number": _without(
        r"\b[^\W\d_]{2}(?:[ #-]|No\.?){0,3}\d{6,9}\b"  # passports: FK 123456
        r"|\b(?=\w*[^\W\d_])(?=(?:\w*\d){5})\w+\b"  # five digits or more among letters: 123456AB
    ),
    "long number": _without(  # TAJ, tax and case numbers
        rf"(?<!\d)(?<!\d[./-])(?!{_ROUND_AMOUNT}|{_YEARS}|{_PUBLIC_DATE}|{_EUROPEAN_LINE})\d(?:[ ./()-]{{0,2}}\d){{5,}}"
    ),
}
_SPACE_LEFT = re.compile(r"\s+(?=[,.;:!?)])|(?<=\()\s+|\(\s*\)")
