"""Edits of facts, lines and places: what a spreadsheet changes, written into the files that hold the entries."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

import yaml

from content.spreadsheet import CONFIRMED, LISTS, NAME, Cell
from content.yaml_edit import Edit, applied, field, flow, flow_pairs, in_flow, scalar, set_field, tree
from road.errors import ContentError

FACTS = "facts.yml"


def path_of(entry: str) -> str:
    """The file that holds an entry."""
    kind, _, name = entry.partition(".")
    return FACTS if kind == "fact" else f"{kind}s/{name}.yml"


def rewritten(cells: Iterable[Cell], texts: Mapping[str, str]) -> dict[str, str]:
    """The files with the values of cells, and not one character else changed.

    Args:
        texts: The files that hold the cells' entries, by path.
    """
    by_path = groupby(sorted(cells, key=lambda cell: path_of(cell.entry)), key=lambda cell: path_of(cell.entry))
    return {path: _rewritten(texts[path], list(of_file)) for path, of_file in by_path}


def located(fault: ContentError, cells: Iterable[Cell], name: str) -> ContentError:
    """A fault that the checks found, at the cell that brought it; the fault itself where none did.

    Args:
        name: The spreadsheet's name.
    """
    for cell in cells:
        about = f"{cell.entry.partition('.')[2]}: " if path_of(cell.entry) == FACTS else ""
        begins = f"{about}{cell.column.split()[0]}:"
        if fault.path.as_posix() == path_of(cell.entry) and fault.problem.startswith(begins):
            return ContentError(name, 0, f"row {cell.row}, column {cell.column}: {fault.problem}")
    return fault


def _rewritten(text: str, cells: Iterable[Cell]) -> str:
    bare = text.removeprefix("\ufeff")  # YAML's positions begin behind the mark
    root = tree(bare)
    edits: list[Edit] = []
    for entry, of_entry in groupby(sorted(cells, key=lambda cell: cell.entry), key=lambda cell: cell.entry):
        _, mapping = field(root, entry.partition(".")[2]) or (None, root) if path_of(entry) == FACTS else (None, root)
        if isinstance(mapping, yaml.MappingNode):
            edits += _edits(bare, mapping, {cell.column: cell.value for cell in of_entry})
    return text[: len(text) - len(bare)] + applied(bare, edits)


def _edits(text: str, mapping: yaml.MappingNode, values: Mapping[str, str]) -> Iterator[Edit]:
    """The edits of one entry; names first, since what is new comes behind them."""
    yield from _names(text, mapping, {c.removeprefix(NAME): v for c, v in values.items() if c.startswith(NAME)})
    if not values.keys().isdisjoint(CONFIRMED):
        yield set_field(text, mapping, "confirmed", _confirmed(mapping, values))
    for column, value in values.items():
        if column in LISTS:
            yield set_field(text, mapping, column, flow(value.split(", ") if value else []))
        elif column not in CONFIRMED and not column.startswith(NAME):
            yield set_field(text, mapping, column, scalar(value, like=_value(mapping, column)))


def _names(text: str, mapping: yaml.MappingNode, names: Mapping[str, str]) -> Iterator[Edit]:
    named = _value(mapping, "name")
    for locale, name in names.items():
        if isinstance(named, yaml.MappingNode):
            written = in_flow(name) if named.flow_style else scalar(name, like=_value(named, locale))
            yield set_field(text, named, locale, written)


def _confirmed(mapping: yaml.MappingNode, values: Mapping[str, str]) -> str:
    before = _value(mapping, "confirmed")
    parts = [(column, column.split()[1]) for column in CONFIRMED]
    now = {part: values.get(column, getattr(_value(before, part), "value", "")) for column, part in parts}
    return flow_pairs(now) if any(now.values()) else ""


def _value(mapping: yaml.Node | None, name: str) -> yaml.Node | None:
    found = field(mapping, name)
    return found[1] if found else None
