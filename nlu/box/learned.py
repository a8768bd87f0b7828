"""What components learned, and how it is kept."""

import json
from pathlib import Path
from typing import Any

import numpy as np

Learned = dict[str, Any]
"""NumPy arrays, and whatever JSON can hold, by name; nothing is pickled."""


def write_learned(folder: Path, learned: Learned) -> None:
    """Keeps what was learned in two files."""
    arrays = {name: value for name, value in learned.items() if isinstance(value, np.ndarray)}
    rest = {name: value for name, value in learned.items() if name not in arrays}
    np.savez(folder / "arrays.npz", **arrays)  # compressed once, with the whole model (`nlu.box.storage`)
    (folder / "rest.json").write_text(json.dumps(rest, ensure_ascii=False), encoding="utf-8")


def read_learned(folder: Path) -> Learned:
    """What `write_learned` kept."""
    rest: Learned = json.loads((folder / "rest.json").read_text(encoding="utf-8"))
    with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
        return {**rest, **arrays}
