"""Front matter: the YAML between two lines of dashes at the head of an answer or a notice."""

import re
from typing import NamedTuple

import msgspec

from content.proof import Sheet

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<front>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)

FIRST_LINE = 2
"""Line of a file where its front matter begins."""


class Review(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who checked a text, and when; both or neither."""

    by: str = ""
    on: str = ""


class Front(msgspec.Struct, frozen=True, kw_only=True):
    """The fields at the head of an answer file.

    Attributes:
        sources: What its plain sentences rest on (English only).
        translates: Fingerprint of the English text it was made from (other locales); "" when not stamped.
        same_meaning_as: Earlier fingerprints whose translations still hold (English only).
        literals: Numbers that may stand in the text, and why.
    """

    title: str
    reviewed: Review
    sources: tuple[str, ...] = ()
    translates: str = ""
    same_meaning_as: tuple[str, ...] = ()
    literals: dict[str, str] = {}


class Parted(NamedTuple):
    """A file in two parts; `body_line` is the line where the body begins."""

    front: str
    body: str
    body_line: int


def part(text: str, sheet: Sheet) -> Parted | None:
    """Front matter and body, or None (marked) when the first is missing or not closed."""
    match = _FRONT.match(text)
    if match is None:
        sheet.mark(1, "must begin with a line `---`, the fields, and another line `---`")
        return None
    return Parted(match["front"], text[match.end() :].replace("\r\n", "\n"), text.count("\n", 0, match.end()) + 1)


def front_span(text: str) -> tuple[int, int]:
    """Where the fields begin and end in a file that has them.

    Raises:
        ValueError: It has none.
    """
    match = _FRONT.match(text)
    if match is None:
        raise ValueError("no front matter")
    return match.span("front")
