"""Edits of YAML files as people wrote them: one field takes another value, and not one character else changes."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import yaml

from content.proof import Proof
from content.record import compose


class Edit(NamedTuple):
    """What takes the place of `text[start:end]`."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits that do not overlap."""
    parts, position = [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join((*parts, text[position:]))


def tree(text: str) -> yaml.Node | None:
    """The YAML tree of a file that has passed the checks."""
    return compose(text, Proof().sheet(""))


def field(mapping: yaml.Node | None, name: str) -> tuple[yaml.Node, yaml.Node] | None:
    """Key and value of a field, or None where the mapping does not have it."""
    pairs = mapping.value if isinstance(mapping, yaml.MappingNode) else ()
    return next(((key, value) for key, value in pairs if key.value == name), None)


def set_field(text: str, mapping: yaml.MappingNode, name: str, written: str) -> Edit:
    """The edit that gives a field another value.

    Args:
        text: The file that the mapping was read from.
        written: The value as YAML (see `scalar`, `flow`); "" leaves the field empty.
    """
    if found := field(mapping, name):
        key, value = found
        return Edit(key.end_mark.index, _end(value, text), f": {written}".rstrip())
    if mapping.flow_style:
        last = _end(mapping, text)
        return Edit(last - 1, last - 1, f"{', ' * bool(mapping.value)}{name}: {written}")
    return below(text, mapping, [f"{' ' * _indent(mapping)}{name}: {written}".rstrip(" ")])


def below(text: str, node: yaml.Node, lines: Sequence[str]) -> Edit:
    """The edit that writes lines below a value, and whatever stands behind it on its last line."""
    line_end = text.find("\n", _end(node, text))
    at = len(text) if line_end < 0 else line_end
    newline = "\r\n" if text[:at].endswith("\r") else "\n"
    at -= len(newline) - 1
    return Edit(at, at, "".join(f"{newline}{line}" for line in lines))


def scalar(value: str, like: yaml.Node | None = None) -> str:
    """A text as YAML: plain where that is read as the same text, else in double quotes.

    Args:
        like: The value before, whose quotes are kept.
    """
    quoted = isinstance(like, yaml.ScalarNode) and like.style in ("'", '"')
    return value if not value or (not quoted and _is_plain(f"a: {value}", value)) else _quoted(value)


def in_flow(value: str) -> str:
    """A text as YAML between brackets or braces."""
    return value if value and _is_plain(f"{{a: {value}}}", value) else _quoted(value)


def flow(values: Sequence[str]) -> str:
    """A list as YAML, on one line."""
    return f"[{', '.join(map(in_flow, values))}]"


def flow_pairs(pairs: Mapping[str, str]) -> str:
    """Pairs as YAML, on one line."""
    return f"{{{', '.join(f'{in_flow(key)}: {in_flow(value)}' for key, value in pairs.items())}}}"


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _is_plain(written: str, value: str) -> bool:
    """Whether the one field of a mapping is read as this text, without quotes."""
    _, node = field(tree(written), "a") or (None, None)
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value == value and value not in ("null", "~")


def _indent(mapping: yaml.MappingNode) -> int:
    return int(mapping.value[0][0].start_mark.column) if mapping.value else 0


def _end(node: yaml.Node, text: str) -> int:
    """Where a value's last character stands; a block's own mark is further down, at what comes next."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last, text)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    return (
        max(start, len(text[:end].rstrip())) if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") else end
    )
