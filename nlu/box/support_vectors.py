"""A linear SVM for each of many topics, all learned in one go, which can go on learning when more rows are known."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from nlu.box.compiled import LabelledRows, compiled

Floats = NDArray[np.float32]


class SupportVectors:
    """One topic against all others, squared hinge loss: what scikit-learn's `LinearSVC` learns.

    Dual coordinate descent as in liblinear (Hsieh et al. 2008, A Dual Coordinate Descent Method for Large-scale Linear
    SVM, algorithm 1), but a row teaches all topics at once: a pass over 41,000 rows and 97 topics takes 0.4 s instead
    of 5, and may start where an earlier one with fewer rows has ended.

    Attributes:
        weights: Shape (features + 1, topics); the last row is the bias.
    """

    def __init__(self, rows: csr_matrix, labels: NDArray[np.intp], counts: Floats, *, regularisation: float) -> None:
        """
        Args:
            rows: Of which any may be learned; sparse.
            labels: The number of each row's topic.
            counts: How much each row counts.
            regularisation: C; the higher, the closer to the rows.
        """
        with_bias = hstack([rows, np.ones((rows.shape[0], 1))], format="csr", dtype=np.float32)
        slack, topics = np.float32(0.5 / regularisation) / counts, int(labels.max()) + 1
        curvature = np.asarray(with_bias.power(2).sum(axis=1), dtype=np.float32).ravel() + slack
        duals = np.zeros((rows.shape[0], topics), dtype=np.float32)
        self.weights: Floats = np.zeros((with_bias.shape[1], topics), dtype=np.float32)
        self._rows, self._state = LabelledRows.of(with_bias, labels), _State(slack, curvature, duals, self.weights)
        self._chance = np.random.default_rng(0)

    def learn(self, numbers: NDArray[np.intp], *, passes: int) -> None:
        """Goes over rows, by their numbers, in random order."""
        for _ in range(passes):
            _learn(self._chance.permutation(numbers), self._rows, self._state)


class _State(NamedTuple):
    slack: Floats
    curvature: Floats
    duals: Floats
    weights: Floats


@compiled
def _learn(order: NDArray[np.intp], rows: LabelledRows, state: _State) -> None:
    """Improves each row's duals, which are not positive but that of its own topic, which is not negative."""
    slack, curvature, duals, weights = state
    change = np.empty_like(duals[0])
    topics = range(len(change))
    for number in order:
        places = range(rows.ends[number], rows.ends[number + 1])
        for topic in topics:
            change[topic] = slack[number] * duals[number, topic]
        for place in places:
            column, value = rows.columns[place], rows.values[place]
            for topic in topics:
                change[topic] += value * weights[column, topic]
        for topic in topics:
            target = duals[number, topic] - (change[topic] + 1) / curvature[number]
            own = topic == rows.labels[number]
            best = max(target + 2 / curvature[number], 0) if own else min(target, 0)
            change[topic] = best - duals[number, topic]
            duals[number, topic] = best
        for place in places:
            column, value = rows.columns[place], rows.values[place]
            for topic in topics:
                weights[column, topic] += value * change[topic]
