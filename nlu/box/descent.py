"""Logistic regressions over sparse rows, one label against all others, learned for all labels in one go."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from nlu.box.compiled import LabelledRows, compiled

Floats = NDArray[np.float32]

_START = 3.0
"""Divides the first step, which scikit-learn makes so long that what few rows teach hangs on their order; the end of
242,000 is as good. Source: docs/decisions/0012."""


def descended(rows: csr_matrix, labels: NDArray[np.intp], *, penalty: float, epochs: int) -> tuple[Floats, Floats]:
    """Weights of shape (columns of the rows, labels) and biases, by stochastic gradient descent.

    What scikit-learn's `SGDClassifier` does with the loss "log_loss" and the rate "optimal", but a row teaches all
    labels at once: six epochs over 242,000 rows take 2 s instead of 10. Under that rate (Bottou 2012, Stochastic
    Gradient Descent Tricks, section 5.2) the weights are the sum of all steps so far over penalty times time, so that
    nothing has to be shrunk on the way.

    Args:
        labels: The number of each row's label.
        penalty: Of squared weights; the higher, the smaller they stay.
        epochs: How often it goes over all rows, each time in another random order.
    """
    given = LabelledRows.of(rows, labels)
    steps = np.zeros((rows.shape[1], int(labels.max()) + 1), dtype=np.float32)
    bias = np.zeros(steps.shape[1], dtype=np.float32)
    chance, time = np.random.default_rng(0), _START * penalty**-0.75
    for _ in range(epochs):
        _descend(chance.permutation(len(labels)), given, _State(steps, bias, penalty, time))
        time += len(labels)
    return steps / np.float32(penalty * (time - 1)), bias


class _State(NamedTuple):
    steps: Floats
    bias: Floats
    penalty: float
    time: float


@compiled
def _descend(order: NDArray[np.intp], rows: LabelledRows, state: _State) -> None:
    """Goes over all rows once; the bias learns at a hundredth of the rate, as it is in every row."""
    steps, bias, penalty, start = state
    step, names = np.empty_like(bias), range(len(bias))
    for passed, number in enumerate(order):
        places, rate = range(rows.ends[number], rows.ends[number + 1]), 1 / (penalty * (start + passed))
        for name in names:
            step[name] = 0
        for place in places:
            column, value = rows.columns[place], rows.values[place]
            for name in names:
                step[name] += value * steps[column, name]
        for name in names:
            probability = 1 / (1 + np.exp(-(rate * step[name] + bias[name])))
            step[name] = (name == rows.labels[number]) - probability
            bias[name] += 0.01 * rate * step[name]
        for place in places:
            column, value = rows.columns[place], rows.values[place]
            for name in names:
                steps[column, name] += value * step[name]
