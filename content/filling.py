"""Filling: what a placeholder says in a locale, and whether it may say it."""

from collections.abc import Mapping

import msgspec

from content import hours, phone, wording
from content.fact import Fact
from content.interface import Interface
from content.line import Line
from content.markup import Value
from content.place import Place
from content.placeholder import parts_of
from content.source import Source


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """The values that placeholders name."""

    facts: Mapping[str, Fact]
    lines: Mapping[str, Line]
    places: Mapping[str, Place]
    sources: Mapping[str, Source]

    def entry(self, name: str) -> Fact | Line | Place | None:
        """The fact, line or place that a placeholder names."""
        kind, identity, _ = parts_of(name)
        shelves: Mapping[str, Mapping[str, Fact | Line | Place]] = {
            "fact": self.facts,
            "line": self.lines,
            "place": self.places,
        }
        return shelves.get(kind, {}).get(identity)

    def may_show(self, name: str) -> bool:
        """Whether a placeholder's value is known and may be shown (docs/content.md)."""
        entry = self.entry(name)
        return entry is not None and entry.shown and (isinstance(entry, Fact) or bool(_raw(entry, name)))


class Filling:
    """What placeholders that may be shown say, in one locale at one time."""

    def __init__(self, known: Known, interface: Interface, locale: str, now: float) -> None:
        self.known = known
        self._interface = interface
        self._locale = locale
        self._now = now

    def __call__(self, name: str) -> Value:
        """The value of a placeholder.

        Raises:
            LookupError: It names nothing.
        """
        entry = self.known.entry(name)
        if entry is None:
            raise LookupError(name)
        if isinstance(entry, Fact):
            return self._fact(entry)
        return Value(text=self._words(parts_of(name)[2], _raw(entry, name), entry))

    def _fact(self, fact: Fact) -> Value:
        match fact.type:
            case "claim":
                return Value(text="")
            case "date":
                return Value(text=wording.date(fact.day, self._locale))
            case "money":
                return Value(text=wording.money(fact.amount, fact.currency, self._locale))
            case "number":
                return Value(text=wording.number(fact.amount, self._locale))
            case "duration":
                return Value(text=wording.duration(fact.amount, fact.unit, self._locale))
            case "url":
                return Value(text=fact.value.split("://", 1)[1].rstrip("/"), href=fact.value)
        return Value(text=fact.value)

    def _words(self, attribute: str, raw: object, entry: Line | Place) -> str:
        match attribute:
            case "name":
                return entry.named(self._locale)
            case "number" | "phone":
                return phone.shown(str(raw), getattr(entry, "printed", ""))
            case "hours":
                return self._hours(str(raw))
            case "languages":
                return wording.languages(entry.languages, self._locale)
            case "cost":
                return self._say(f"line.{raw}")
        return str(raw)

    def _hours(self, expression: str) -> str:
        words = hours.in_words(expression, self._locale, self._say)
        state = hours.state(expression, self._locale, self._say, self._now)
        return self._say("hours.with_state", hours=words, state=state) if state else words

    def _say(self, key: str, /, **values: object) -> str:
        return self._interface.plain(key, self._locale, values)


def _raw(entry: Line | Place, name: str) -> object:
    """The field that a placeholder asks for, as it stands in the file."""
    attribute = parts_of(name)[2]
    return getattr(entry, "opening_hours" if attribute == "hours" and isinstance(entry, Place) else attribute, None)
