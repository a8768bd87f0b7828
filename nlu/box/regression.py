"""A logistic regression over dense rows, which can go on learning when more rows are known."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float32]


class Regression:
    """All topics against each other: scikit-learn's `LogisticRegression`, at single precision, in half the time.

    Attributes:
        weights: Shape (columns + 1, topics); the last row is the bias.
    """

    def __init__(self, columns: int, topics: int, *, regularisation: float) -> None:
        """
        Args:
            columns: Of the rows to come.
            topics: How many there are.
            regularisation: C; the higher, the closer to the rows.
        """
        self.weights: Floats = np.zeros((columns + 1, topics), dtype=np.float32)
        self._shrinkage = np.float32(1 / regularisation)

    def learn(self, rows: Floats, labels: NDArray[np.intp], counts: Floats, *, steps: int) -> None:
        """Makes steps of L-BFGS, from where the last rows have led.

        Args:
            rows: At single precision.
            labels: The number of each row's topic.
            counts: How much each row counts.
            steps: How many at most.
        """

        def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            weights = flat.reshape(self.weights.shape).astype(np.float32)
            value, slope = self._loss(rows, labels, counts, weights)
            return value, slope.ravel().astype(np.float64)

        found = minimize(loss, self.weights.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": steps})
        self.weights = found.x.reshape(self.weights.shape).astype(np.float32)

    def _loss(self, rows: Floats, labels: NDArray[np.intp], counts: Floats, weights: Floats) -> tuple[float, Floats]:
        """How unlikely the labels are, and in which direction of the weights more so."""
        own = np.arange(len(labels)), labels
        scores = rows @ weights[:-1] + weights[-1]
        scores -= scores.max(axis=1, keepdims=True)
        likely = scores[own]
        shares = np.exp(scores, out=scores)
        total = shares.sum(axis=1)
        value = np.vdot(counts, np.log(total) - likely)
        shares *= (counts / total)[:, None]
        shares[own] -= counts
        shrunk = self._shrinkage * weights[:-1]
        value += 0.5 * np.vdot(shrunk, weights[:-1])
        return float(value), np.vstack([rows.T @ shares + shrunk, shares.sum(axis=0)])
