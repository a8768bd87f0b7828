"""Telephone numbers: whether they can exist, and how they are shown.

Decision 0004: a Hungarian number is shown as people dial it and as it is printed in Hungary, then in its international
form, which Telegram makes tappable and which a foreign SIM card needs: `06 80 20 55 20 (+36 80 205 520)`. Other
countries' numbers are international only, short numbers stand as they are.
"""

import re
from collections.abc import Sequence

import phonenumbers
from phonenumbers import PhoneNumberFormat, shortnumberinfo

_E164 = re.compile(r"\+[1-9]\d{6,14}")
_SHORT = re.compile(r"\d{3,6}")
_EUROPEAN = re.compile(r"116\d{3}")  # reserved in all the EU for such lines; the metadata does not know all of them
_HOME = "HU"
_TRUNK_PREFIX = "06"


def problem_of(number: str, regions: Sequence[str] = (_HOME,)) -> str | None:
    """What is wrong with a number, or None.

    Args:
        number: E.164 or a short number.
        regions: Countries where a short number can be called; `any` counts as Hungary.
    """
    if _E164.fullmatch(number):
        exists = phonenumbers.is_valid_number(phonenumbers.parse(number))
        return None if exists else "no such telephone number exists"
    if not is_short(number):
        return "must be E.164, such as +3614639292, or a short number, such as 112"
    countries = [region for region in regions if region != "any"] or [_HOME]
    if any(_short_exists(number, country) for country in countries):
        return None
    return f"no such short number is known in {', '.join(countries)}"


def is_short(number: str) -> bool:
    """Whether it has the form of a short number."""
    return bool(_SHORT.fullmatch(number))


def printed_problem(number: str, printed: str) -> str | None:
    """What is wrong with the printed form of a number, or None."""
    digits = re.sub(r"[ \-/()]", "", printed)
    if not printed or (number.startswith("+36") and digits == _TRUNK_PREFIX + number[3:]) or digits == number:
        return None
    return f"{printed!r} is not another way to write {number}"


def shown(number: str, printed: str = "") -> str:
    """A number for people to dial; `printed` is its grouping in Hungary where that is another than the usual one."""
    if not number.startswith("+"):
        return printed or (f"{number[:3]} {number[3:]}" if len(number) == 6 else number)
    parsed = phonenumbers.parse(number)
    international = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    if phonenumbers.region_code_for_number(parsed) != _HOME:
        return international
    national = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL).translate({ord("("): "", ord(")"): ""})
    return f"{printed or national} ({international})"


def digits_shown(number: str) -> frozenset[str]:
    """The digit strings by which a number could stand in a text."""
    bare = number.removeprefix("+")
    return frozenset({bare, _TRUNK_PREFIX + number[3:]} if number.startswith("+36") else {bare})


def _short_exists(number: str, region: str) -> bool:
    if _EUROPEAN.fullmatch(number):
        return True
    return bool(shortnumberinfo.is_valid_short_number_for_region(phonenumbers.parse(number, region), region))
