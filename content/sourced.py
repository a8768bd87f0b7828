"""What facts, lines and places have in common: where they come from, and whether they may be shown."""

import re
from collections.abc import Collection, Container, Iterable
from datetime import date
from typing import Literal, TypeVar

import msgspec

_AS_OF = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Confirmation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A member of staff has checked the value.

    Attributes:
        by: Their name, for colleagues.
    """

    by: str
    on: date
    how: Literal["called", "visited", "official page"]


class Sourced(msgspec.Struct, frozen=True, kw_only=True):
    """Provenance of a value (docs/content.md, "Values carry where they come from").

    Attributes:
        as_of: `2026-02-20`, `2026-02`, `2026` or "": when the source said it.
        hold: Why it may not be shown before staff confirm it, or "".
        review_after: From this day editors are reminded; it hides nothing.
        note: For editors, never shown.
    """

    source: str
    confidence: Literal["high", "med", "low"]
    review_after: date
    as_of: str = ""
    hold: Literal["", "C", "13B", "13C", "gap"] = ""
    confirmed: Confirmation | None = None
    note: str = ""

    @property
    def trusted(self) -> bool:
        """Confirmed by staff; or of high confidence with nothing against it."""
        return self.confirmed is not None or (self.confidence == "high" and not self.hold)


Entry = TypeVar("Entry", bound=Sourced)


def without(entry: Entry, problems: Iterable[tuple[str, str]], parts: Collection[str]) -> Entry:
    """An entry whose faulty parts are unknown, so that nothing can trip over them and the rest is still said.

    Args:
        problems: By field.
        parts: Fields that may be unknown.
    """
    faulty = {field for field, _ in problems if field in parts}
    return msgspec.structs.replace(entry, **dict.fromkeys(faulty, "")) if faulty else entry


def provenance_problems(entry: Sourced, sources: Container[str]) -> list[tuple[str, str]]:
    """What is wrong with where a value comes from, by field."""
    problems = []
    if not entry.source:
        problems.append(("source", "missing; nothing is said without a source"))
    elif entry.source not in sources:
        problems.append(("source", f"{entry.source!r} is not in sources.yml"))
    if entry.as_of and not _is_as_of(entry.as_of):
        problems.append(("as_of", f"{entry.as_of!r} is not a day, month or year such as 2026-02-20, 2026-02 or 2026"))
    return problems


def _is_as_of(text: str) -> bool:
    try:
        return bool(_AS_OF.fullmatch(text) and date.fromisoformat((text + "-01-01")[:10]))
    except ValueError:
        return False
