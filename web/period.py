"""The days that a page of numbers is about."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

LENGTHS: Final = (7, 28, 90)
"""Days to choose at once, today among them: whole weeks, so that no weekday counts more often than another; the last is
a quarter of a year."""

USUAL: Final = 28
LONGEST: Final = 400
"""As many days as there are counts of (`store.keys.TALLY_S`)."""


class Period(NamedTuple):
    """From the first day to the last."""

    first: date
    last: date

    @property
    def days(self) -> tuple[date, ...]:
        """All of them, in order."""
        return tuple(self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))

    @property
    def query(self) -> str:
        """As addresses carry it."""
        return f"from={self.first}&to={self.last}"


def last_days(length: int, today: date) -> Period:
    """So many days up to today."""
    return Period(today - timedelta(days=length - 1), today)


def asked_period(asked: Mapping[str, str], today: date) -> Period | None:
    """The period that a query asks for, the usual one if it names none; None for one that cannot be."""
    if asked.get("from") or asked.get("to"):
        return _between(asked.get("from", ""), asked.get("to", ""), today)
    days = asked.get("days") or str(USUAL)
    return last_days(int(days), today) if days in map(str, LENGTHS) else None


def _between(first: str, last: str, today: date) -> Period | None:
    try:
        period = Period(date.fromisoformat(first), min(date.fromisoformat(last), today))
    except ValueError:
        return None
    return period if 0 <= (period.last - period.first).days < LONGEST else None
