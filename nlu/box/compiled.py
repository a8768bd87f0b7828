"""Loops over numbers, compiled when they are first run: in training alone, so that the running box has no compiler."""

from collections.abc import Callable
from functools import cache, wraps
from typing import NamedTuple, ParamSpec

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

P = ParamSpec("P")


class LabelledRows(NamedTuple):
    """A `csr_matrix` and the numbers of its rows' labels, as compiled loops can read them.

    Attributes:
        ends: Where each row begins among columns and values, and where the last one ends.
    """

    ends: NDArray[np.int32]
    columns: NDArray[np.int32]
    values: NDArray[np.float32]
    labels: NDArray[np.intp]

    @classmethod
    def of(cls, rows: csr_matrix, labels: NDArray[np.intp]) -> "LabelledRows":
        """The same numbers; values at single precision."""
        return cls(rows.indptr, rows.indices, rows.data.astype(np.float32, copy=False), labels)


def compiled(loop: Callable[P, None]) -> Callable[P, None]:
    """By Numba; while it runs, other threads run too."""

    @cache
    def ready() -> Callable[P, None]:
        from numba import njit

        made: Callable[P, None] = njit(nogil=True)(loop)
        return made

    @wraps(loop)
    def run(*arguments: P.args, **named: P.kwargs) -> None:
        ready()(*arguments, **named)

    return run
