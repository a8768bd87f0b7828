"""No number under five is shown, and none that is hidden can be worked out from what is shown."""

import itertools
import random
import time
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.suppression import FEW, GRAND, TOTAL, Grid, Place, suppressed

Numbers = dict[Place, int]
Parts = dict[str, dict[str, int]]


@st.composite
def tables(draw: st.DrawFn) -> tuple[Numbers, Grid]:
    """Small tables with many small numbers, and what is shown of them."""
    rows = [f"r{number}" for number in range(draw(st.integers(1, 3)))]
    columns = [f"c{number}" for number in range(draw(st.integers(1, 3)))]
    number = st.one_of(st.integers(0, 4), st.integers(0, 9))
    counts = {(row, column): draw(number) for row in rows for column in columns}
    return counts, suppressed(counts, rows, columns)


@st.composite
def parted(draw: st.DrawFn) -> tuple[Numbers, Parts, Grid]:
    """The same of two rows whose totals consist of parts, and now and then of a rest."""
    counts = {(row, column): draw(st.integers(0, 6)) for row in "ab" for column in "xy"}
    parts: Parts = {}
    for row in draw(st.sampled_from(["", "a", "ab"])):
        left, parts[row] = total(counts, (row, TOTAL)), {}
        for part in "pq":
            parts[row][part] = draw(st.one_of(st.just(left), st.integers(0, left)))
            left -= parts[row][part]
    return counts, parts, suppressed(counts, "ab", "xy", parts)


def total(counts: Mapping[Place, int], place: Place) -> int:
    return sum(n for (row, column), n in counts.items() if place[0] in (row, TOTAL) and place[1] in (column, TOTAL))


def alternatives(grid: Grid, counts: Numbers) -> Iterator[Numbers]:
    """Tables of whole numbers, with their totals, that agree with what is shown and differ by one here and there."""
    table = {place: number for place, number in grid.shown.items() if len(place) == len(GRAND)}
    unknown = [place for place in counts if table[place] is None]
    for steps in itertools.product((0, 1, -1), repeat=len(unknown)):
        if sum(steps):
            continue  # the sum of all is known
        other = counts | {place: counts[place] + step for place, step in zip(unknown, steps, strict=True)}
        whole = {place: total(other, place) for place in table}
        agrees = all(number in (None, whole[place]) for place, number in table.items())
        if agrees and min(other.values()) >= 0:
            yield whole


@given(tables())
def test_no_number_under_five_is_shown(table: tuple[Numbers, Grid]) -> None:
    shown = [number for number in table[1].shown.values() if number is not None]
    assert all(number >= FEW for number in shown)


@given(tables())
def test_what_is_shown_is_true(table: tuple[Numbers, Grid]) -> None:
    counts, grid = table
    assert all(number in (None, total(counts, place)) for place, number in grid.shown.items())


@settings(max_examples=60, deadline=None)
@given(tables())
def test_no_hidden_number_can_be_worked_out_even_by_who_knows_the_sum_of_all(table: tuple[Numbers, Grid]) -> None:
    """By adding and subtracting, that is: for each there is another table in which it is another number."""
    counts, grid = table
    certain = {place for place, number in grid.shown.items() if number is None and place != GRAND}
    for other in alternatives(grid, counts) if sum(counts.values()) >= FEW else ():
        certain = {place for place in certain if other[place] == total(counts, place)}
        if not certain:
            return
    assert not certain or sum(counts.values()) < FEW


def parted_alternatives(counts: Numbers, parts: Parts, grid: Grid) -> Iterator[Numbers]:
    """The same for tables with parts: whole numbers, their totals and the parts, with no rest where there is none."""
    rests = {row: total(counts, (row, TOTAL)) - sum(of.values()) for row, of in parts.items()}
    unknown = [(row, TOTAL, part) for row, of in parts.items() for part in of if grid.shown[row, TOTAL, part] is None]
    for whole in alternatives(grid, counts):
        for steps in itertools.product((0, 1, -1), repeat=len(unknown)):
            other = {(row, TOTAL, part): number for row, of in parts.items() for part, number in of.items()}
            other |= {place: other[place] + step for place, step in zip(unknown, steps, strict=True)}
            left = {row: whole[row, TOTAL] - sum(other[row, TOTAL, part] for part in of) for row, of in parts.items()}
            fits = all(left[row] == 0 if not rests[row] else left[row] >= 0 for row in parts)
            if fits and min(other.values(), default=0) >= 0:
                yield whole | other


@settings(max_examples=80, deadline=None)
@given(parted())
def test_no_hidden_part_of_a_total_can_be_worked_out_either(table: tuple[Numbers, Parts, Grid]) -> None:
    counts, parts, grid = table
    true = {place: total(counts, place) for place in grid.shown if len(place) == len(GRAND)}
    true |= {(row, TOTAL, part): number for row, of in parts.items() for part, number in of.items()}
    assert all(grid.shown[place] in (None, number) for place, number in true.items())
    assert all(grid.shown[place] is None for place, number in true.items() if number < FEW)
    certain = {place for place in true if grid.shown[place] is None and place != GRAND}
    for other in parted_alternatives(counts, parts, grid) if true[GRAND] >= FEW else ():
        certain = {place for place in certain if other[place] == true[place]}
        if not certain:
            return
    assert not certain or true[GRAND] < FEW


def test_a_part_that_is_small_takes_the_cheapest_other_part_with_it_and_no_total() -> None:
    counts = {(row, column): 50 for row in "ab" for column in "xy"}
    shown = suppressed(counts, "ab", "xy", {"a": {"p": 3, "q": 30, "r": 67}}).shown
    assert {place for place, number in shown.items() if number is None} == {("a", TOTAL, "p"), ("a", TOTAL, "q")}


def test_parts_that_are_more_than_their_row_are_left_out() -> None:
    assert ("a", TOTAL, "p") not in suppressed({("a", "x"): 9}, "a", "x", {"a": {"p": 10}}).shown


@pytest.mark.parametrize("number", [FEW, 100])
def test_a_table_without_small_numbers_is_shown_whole(number: int) -> None:
    counts = {(row, column): number for row in "ab" for column in "xy"}
    assert None not in suppressed(counts, "ab", "xy").shown.values()


def test_one_small_number_hides_the_three_that_would_give_it_away_and_no_more() -> None:
    counts = {(row, column): 50 for row in "abc" for column in "xyz"} | {("a", "x"): 2, ("b", "y"): 10}
    hidden = {place for place, number in suppressed(counts, "abc", "xyz").shown.items() if number is None}
    assert hidden == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}


def test_of_few_in_all_nothing_is_shown() -> None:
    assert set(suppressed({("a", "x"): 4}, "ab", "xy").shown.values()) == {None}


def test_a_table_of_our_size_takes_a_hundredth_of_a_second_or_little_more() -> None:
    chance = random.Random(7)
    rows, columns = [f"r{n}" for n in range(14)], [f"c{n}" for n in range(14)]
    counts = {(row, column): chance.choice([0, 1, 3, 6, 40]) for row in rows for column in columns}
    began = time.process_time()
    grid = suppressed(counts, rows, columns)
    assert time.process_time() - began < 0.1
    assert grid.shown[GRAND] == sum(counts.values())
