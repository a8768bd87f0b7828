"""The form of a fact, line or place: which fields it has, and what somebody typed into them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

import msgspec
from starlette.datastructures import FormData

from content.hours import ALWAYS, DAYS, HOLIDAYS
from content.spreadsheet import NAME, normal
from content.value_edit import HOW, Typed
from content.week import MOST_SPANS, Span, Week, fits, week_of, written

Shape = Literal["line", "long", "day", "number", "url", "email", "phone", "choice", "source", "languages", "hours"]

_FACT: Final[Mapping[str, Shape]] = {
    "date": "day", "money": "number", "number": "number", "duration": "number", "url": "url", "email": "email",
}  # fmt: skip
"""How a fact's value is typed, by its type; a claim has none."""

_LINE: Final[Mapping[str, Shape]] = {
    "number": "phone", "printed": "line", "hours": "hours", "languages": "languages", "cost": "choice",
    "callable_from": "line",
}  # fmt: skip
_PLACE: Final[Mapping[str, Shape]] = {
    "address": "line", "phone": "phone", "opening_hours": "hours", "languages": "languages", "services": "line",
    "lat": "number", "lon": "number",
}  # fmt: skip
_SOURCED: Final[Mapping[str, Shape]] = {
    "source": "source", "as_of": "line", "confidence": "choice", "hold": "choice", "review_after": "day",
    "note": "long",
}  # fmt: skip

CHOICES: Final[Mapping[str, Sequence[str]]] = {
    "unit": ("minute", "hour", "day", "week", "month", "year"),
    "cost": ("", "free", "national"),
    "confidence": ("high", "med", "low"),
    "hold": ("", "C", "13B", "13C", "gap"),
}

MODES: Final = ("", "always", "week", "text")
"""How opening hours are given: not known, day and night, by days, or as OpenStreetMap writes them."""

HOLIDAY_MODES: Final = ("usual", "closed", "times")

_MIDNIGHT, _DAY_ENDS = "00:00", "24:00"
"""A time field cannot say 24:00."""

LONGEST: Final = 2000
"""Characters of a field; the longest note has a fifth."""


def shapes_of(cells: Mapping[str, str]) -> Mapping[str, Shape]:
    """The fields of an entry that editors may change, in the order of the form, names apart.

    Args:
        cells: What the entry says, by column (`content.spreadsheet.entries`).
    """
    if "type" not in cells:
        return {**(_LINE if "number" in cells else _PLACE), **_SOURCED}
    kind, value = cells["type"], dict[str, Shape]()
    if kind != "claim":
        value["value"] = _FACT.get(kind, "line")
    if kind == "money":
        value["currency"] = "line"
    if kind == "duration":
        value["unit"] = "choice"
    return {**value, "meaning": "long", **_SOURCED}


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """A form as it was filled in: what each field holds, as browsers send it, so that nothing typed is lost.

    Attributes:
        values: Several for a field of checkboxes.
    """

    values: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        """What a field holds."""
        return next(iter(self.values.get(name, ())), "")

    def many(self, name: str) -> Sequence[str]:
        """What is ticked."""
        return self.values.get(name, ())

    def but(self, fields: Mapping[str, Sequence[str]]) -> "Filled":
        """The same with other values of some fields."""
        return Filled(values={**self.values, **fields})

    @property
    def hidden(self) -> Sequence[tuple[str, str]]:
        """Everything, for a page that only carries it on."""
        return [(name, value) for name, values in self.values.items() for value in values]


def filled(form: FormData) -> Filled:
    """What somebody sent."""
    values: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str) and name not in ("token", "deed"):
            values.setdefault(name, []).append(value[:LONGEST])
    return Filled(values=values)


def fresh(cells: Mapping[str, str], seen: str) -> Filled:
    """The form as it is before anybody types."""
    values: dict[str, Sequence[str]] = {"seen": [seen]}
    for column, shape in columns_of(cells).items():
        values[f"was:{column}"] = [cells[column]]
        values |= fields_of(column, shape, cells[column])
    return Filled(values=values)


def columns_of(cells: Mapping[str, str]) -> Mapping[str, Shape]:
    """Every field of the form."""
    return {**shapes_of(cells), **{column: "line" for column in cells if column.startswith(NAME)}}


