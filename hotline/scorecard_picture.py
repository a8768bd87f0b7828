"""The scorecard's pictures. They need matplotlib, which only developers have."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hotline.calibration import reliability
from hotline.scorecard import ALL, GOALS, MEASURES, Result, by_locale, share

PANELS: Final = {
    "Topic": ("top-1", "top-3", "confident wrong"),
    "Danger": ("urgent recall", "false alarms", "false alarms, ordinary"),
    "Language": ("locale, 1-3 words", "locale, 4-8 words", "locale, 9+ words"),
}
COLOURS: Final = ("#1f6f8b", "#8fc1d4", "#d1793f")
INK: Final = "#222222"
FAINT: Final = "#dddddd"

mpl.use("Agg")


def draw(results: Sequence[Result], folder: Path) -> None:
    """Writes scorecard.png and calibration.png."""
    groups = by_locale(results)
    folder.mkdir(parents=True, exist_ok=True)
    _save(_measures(groups), folder / "scorecard.png")
    _save(_calibration(groups), folder / "calibration.png")


def _measures(groups: Mapping[str, Sequence[Result]]) -> Figure:
    picture = Figure(figsize=(11, 1.3 + 0.5 * len(groups)), layout="constrained")
    panels = picture.subplots(1, len(PANELS), sharey=True)
    for axes, (title, names) in zip(panels, PANELS.items(), strict=True):
        _bars(axes, title, names, groups)
    return picture


def _bars(axes: Axes, title: str, names: Sequence[str], groups: Mapping[str, Sequence[Result]]) -> None:
    """One bar for each measure and locale; a dotted line where its goal is."""
    height = 0.8 / len(names)
    for number, name in enumerate(names):
        measure = next(measure for measure in MEASURES if measure.name == name)
        shares = [100 * (share(results, measure) or 0.0) for results in groups.values()]
        places = [row - 0.4 + height * (number + 0.5) for row in range(len(groups))]
        bars = axes.barh(places, shares, height=height * 0.9, color=COLOURS[number], label=name)
        axes.bar_label(bars, fmt=" %.1f", fontsize=7, color=INK)
        axes.axvline(100 * GOALS[name].overall, color=COLOURS[number], linestyle=":", linewidth=1)
    axes.set_yticks(range(len(groups)), list(groups))
    axes.set_ylim(len(groups) - 0.5, -0.5)
    axes.set_xlim(0, 115)
    axes.set_title(f"{title}, % (dotted: goals)", fontsize=10, loc="left", color=INK)
    axes.legend(fontsize=7, loc="upper center", bbox_to_anchor=(0.5, -0.08), ncols=3, frameon=False)
    _dress(axes)


def _calibration(groups: Mapping[str, Sequence[Result]]) -> Figure:
    picture = Figure(figsize=(5, 4.4), layout="constrained")
    axes = picture.subplots()
    axes.plot([0, 100], [0, 100], color=FAINT, linewidth=3)
    for locale, results in groups.items():
        bins = reliability(results)
        said, right = [100 * found.confidence for found in bins], [100 * found.right for found in bins]
        axes.plot(said, right, marker="o", markersize=3, linewidth=2 if locale == ALL else 1, label=locale)
    axes.set_xlabel("confidence, %", fontsize=9, color=INK)
    axes.set_ylabel("right, %", fontsize=9, color=INK)
    axes.legend(fontsize=8, frameon=False)
    _dress(axes)
    return picture


def _dress(axes: Axes) -> None:
    axes.tick_params(length=0, labelsize=9, colors=INK)
    axes.grid(axis="x", color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_frame_on(False)


def _save(picture: Figure, file: Path) -> None:
    picture.savefig(file, dpi=150, metadata={"Software": None})
