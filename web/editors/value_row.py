"""A fact, line or place as editors see it: what it says to people, where it comes from, when it is due."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec

from content import wording
from content.content import ArticleKey, Content
from content.draft import Draft
from content.fact import Fact
from content.filling import Filling
from content.line import Line
from content.place import Place
from content.sourced import Confirmation
from content.spreadsheet import entries
from content.usage import uses, uses_of
from content.value_edit import mark

KINDS: Final = ("fact", "line", "place")

SOON: Final = timedelta(days=30)
"""So far ahead an entry counts as due soon: a month's work can be planned."""

PARTS: Final[Mapping[str, Mapping[str, str]]] = {
    "line": {"number": "number", "hours": "hours", "languages": "languages", "cost": "cost"},
    "place": {"address": "address", "opening_hours": "hours", "phone": "phone", "languages": "languages"},
}
"""What people hear of an entry, by its field: the placeholder's part that says it."""


Uses = Mapping[str, Sequence[ArticleKey]]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A part of an entry in a reader's words.

    Attributes:
        field: Its name in the files.
        href: Where it can be read or called, or "".
    """

    field: str
    text: str
    href: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An entry.

    Attributes:
        entry: As in the placeholders, such as `fact.card_fee`.
        said: What people are told, as they read it; nothing for a claim, whose sentence stands in the answers.
        as_of: When its source said so, in words, or "".
        hidden: Why people are not told of it: a hold, `confidence` or `empty`; "" when they are.
        answers: Those that use it.
        seen: The mark of its values.
        before: What it says of its confirmation, by column.
    """

    entry: str
    kind: str
    id: str
    name: str
    said: Sequence[Said]
    source: str
    source_url: str
    as_of: str
    confirmed: Confirmation | None
    review_after: date
    critical: bool
    hidden: str
    note: str
    answers: Sequence[ArticleKey]
    seen: str
    before: Mapping[str, str]

    @property
    def topics(self) -> Sequence[str]:
        """Topics whose answers use it."""
        return list(dict.fromkeys(topic for topic, _, _ in self.answers))

    @property
    def pressing(self) -> bool:
        """A line that people in danger are given and that nobody has confirmed."""
        return self.critical and self.confirmed is None

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been looked at by now."""
        return self.review_after < today

    def is_due_soon(self, today: date) -> bool:
        """Whether it is to be looked at within a month."""
        return self.review_after <= today + SOON

    def is_open(self, today: date) -> bool:
        """Whether it waits for somebody to confirm it."""
        return self.confirmed is None or self.is_due_soon(today)


BEFORE: Final = ("confirmed by", "confirmed on", "confirmed how", "review_after")


def rows(draft: Draft, locale: str, now: float) -> Sequence[Row]:
    """Every entry: critical lines that nobody has confirmed, then the soonest due; those of one source together."""
    make = _Maker(draft.content, uses(draft.content), locale, now)
    return sorted(
        map(make.row, entries(draft.content)),
        key=lambda row: (not row.pressing, row.review_after, row.source, row.entry),
    )


def row_of(entry: str, draft: Draft, locale: str, now: float) -> Row:
    """One entry."""
    return _Maker(draft.content, {entry: uses_of(entry, draft.content)}, locale, now).row(entry)


class _Maker:
    """Makes the rows of one moment."""

    def __init__(self, content: Content, used: Uses, locale: str, now: float) -> None:
        self._content = content
        self._locale = locale
        self._filling = Filling(content.known, content.interface, locale, now)
        self._cells = entries(content)
        self._uses = used

    def row(self, name: str) -> Row:
        entry = self._content.known.entry(f"{name}.name")
        assert entry is not None
        source, cells = self._content.sources.get(entry.source), self._cells[name]
        return Row(
            entry=name,
            kind=name.partition(".")[0],
            id=entry.id,
            name=entry.meaning if isinstance(entry, Fact) else entry.named(self._locale),
            said=list(self._said(name, entry)),
            source=source.name if source else entry.source,
            source_url=source.url if source else "",
            as_of=_as_of(entry.as_of, self._locale),
            confirmed=entry.confirmed,
            review_after=entry.review_after,
            critical=isinstance(entry, Line) and entry.critical,
            hidden=hidden_why(entry),
            note=entry.note,
            answers=self._uses.get(name, ()),
            seen=mark({column: value.strip() for column, value in cells.items()}),
            before={column: cells[column] for column in BEFORE},
        )

    def _said(self, name: str, entry: Fact | Line | Place) -> Iterator[Said]:
        if isinstance(entry, Fact):
            if entry.value:
                value = self._filling(name)
                yield Said(field="value", text=value.text, href=value.href)
            return
        for field, part in PARTS[name.partition(".")[0]].items():
            if raw := getattr(entry, field):
                href = f"tel:{raw}" if part in ("number", "phone") else ""
                yield Said(field=field, text=self._filling(f"{name}.{part}").text, href=href)


def hidden_why(entry: Fact | Line | Place) -> str:
    """Why people are not told of an entry, or ""."""
    if entry.shown:
        return ""
    if entry.trusted:
        return "empty"
    return f"hold_{entry.hold.lower()}" if entry.hold else "confidence"


def _as_of(text: str, locale: str) -> str:
    """In words; as it stands there where it is no date."""
    try:
        return wording.as_of(text, locale)
    except ValueError:
        return text
