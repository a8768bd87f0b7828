"""The figures as one picture: delay, speed, memory; the hotline beside the other two."""

from pathlib import Path
from typing import Any

import matplotlib as mpl

from bench.figures import Figures, Service
from bench.tables import SERVICES
from bench.trial import BUSY_PER_S

COLOURS = {"hotline": "#1f6f8b", "stock Rasa": "#d1793f", "echo bot": "#8a8f98"}
INK, FAINT = "#222222", "#dddddd"


def draw(figures: Figures, file: Path) -> None:
    """Writes the picture; parts that were not measured are left out."""
    mpl.use("Agg")
    from matplotlib import pyplot  # noqa: PLC0415 - only after the backend is chosen

    services = {name: getattr(figures, part) for part, name in SERVICES.items() if getattr(figures, part)}
    picture, (delay, speed, memory) = pyplot.subplots(1, 3, figsize=(11, 3.4), layout="constrained")
    _delays(delay, services)
    _bars(speed, "Flat out, messages/s", {name: service.flat_out.answered_per_s for name, service in services.items()})
    _bars(memory, "Memory, MB (proportional)", {name: _megabytes(service) for name, service in services.items()})
    file.parent.mkdir(parents=True, exist_ok=True)
    picture.savefig(file, dpi=150, metadata={"Software": None})
    pyplot.close(picture)


def _delays(axes: Any, services: dict[str, Service]) -> None:
    """p50 solid, p95 pale, at the busiest rate that all were sent."""
    for row, (name, service) in enumerate(services.items()):
        flow = service.at(BUSY_PER_S)
        axes.barh(row, flow.p95_ms, color=COLOURS[name], alpha=0.35, height=0.6)
        axes.barh(row, flow.p50_ms, color=COLOURS[name], height=0.6)
        axes.text(flow.p95_ms, row, f" {flow.p50_ms:.0f} / {flow.p95_ms:.0f}", va="center", color=INK, fontsize=9)
    _dress(axes, f"Delay at {BUSY_PER_S:g} messages/s, ms (p50 / p95)", list(services))


def _bars(axes: Any, title: str, values: dict[str, float]) -> None:
    for row, (name, value) in enumerate(values.items()):
        axes.barh(row, value, color=COLOURS[name], height=0.6)
        axes.text(value, row, f" {value:.0f}", va="center", color=INK, fontsize=9)
    _dress(axes, title, list(values))


def _dress(axes: Any, title: str, names: list[str]) -> None:
    axes.set_title(title, fontsize=10, loc="left", color=INK)
    axes.set_yticks(range(len(names)), names, fontsize=9)
    axes.invert_yaxis()
    axes.margins(x=0.22)
    axes.tick_params(length=0, labelsize=9, colors=INK)
    axes.grid(axis="x", color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_frame_on(False)


def _megabytes(service: Service) -> float:
    return sum(process.pss_mb for process in service.processes)