def fields_of(column: str, shape: Shape, value: str) -> Mapping[str, Sequence[str]]:
    """What the form's fields hold for a value."""
    if shape == "languages":
        return {column: value.split(", ") if value else []}
    return _hours_fields(column, value) if shape == "hours" else {column: [value]}


def typed_in(form: Filled, entry: str, cells: Mapping[str, str]) -> Typed:
    """What was typed, as the files would say it; fields that were not sent are not touched."""
    shapes = columns_of(cells)
    was = {column: _lines(form.one(f"was:{column}")) for column in shapes if f"was:{column}" in form.values}
    now = {column: normal(_typed(form, column, shapes[column], was[column]), column, cells) for column in was}
    how = form.one("how")
    return Typed(entry=entry, was=was, now=now, seen=form.one("seen"), how=how if how in HOW else "")


def rebased(form: Filled, cells: Mapping[str, str], seen: str) -> Filled:
    """The form over what the entry says now: what was typed stays, what was left alone is up to date."""
    typed = typed_in(form, "", cells)
    now = fresh(cells, seen).values
    kept: dict[str, Sequence[str]] = {}
    for column, shape in columns_of(cells).items():
        kept[f"was:{column}"] = now[f"was:{column}"]
        if column not in typed.changed:
            kept |= fields_of(column, shape, cells[column])
    return form.but({**kept, "seen": [seen]})


def _typed(form: Filled, column: str, shape: Shape, was: str) -> str:
    if shape == "languages":
        return _in_order(form.many(column), was.split(", "))
    if shape == "hours":
        return hours_typed(form, column, was)
    lines = _lines(form.one(column))
    return lines if shape == "long" else lines.replace("\n", " ")


def _lines(text: str) -> str:
    """Lines as the files end them."""
    return text.replace("\r\n", "\n").strip()


def _in_order(ticked: Sequence[str], before: Iterable[str]) -> str:
    """Codes that were there already keep their places."""
    return ", ".join([code for code in dict.fromkeys((*before, *ticked)) if code in ticked])


def hours_typed(form: Filled, column: str, was: str) -> str:
    """Opening hours as OpenStreetMap writes them; spans that are no times are handed on for the checks to refuse."""
    match form.one(f"{column}.mode"):
        case "always":
            return ALWAYS
        case "text":
            return form.one(f"{column}.text").strip()
        case "week":
            week = week_typed(form, column)
            return was if week_of(was) == week else written(week)
    return ""


def week_typed(form: Filled, column: str) -> Week:
    """The days as they were filled in."""
    mode = form.one(f"{column}.{HOLIDAYS}.mode")
    holidays = {"closed": (), "times": _spans(form, column, HOLIDAYS)}.get(mode)
    return Week(days=tuple(_spans(form, column, day) for day in DAYS), holidays=holidays)


def is_sound(week: Week) -> bool:
    """Whether every span ends after it begins, and the next begins after that."""
    return all(map(fits, (*week.days, week.holidays or ())))


def _spans(form: Filled, column: str, day: str) -> tuple[Span, ...]:
    found = (tuple(form.one(f"{column}.{day}.{place}.{end}") for end in ("from", "to")) for place in range(MOST_SPANS))
    return tuple((start, _DAY_ENDS if end == _MIDNIGHT else end) for start, end in found if start or end)


def _hours_fields(column: str, hours: str) -> Mapping[str, Sequence[str]]:
    week = week_of(hours)
    mode = "" if not hours else "always" if hours == ALWAYS else "week" if week else "text"
    fields = {f"{column}.mode": [mode], f"{column}.text": [hours]}
    if week is None:
        return fields
    holidays = "usual" if week.holidays is None else "times" if week.holidays else "closed"
    fields[f"{column}.{HOLIDAYS}.mode"] = [holidays]
    for day, spans in zip((*DAYS, HOLIDAYS), (*week.days, week.holidays or ()), strict=True):
        for place, (start, end) in enumerate(spans):
            fields[f"{column}.{day}.{place}.from"] = [start]
            fields[f"{column}.{day}.{place}.to"] = [_MIDNIGHT if end == _DAY_ENDS else end]
    return fields
