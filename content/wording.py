"""Dates, numbers, money, times and languages in the words of a locale (CLDR, by Babel), always in Latin digits."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_day_names
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

_CLDR = {"en": "en_GB"}  # day before month, as everywhere else in Europe


@cache
def cldr(locale: str) -> Locale:
    """Babel's locale for one of ours."""
    return Locale.parse(_CLDR.get(locale, locale), sep="-" if "-" in locale else "_")


def date(day: dt.date, locale: str) -> str:
    """For example: 4 March 2027."""
    return format_date(day, "long", cldr(locale))


def as_of(text: str, locale: str) -> str:
    """The words for `2026-02-20`, `2026-02`, `2026` or ""."""
    if len(text) == len("2026-02"):
        return format_skeleton("yMMMM", dt.date.fromisoformat(f"{text}-01"), locale=cldr(locale))
    return date(dt.date.fromisoformat(text), locale) if len(text) > 4 else text


def time(moment: dt.datetime) -> str:
    """For example: 8:00; the day has 24 hours in every locale, as on the doors in Hungary."""
    return f"{moment.hour}:{moment.minute:02}"


def day_of_year(day: dt.date, locale: str) -> str:
    """For example: 23 November."""
    return format_skeleton("MMMMd", day, locale=cldr(locale))


def number(value: Decimal | float, locale: str) -> str:
    """For example: 12,000."""
    return format_decimal(value, locale=cldr(locale))


def money(amount: Decimal, currency: str, locale: str) -> str:
    """For example: 22,800 Hungarian forints."""
    return format_currency(amount, currency, "#,##0.##", cldr(locale), currency_digits=False, format_type="name")


def duration(amount: Decimal, unit: str, locale: str) -> str:
    """For example: 30 days."""
    long = format_unit(amount, f"duration-{unit}", "long", locale=cldr(locale))
    # Where CLDR's long form is no other than the short one, Babel has the short one alone and names the unit instead.
    return format_unit(amount, f"duration-{unit}", "short", locale=cldr(locale)) if "duration-" in long else long


def weekday(day: int, locale: str) -> str:
    """Monday is 0."""
    return str(get_day_names("wide", "stand-alone", cldr(locale))[day])


def short_weekday(day: int, locale: str) -> str:
    """Monday is 0; for example: Mon."""
    return str(get_day_names("abbreviated", "format", cldr(locale))[day])


def language(code: str, locale: str) -> str:
    """The name of a language, such as Hungarian."""
    try:
        return Locale.parse(code, sep="-").get_display_name(cldr(locale)) or code
    except (UnknownLocaleError, ValueError):
        return code


def languages(codes: Iterable[str], locale: str) -> str:
    """Several languages, joined as the locale joins them."""
    return format_list([language(code, locale) for code in codes], locale=cldr(locale))
