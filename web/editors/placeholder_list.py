"""What can be put into a text: facts, lines and places, with what they mean and say in a locale."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from content.content import Content
from content.fact import Fact
from content.filling import Filling
from content.line import Line
from content.place import Place
from content.placeholder import ATTRIBUTES, parts_of
from web.editors.desk import PATH


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A placeholder.

    Attributes:
        name: As it stands between the braces.
        meaning: For editors; a line's or place's name in their language.
        value: What it says today in the text's locale; "" for a claim, and for what may not be shown.
        shown: Whether its paragraph is shown to people.
    """

    name: str
    meaning: str
    value: str
    shown: bool

    @property
    def address(self) -> str:
        """The page of its fact, line or place."""
        kind, identity, _ = parts_of(self.name)
        return f"{PATH}/values/{kind}/{identity}"


def choices(content: Content, locale: str, reader: str, now: float) -> Sequence[Choice]:
    """Every placeholder whose value somebody knows, facts first.

    Args:
        locale: Of the text.
        reader: Of the editor, for names.
    """
    return [_choice(content, name, locale, reader, now) for name in _names(content)]


def choices_in(content: Content, names: Sequence[str], locale: str, reader: str, now: float) -> Sequence[Choice]:
    """Those of a text, each once; what does not exist is left out."""
    known = dict.fromkeys(name for name in names if content.known.entry(name))
    return [_choice(content, name, locale, reader, now) for name in known]


def _names(content: Content) -> Iterator[str]:
    yield from (f"fact.{fact}" for fact in content.facts)
    shelves: Mapping[str, Mapping[str, Line | Place]] = {"line": content.lines, "place": content.places}
    for kind, entries in shelves.items():
        for entry in entries.values():
            yield from (f"{kind}.{entry.id}.{part}" for part in ATTRIBUTES[kind] if _is_known(entry, part))


def _is_known(entry: Line | Place, part: str) -> bool:
    return bool(getattr(entry, "opening_hours" if part == "hours" and isinstance(entry, Place) else part))


def _choice(content: Content, name: str, locale: str, reader: str, now: float) -> Choice:
    entry, shown = content.known.entry(name), content.known.may_show(name)
    meaning = entry.meaning if isinstance(entry, Fact) else entry.named(reader) if entry else ""
    value = Filling(content.known, content.interface, locale, now)(name).text if shown else ""
    return Choice(name=name, meaning=meaning, value=value, shown=shown)
