"""Records: YAML mappings read into frozen structs, with the line of every fault.

The YAML is only composed, never constructed: each field takes its plain text and the struct's type decides what it
means. So `NO` stays a country, `2026-02` a text, and a wrong field is named with its line.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import EnumType
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec
import yaml
from msgspec.structs import FieldInfo

from content.problem import after
from content.proof import Sheet, allowed, nearest

Record = TypeVar("Record", bound=msgspec.Struct)

_NAME = re.compile(r"^([A-Za-z0-9_]+)[ \t]*:", re.MULTILINE)


def compose(text: str, sheet: Sheet) -> yaml.Node | None:
    """The YAML tree of a text: None when it is empty, no fields when it cannot be read (which is marked)."""
    try:
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        sheet.mark(mark.line + 1 if mark else 0, f"not readable as YAML: {error.problem or error.context}")
    except yaml.YAMLError as error:
        sheet.mark(0, f"not readable as YAML: {error}".splitlines()[0])
    return yaml.MappingNode("", [])


def line_of(node: yaml.Node) -> int:
    """The node's line, counted from 1."""
    return int(node.start_mark.line) + 1


def _first_line(node: yaml.Node | None) -> int:
    return line_of(node) if node else 0


def entries(node: yaml.Node | None, sheet: Sheet) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Name, key node and value node of each field; doubled names are marked and given once."""
    if not isinstance(node, yaml.MappingNode):
        sheet.mark(_first_line(node), "must hold fields, written as `name: value`")
        return
    seen: set[str] = set()
    for key, value in node.value:
        if key.value in seen:
            sheet.mark(line_of(key), f"{key.value}: stands here a second time")
        else:
            seen.add(key.value)
            yield str(key.value), key, value


def read(node: yaml.Node | None, kind: type[Record], sheet: Sheet, **given: object) -> Record | None:
    """A struct from a mapping, or None when anything in it is wrong; every fault is marked.

    A list of structs is read struct by struct, so that each fault has the line it stands on.

    Args:
        given: Fields that do not stand in the mapping, such as an id that is the file's name.
    """
    fields = {name: field for name, field in _fields(kind).items() if field.name not in given}
    values: dict[str, Any] = {}
    names: set[str] = set()
    for name, key, value in entries(node, sheet):
        names.add(name)
        try:
            field = fields[name]
            found = _listed(value, field.type, sheet.about(name))
            if None not in found:
                values[field.name] = found or _convert(value, field.type)
        except KeyError:
            sheet.mark(line_of(key), f"{name}: unknown field{nearest(name, fields)}; {allowed(fields)}")
        except ValueError as error:
            sheet.mark(line_of(value), f"{name}: {error}")
    missing = [field for name, field in fields.items() if field.required and name not in names]
    for field in missing if _was_read(node) else ():
        sheet.mark(_first_line(node), f"{field.encode_name}: missing; must be {_described(field.type)}")
    return kind(**given, **values) if not missing and len(values) == len(names) else None


def _was_read(node: yaml.Node | None) -> bool:
    """Whether it is a mapping, an empty one too, but not what stands for YAML that could not be read."""
    return isinstance(node, yaml.MappingNode) and node.start_mark is not None


def items_of(node: yaml.Node | None, field: str) -> list[yaml.Node]:
    """The nodes of a list that stands in a field, none where there is no list."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    lists = (value for key, value in pairs if key.value == field and isinstance(value, yaml.SequenceNode))
    return list(next(lists, yaml.SequenceNode("", [])).value)


def _listed(node: yaml.Node, kind: Any, sheet: Sheet) -> tuple[msgspec.Struct | None, ...]:
    """The structs of a list, None for each that is wrong; nothing where the field is no list of structs."""
    item = get_args(kind)[0] if get_origin(kind) is tuple else None
    if not isinstance(node, yaml.SequenceNode) or not (isinstance(item, type) and issubclass(item, msgspec.Struct)):
        return ()
    return tuple(read(entry, item, sheet) for entry in node.value)


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, FieldInfo]:
    return {field.encode_name: field for field in msgspec.structs.fields(kind)}


def names_in(text: str) -> frozenset[str]:
    """Names of all entries of a file, malformed ones too, so that one fault is not reported as many."""
    return frozenset(_NAME.findall(text))


def mark_fields(node: yaml.Node | None, problems: Iterable[tuple[str, str]], sheet: Sheet) -> None:
    """Marks problems, each given with the field it concerns, at that field's line."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    lines = {key.value: line_of(key) for key, _ in pairs}
    for field, problem in problems:
        sheet.mark(lines.get(field, _first_line(node)), after(f"{field}: ", problem))


def _convert(node: yaml.Node, kind: Any) -> object:
    plain = _plain(node)
    if plain is None:
        return _empty(kind)
    try:
        return msgspec.convert(plain, kind, strict=False)
    except msgspec.ValidationError:
        raise ValueError(f"{_short(plain)} is not {_described(kind)}") from None


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) or "" for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) or "" for item in node.value]
    if not node.value or (getattr(node, "style", None) is None and node.value in ("null", "~")):
        return None
    return str(node.value)


def _empty(kind: Any) -> object:
    if kind is str:
        return ""
    origin = get_origin(kind)
    if origin in (tuple, dict):
        return origin()
    if (origin is UnionType and NoneType in get_args(kind)) or (origin is Literal and "" in get_args(kind)):
        return None if origin is UnionType else ""
    raise ValueError(f"is empty; must be {_described(kind)}")


def _described(kind: Any) -> str:
    """What a field of this type may hold, in an editor's words."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return f"one of {', '.join(word or 'empty' for word in arguments)}"
    if isinstance(kind, EnumType):
        return f"one of {', '.join(str(member) for member in list[Any](kind))}"
    if origin is UnionType:
        return _described(next(part for part in arguments if part is not NoneType)) + ", or empty"
    if origin is tuple:
        return "a list such as [a, b]"
    if origin is dict or kind is dict:
        return "a list of pairs such as {en: a, hu: b}"
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return "{" + ", ".join(f"{f.name}: {_described(f.type)}" for f in msgspec.structs.fields(kind)) + "}"
    words: dict[Any, str] = {
        str: "a text",
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        date: "a date such as 2026-12-01",
    }
    return words.get(kind, str(kind))


def _short(plain: object) -> str:
    text = repr(plain)
    return text if len(text) <= 60 else text[:57] + "..."
