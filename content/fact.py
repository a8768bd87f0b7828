"""Facts: dates, amounts, links and claims that answers rest on."""

import re
from collections.abc import Container, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from babel.core import get_global

from content.proof import Sheet
from content.record import compose, entries, mark_fields, read
from content.sourced import Sourced, provenance_problems, without

_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_WEB = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+")


class Fact(Sourced, frozen=True, kw_only=True):
    """An entry of `facts.yml`.

    Attributes:
        value: As written; `day`, `amount` and so on give it its type. "" for a claim, or when it is not known.
        meaning: What the value is, for editors and reviewers.
    """

    id: str
    type: Literal["date", "money", "number", "duration", "url", "email", "text", "claim"]
    meaning: str
    value: str = ""
    currency: str = ""
    unit: Literal["", "minute", "hour", "day", "week", "month", "year"] = ""

    @property
    def shown(self) -> bool:
        """Whether blocks that use it are shown."""
        return self.trusted and (self.type == "claim" or bool(self.value))

    @property
    def day(self) -> date:
        """The value of a date."""
        return date.fromisoformat(self.value)

    @property
    def amount(self) -> Decimal:
        """The value of money, a number or a duration."""
        return Decimal(self.value)


def read_facts(text: str, sheet: Sheet, sources: Container[str]) -> Mapping[str, Fact]:
    """All facts by id; faults are marked."""
    facts: dict[str, Fact] = {}
    for name, _, value in entries(compose(text, sheet), sheet):
        below = sheet.about(name)
        fact = read(value, Fact, below, id=name)
        if fact is not None:
            problems = list(_problems(fact))
            mark_fields(value, [*provenance_problems(fact, sources), *problems], below)
            facts[name] = without(fact, [("value", problem) for _, problem in problems], ("value",))
    return facts


def _problems(fact: Fact) -> Iterator[tuple[str, str]]:
    if problem := _value_problem(fact):
        yield "value", problem
    if bool(fact.currency) != (fact.type == "money"):
        yield "currency", "money has one, others have none"
    elif fact.currency and fact.currency not in get_global("all_currencies"):
        yield "currency", f"{fact.currency!r} is not a currency code such as HUF"
    if bool(fact.unit) != (fact.type == "duration"):
        yield "unit", "a duration has one, others have none"


def _value_problem(fact: Fact) -> str | None:
    if fact.type == "claim":
        return "a claim has none; its sentence stands in the answers" if fact.value else None
    if not fact.value:
        return "missing; only a fact that is on hold may be unknown" if fact.trusted else None
    if _fits(fact):
        return None
    wanted = {
        "date": "a date such as 2027-03-04",
        "url": "a web address (https://…)",
        "email": "an e-mail address",
        "text": "one line of text",
    }
    return f"{fact.value!r} is not {wanted.get(fact.type, 'a number')}"


def _fits(fact: Fact) -> bool:
    try:
        match fact.type:
            case "date":
                return bool(fact.day)
            case "money" | "number" | "duration":
                return fact.amount.is_finite()
            case "url":
                return bool(_WEB.fullmatch(fact.value))
            case "email":
                return bool(_EMAIL.fullmatch(fact.value))
    except (ValueError, InvalidOperation):
        return False
    return "\n" not in fact.value
