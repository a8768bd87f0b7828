"""Hides small numbers of a table so that nobody is found in it, and none can be worked out from the totals either.

A table and its totals are a circulation: what a row's total brings in flows through its cells to the columns' totals,
and through the grand total back. A hidden number can be another than it is exactly if it lies on a cycle of hidden
numbers along which one could be more: each number along the cycle one up, and each against it, which must not be zero,
one down. Where there is no such cycle, the cheapest is made by hiding more. What a row's total consists of comes to it
through the row's parts.

Source: L. H. Cox, "Network models for complementary cell suppression", JASA 90 (1995); the rule of five is issue F's.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import msgspec

FEW: Final = 5
"""Numbers below it are not shown: nought is neither, since it too says something of the few."""

DEARER: Final = 10
"""So much more a total tells than a cell of the same number, when one of them must be hidden."""

TOTAL: Final = ""
"""In place of a row or a column: the total."""

Place = tuple[str, ...]
"""Row and column; a row, `TOTAL` and a third word: that part of the row's total."""

GRAND: Final[Place] = (TOTAL, TOTAL)

REST: Final = ""
"""In place of a part: what none of the parts is counted for."""


class Grid(msgspec.Struct, frozen=True):
    """What may be shown of a table: numbers by place, totals among them; None for what is hidden."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    shown: Mapping[Place, int | None]


def suppressed(
    counts: Mapping[Place, int],
    rows: Sequence[str],
    columns: Sequence[str],
    parts: Mapping[str, Mapping[str, int]] = MappingProxyType({}),
) -> Grid:
    """The table with its totals, small numbers and their accomplices hidden; all of it where there are few in all.

    Args:
        parts: What rows consist of, by row; more than the row has is left out.
    """
    numbers = _with_totals(counts, rows, columns)
    numbers.update(_parts(numbers, parts))
    hidden = set(numbers) if numbers[GRAND] < FEW else _hidden(numbers)
    shown = {place: None if place in hidden else number for place, number in numbers.items()}
    return Grid(tuple(rows), tuple(columns), shown)


def _with_totals(counts: Mapping[Place, int], rows: Sequence[str], columns: Sequence[str]) -> dict[Place, int]:
    numbers: defaultdict[Place, int] = defaultdict(int)
    for row in rows:
        for column in columns:
            for place in ((row, column), (row, TOTAL), (TOTAL, column), GRAND):
                numbers[place] += counts.get((row, column), 0)
    return dict(numbers)


def _parts(totals: Mapping[Place, int], parts: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[Place, int]]:
    for row, of_row in parts.items():
        rest = totals[row, TOTAL] - sum(of_row.values())
        if of_row and rest >= 0:
            yield from (((row, TOTAL, part), number) for part, number in of_row.items())
        if of_row and rest > 0:
            yield (row, TOTAL, REST), rest


def _hidden(numbers: Mapping[Place, int]) -> set[Place]:
    small = [place for place, number in numbers.items() if number < FEW]
    parted = {place[0] for place in numbers if _is_part(place)}
    ends = {place: _ends(place, parted) for place in numbers}
    arcs, hidden = _arcs(numbers, ends), set(small)
    for place in small:
        hidden |= _accomplices(place, ends[place], arcs, hidden)
    return hidden


class _Arc(msgspec.Struct, frozen=True):
    """A way along a number, or against one that is not zero; `cost` is what is lost when it is hidden."""

    place: Place
    to: Place
    cost: int


def _ends(place: Place, parted: Collection[str]) -> tuple[Place, Place]:
    """From where to where a number flows: nodes are the rows and the columns, those of the totals among them.

    Args:
        parted: Rows that have parts; these have a node of their own, before the row's.
    """
    row, column, parts = ("row", place[0]), ("column", place[1]), ("parts", place[0])
    if _is_part(place):
        return column, parts
    if place[1] == TOTAL and place[0] in parted:
        return parts, row
    return (column, row) if (place[0] == TOTAL) != (place[1] == TOTAL) else (row, column)


def _arcs(numbers: Mapping[Place, int], ends: Mapping[Place, tuple[Place, Place]]) -> Mapping[Place, Sequence[_Arc]]:
    """The ways out of each node; the grand total is known from elsewhere and never one."""
    arcs: defaultdict[Place, list[_Arc]] = defaultdict(list)
    for place, number in numbers.items():
        start, end = ends[place]
        cost = number * _weight(place)
        if place != GRAND:
            arcs[start].append(_Arc(place, end, cost))
        if place != GRAND and number:
            arcs[end].append(_Arc(place, start, cost))
    return arcs


def _is_part(place: Place) -> bool:
    return len(place) > len(GRAND)


def _weight(place: Place) -> int:
    if _is_part(place):
        return int(place[-1] != REST)  # which nobody reads
    return DEARER if TOTAL in place else 1


def _accomplices(
    place: Place, ends: tuple[Place, Place], arcs: Mapping[Place, Sequence[_Arc]], hidden: set[Place]
) -> set[Place]:
    """What must be hidden too so that the number at this place, from one end to another, may as well be one more.

    There is such a cycle in every table with a unit elsewhere that could have been here, so wherever a number is small
    and the grand total is not.
    """
    start, end = ends
    reached: set[Place] = set()
    ways: list[tuple[int, int, Place, tuple[Place, ...]]] = [(0, 0, end, ())]
    while ways:
        cost, steps, node, along = heapq.heappop(ways)
        if node == start:
            return set(along)
        if node in reached:
            continue
        reached.add(node)
        for arc, more in _onward(arcs[node], place, hidden):
            heapq.heappush(ways, (cost + more, steps + 1, arc.to, (*along, arc.place)))
    raise AssertionError(f"no cycle through {place}")  # see above


def _onward(arcs: Sequence[_Arc], but: Place, hidden: set[Place]) -> Iterator[tuple[_Arc, int]]:
    for arc in arcs:
        if arc.place != but:
            yield arc, 0 if arc.place in hidden else arc.cost
