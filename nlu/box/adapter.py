"""What the sentence encoder learned from our questions: small changes of its weights (LoRA), made by `make adapt`.

Each change is a product of two narrow matrices, so all of them together take 2.6 MB where the weights take 85.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).resolve().parent.parent / "adapter.npz"

RANK = 16
SCALE = 2.0
"""How much a product counts; with the usual rule, alpha is twice the rank (Hu et al. 2021, LoRA, section 4.1)."""

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Adapter:
    """Changes by the weight's name in the packed model: (inputs x rank, rank x outputs)."""

    changes: dict[str, tuple[Matrix, Matrix]]

    @classmethod
    def read(cls, path: Path = FILE) -> "Adapter":
        """From a file; one without changes where there is none."""
        if not path.exists():
            return cls({})
        with np.load(path, allow_pickle=False) as arrays:
            names = {key.rpartition(".")[0] for key in arrays}
            return cls({name: (_wide(arrays[f"{name}.down"]), _wide(arrays[f"{name}.up"])) for name in names})

    def write(self, path: Path = FILE) -> None:
        """At half precision, whole or not at all."""
        arrays = {f"{name}.{part}": matrix for name, change in self.changes.items() for part, matrix in _parts(change)}
        made = path.with_suffix(".part.npz")
        np.savez(made, **arrays)
        made.replace(path)

    def applied(self, name: str, weight: Matrix) -> Matrix:
        """The weight (outputs x inputs) with its change, if it has one."""
        if name not in self.changes:
            return weight
        down, up = self.changes[name]
        return weight + SCALE * (down @ up).T


def fingerprint(path: Path = FILE) -> str:
    """Eight digits that differ when the adapter does."""
    return hashlib.sha256(path.read_bytes() if path.exists() else b"").hexdigest()[:8]


def _parts(change: tuple[Matrix, Matrix]) -> list[tuple[str, NDArray[np.float16]]]:
    return [("down", change[0].astype(np.float16)), ("up", change[1].astype(np.float16))]


def _wide(matrix: NDArray[np.float16]) -> Matrix:
    return matrix.astype(np.float32)
