"""What must be reached on two cores, and whether it was. Source: issues A, B, D and E, "Must reach"."""

from collections.abc import Iterator

import msgspec

from bench.figures import Desk, Figures, Process, Service, Training, Understanding
from bench.trial import BUSY_PER_S

BOX = "box"


class Goal(msgspec.Struct, frozen=True):
    """A limit and what was measured against it."""

    name: str
    limit: str
    measured: str
    held: bool


def goals(figures: Figures) -> list[Goal]:
    """Those whose part was measured."""
    found: list[Goal] = []
    if figures.understanding:
        found += _understanding(figures.understanding)
    if figures.road:
        found += _road(figures.road)
        found += _memory(figures.road.processes)
    if figures.road and figures.stock:
        found.append(_beside_stock(figures.road, figures.stock))
    if figures.desk:
        found += _desk(figures.desk)
    if figures.training:
        found += _training(figures.training)
    return found


def _understanding(seen: Understanding) -> Iterator[Goal]:
    yield _at_most("understanding over HTTP, p50", seen.p50_ms, 20, "ms")
    yield _at_most("understanding over HTTP, p95", seen.p95_ms, 40, "ms")
    yield _at_least("`hotline understand --jsonl`", seen.lines_per_s, 50, "lines/s")


def _road(road: Service) -> Iterator[Goal]:
    busy = road.at(BUSY_PER_S)
    yield _at_most(f"whole road at {BUSY_PER_S:g} updates/s, p95", busy.p95_ms, 150, "ms")
    yield _at_least("whole road flat out", road.flat_out.answered_per_s, 40, "updates/s")
    yield _at_most("updates without an answer", sum(flow.lost for flow in road.flows), 0, "")
    yield _at_most("updates answered without being understood", road.degraded, 0, "")
    yield _at_most("`hotline run`, installed and trained, ready in", road.ready_s, 25, "s")


def _desk(desk: Desk) -> Iterator[Goal]:
    yield _at_most(f"queue page, {desk.cases} open cases, p95", desk.quiet_page_ms, 200, "ms")
    if desk.quiet_now_ms is not None:
        yield _at_most("page of this moment, p95", desk.quiet_now_ms, 200, "ms")
    yield _at_most("claim, p95", desk.quiet_claim_ms, 20, "ms")
    yield _at_most(f"new case in the slowest of {desk.consoles} consoles, p95", desk.seen_p95_ms, 500, "ms")
    yield _at_most("new cases that a console did not show", desk.unseen, 0, "")
    once = all(winners == 1 for winners in desk.crowd_winners)
    winners = ", ".join(map(str, desk.crowd_winners))
    yield Goal(f"winners of {desk.operators} claims at once", "1 in each round", winners, once)
    yield _at_most("of them turned away by a store too busy", desk.crowd_turned_away, 0, "")
    yield _at_most("danger to the first call to staff, slowest", desk.called_s, 5, "s")


def _memory(processes: list[Process]) -> Iterator[Goal]:
    for process in processes:
        limit = 1200 if process.name == BOX else 200
        yield _at_most(f"memory of {process.name}, resident", process.rss_mb, limit, "MB")


def _beside_stock(road: Service, stock: Service) -> Goal:
    ours, theirs = road.flat_out.answered_per_s, stock.flat_out.answered_per_s
    return Goal("flat out, beside stock Rasa", "more than 1x", f"{ours / theirs:.1f}x", ours > theirs)


def _training(training: Training) -> Iterator[Goal]:
    yield _at_most(f"training from nothing, {training.questions} questions", training.empty.wall_s, 900, "s")
    if training.edited:
        yield _at_most("training after an edit", training.edited.wall_s, 60, "s")


def _at_most(name: str, measured: float, limit: float, unit: str) -> Goal:
    return Goal(name, f"at most {limit:g} {unit}".strip(), f"{_short(measured)} {unit}".strip(), measured <= limit)


def _at_least(name: str, measured: float, limit: float, unit: str) -> Goal:
    return Goal(name, f"at least {limit:g} {unit}", f"{_short(measured)} {unit}", measured >= limit)


def _short(value: float) -> str:
    return f"{value:.1f}" if 0 < value < 100 else f"{value:.0f}"
