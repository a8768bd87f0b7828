"""Front matter: the YAML between two lines of dashes at the head of an answer or a notice."""

import re
from typing import NamedTuple

import msgspec
import yaml

from content.problem import Problem
from content.proof import Sheet
from content.yaml_edit import applied, field, set_field, tree

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
        accepted: Warnings (`content.warnings`) that stay as they are, and why.
    """

    title: str
    reviewed: Review
    sources: tuple[str, ...] = ()
    translates: str = ""
    same_meaning_as: tuple[str, ...] = ()
    literals: dict[str, str] = {}
    accepted: dict[str, str] = {}


class Parted(NamedTuple):
    """A file in two parts; `body_line` is the line where the body begins."""

    front: str
    body: str
    body_line: int


def part(text: str, sheet: Sheet) -> Parted | None:
    """Front matter and body, or None (marked) when the first is missing or not closed."""
    match = _FRONT.match(text)
    if match is None:
        sheet.mark(1, Problem("head", "must begin with a line `---`, the fields, and another line `---`"))
        return None
    return Parted(match["front"], text[match.end() :].replace("\r\n", "\n"), text.count("\n", 0, match.end()) + 1)


def front_of(text: str) -> str:
    """A file down to where its body begins.

    Raises:
        ValueError: It has no front matter.
    """
    return _match(text)[0]


def with_field(text: str, name: str, written: str) -> str:
    """A file's text with another value in one of its fields, and not one character else changed.

    Args:
        written: The value as YAML (`content.yaml_edit`).

    Raises:
        ValueError: It has no front matter.
    """
    match = _match(text)
    node = tree(match["front"])
    if not isinstance(node, yaml.MappingNode):
        raise ValueError("no front matter")
    front = applied(match["front"], [set_field(match["front"], node, name, written)])
    return text[: match.start("front")] + front + text[match.end("front") :]


def value_of(text: str, name: str) -> yaml.Node | None:
    """The value of a field in a file, as it is written, or None where it has none.

    Raises:
        ValueError: The file has no front matter.
    """
    found = field(tree(_match(text)["front"]), name)
    return found[1] if found else None


def _match(text: str) -> re.Match[str]:
    match = _FRONT.match(text)
    if match is None:
        raise ValueError("no front matter")
    return match
