"""Telephone numbers that a person types when asked for one: they stand in the case alone, and leave with its close."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Final

from msgspec.structs import replace

from desk import transitions
from road.care import CallBack
from road.case import Case

HIDDEN: Final = "☎ …"
"""Stands in the transcript in place of a number."""

KEPT: Final = 5
"""Numbers of a case: the last that were typed."""

_DATE = r"\d{1,2}[./-] ?\d{1,2}[./-] ?\d{4}(?!\d)|\d{4}[./-] ?\d{1,2}[./-] ?\d{1,2}(?!\d)"
_NUMBER: Final = re.compile(rf"(?<!\d)(?!{_DATE})\+?\(?\d(?:[ \u00a0./()–-]{{0,3}}\d){{6,14}}(?!\d)")
"""7 to 15 digits of any script, as people group them. Source: ITU-T E.164, at most 15."""


def awaits_number(case: Case) -> bool:
    """Whether the person was asked for the number to call."""
    return case.care.call_back is not None and case.care.call_back.asks_number


def with_numbers(case: Case, text: str, *, at: float) -> Case:
    """The case with the numbers of a message in it, where it awaits one."""
    numbers, call = numbers_in(text), case.care.call_back or CallBack()
    if not numbers or not awaits_number(case):
        return case
    typed = (*(each for each in call.typed if each not in numbers), *numbers)[-KEPT:]
    return transitions.gave(case, at=at, care=replace(case.care, call_back=replace(call, typed=typed)))


def without_kept(text: str, cases: Collection[Case]) -> str:
    """A message without the numbers that these cases keep."""
    kept = {number for case in cases if case.care.call_back for number in case.care.call_back.typed}
    return _NUMBER.sub(lambda found: HIDDEN if _plain(found[0]) in kept else found[0], text)


def numbers_in(text: str) -> Sequence[str]:
    """What may be a telephone number, in ASCII digits."""
    return tuple(dict.fromkeys(_plain(found[0]) for found in _NUMBER.finditer(text)))


def _plain(number: str) -> str:
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in number)
