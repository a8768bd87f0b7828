"""The figures as tables: the same rows for the terminal and for docs/performance.md."""

from collections.abc import Iterator, Sequence

import msgspec
from rich.table import Table as RichTable

from bench.figures import Desk, Figures, Flow, Lesson, Service
from bench.goals import goals
from bench.stock_files import DEFAULT_EPOCHS
from bench.trial import BUSY_PER_S

SERVICES = {"road": "hotline", "stock": "stock Rasa", "echo": "echo bot"}


class Table(msgspec.Struct, frozen=True):
    """A title, the names of the columns, the rows."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def tables(figures: Figures) -> list[Table]:
    """Those with anything in them, the one that decides first."""
    made = [
        _must_reach(figures), _flows(figures), _flat_out(figures), _desk(figures), _trainings(figures), _cost(figures),
    ]  # fmt: skip
    return [table for table in made if table.rows]


def rich(table: Table) -> RichTable:
    """For the terminal."""
    shown = RichTable(title=table.title, title_justify="left")
    for number, column in enumerate(table.columns):
        shown.add_column(column, justify="right" if number else "left")
    for row in table.rows:
        shown.add_row(*row)
    return shown


def markdown(table: Table) -> str:
    """For the page."""
    rule = "|".join([" --- ", *[" ---: "] * (len(table.columns) - 1)])
    lines = [" | ".join(row) for row in table.rows]
    body = "\n".join(f"| {line} |" for line in lines)
    return f"## {table.title}\n\n| {' | '.join(table.columns)} |\n|{rule}|\n{body}\n"


def _must_reach(figures: Figures) -> Table:
    rows = [(goal.name, goal.limit, goal.measured, "held" if goal.held else "missed") for goal in goals(figures)]
    return Table("Must reach", ("what", "limit", "measured", ""), rows)


def _flows(figures: Figures) -> Table:
    """One row for each rate, one pair of columns for each service."""
    services = _measured(figures)
    rates = sorted({flow.asked_per_s for service in services.values() for flow in service.flows if flow.asked_per_s})
    rows = [
        (f"{rate:g}/s", *(cell for service in services.values() for cell in _latency(service, rate))) for rate in rates
    ]
    columns = [f"{name} {percentile}" for name in services for percentile in ("p50", "p95")]
    return Table("Message in to answer out", ("messages", *columns), rows)


def _latency(service: Service, rate: float) -> tuple[str, str]:
    found = [flow for flow in service.flows if flow.asked_per_s == rate]
    return (f"{found[0].p50_ms:.0f} ms", f"{found[0].p95_ms:.0f} ms") if found else ("", "")


def _flat_out(figures: Figures) -> Table:
    services = _measured(figures)
    ours = figures.road.flat_out.answered_per_s if figures.road else 0.0
    rows = [(name, *_speed(service.flat_out, ours)) for name, service in services.items()]
    return Table("Flat out", ("", "messages/s", "hotline to this", "sent", "without an answer"), rows)


def _speed(flow: Flow, ours: float) -> tuple[str, ...]:
    ratio = f"{ours / flow.answered_per_s:.2f}x" if ours and flow.answered_per_s else ""
    return f"{flow.answered_per_s:.0f}", ratio, str(flow.sent), str(flow.lost)


def _desk(figures: Figures) -> Table:
    """The same twice: with nothing else going on, and with consoles open and messages flowing."""
    title, desk = "The desk", figures.desk
    if desk is None:
        return Table(title, (), ())
    rows = [
        ("queue page, p95", f"{desk.quiet_page_ms:.0f} ms", f"{desk.busy_page_ms:.0f} ms"),
        *_now_row(desk),
        ("claim, p95", f"{desk.quiet_claim_ms:.0f} ms", f"{desk.busy_claim_ms:.0f} ms"),
        (f"{desk.operators} claims of one case, all answered", f"{desk.crowd_s * 1000:.0f} ms", ""),
        ("new case in the slowest console, p95", "", f"{desk.seen_p95_ms:.0f} ms"),
        ("danger to the first call to staff, slowest", "", f"{desk.called_s:.2f} s"),
        ("memory of web", "", f"{desk.web_mb:.0f} MB"),
    ]
    busy = f"{desk.consoles} consoles, {BUSY_PER_S:g} messages/s"
    return Table(title, (f"{desk.cases} cases, {desk.operators} operators", "quiet", busy), rows)


def _now_row(desk: Desk) -> Iterator[tuple[str, ...]]:
    if desk.quiet_now_ms is not None and desk.busy_now_ms is not None:
        yield ("page of this moment, p95", f"{desk.quiet_now_ms:.0f} ms", f"{desk.busy_now_ms:.0f} ms")


def _trainings(figures: Figures) -> Table:
    return Table("Training", ("", "questions", "seconds", "CPU seconds"), list(_training_rows(figures)))


def _training_rows(figures: Figures) -> Iterator[tuple[str, ...]]:
    if ours := figures.training:
        yield _training_row("hotline, from nothing", ours.questions, ours.empty)
        if ours.edited:
            yield _training_row("hotline, after one question was added", ours.questions + 1, ours.edited)
    if stock := figures.stock_training:
        name = f"stock Rasa, {stock.epochs} epochs (its default: {DEFAULT_EPOCHS})"
        yield _training_row(name, stock.questions, stock.empty)


def _training_row(name: str, questions: int, lesson: Lesson) -> tuple[str, ...]:
    return name, str(questions), f"{lesson.wall_s:.0f}", f"{lesson.cpu_s:.0f}"


def _cost(figures: Figures) -> Table:
    rows = [
        (f"{name}: {process.name}", f"{process.rss_mb:.0f}", f"{process.pss_mb:.0f}", f"{process.cpu_ms:.1f}")
        for name, service in _measured(figures).items()
        for process in service.processes
    ]
    return Table("Cost", ("process", "memory, MB", "proportional, MB", "CPU ms a message"), rows)


def _measured(figures: Figures) -> dict[str, Service]:
    services: dict[str, Service | None] = {name: getattr(figures, part) for part, name in SERVICES.items()}
    return {name: service for name, service in services.items() if service}
