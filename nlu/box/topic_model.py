"""Two linear models side by side, over words and over sentence vectors, and how far to believe them together."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax

from nlu.box.learned import Learned
from nlu.box.regression import Regression
from nlu.box.support_vectors import SupportVectors

Floats = NDArray[np.float32]
Labels = NDArray[np.intp]
"""Numbers of topics."""

Rows = Any
"""scipy.sparse or numpy, one row a text."""

WORDS_C, WORDS_PASSES, WORDS_PASSES_WITH_ALL = 1.0, 5, 2
"""Regularisation of the linear SVM over words; how many passes it makes over the questions that are not held out, and
then over all. Source: docs/decisions/0009 and 0012."""

SENSE_C, SENSE_STEPS, SENSE_STEPS_WITH_ALL = 0.01, 30, 10
"""The same of the logistic regression over standardised sentence vectors. Source: decisions 0008, 0009, 0012."""

WORDS_AGAINST_SENSE = 5.0
"""How much a score of words counts against one of vectors. Source: docs/decisions/0009."""


@dataclass(frozen=True)
class Linear:
    """Scores are `rows @ weights + bias`, one column a topic."""

    weights: Floats
    bias: Floats

    def scores(self, rows: Rows) -> Floats:
        """Shape (number of rows, number of topics)."""
        return np.asarray(rows @ self.weights + self.bias, dtype=np.float32)


@dataclass(frozen=True)
class TopicModel:
    """How likely each topic is.

    Attributes:
        topics: Names of the columns.
        words: Model over tf-idf values.
        sense: Model over sentence vectors; None when the pipeline has none.
        weights: How much the scores of `words` and of `sense` count.
    """

    topics: tuple[str, ...]
    words: Linear
    sense: Linear | None
    weights: tuple[float, float]

    def probabilities(self, words: csr_matrix, sense: Floats | None) -> Floats:
        """Shape (number of rows, number of topics); each row sums to 1."""
        scores = self.weights[0] * self.words.scores(words)
        if self.sense is not None and sense is not None:
            scores = scores + self.weights[1] * self.sense.scores(sense)
        return np.asarray(softmax(scores, axis=1), dtype=np.float32)

    def kept(self) -> Learned:
        """For `restored`; the weights of the words, most of it, at half precision."""
        learned: Learned = {"topics": list(self.topics), "weights": list(self.weights)}
        learned.update(words_weights=self.words.weights.astype(np.float16), words_bias=self.words.bias)
        if self.sense is not None:
            learned.update(sense_weights=self.sense.weights, sense_bias=self.sense.bias)
        return learned

    @classmethod
    def restored(cls, learned: Learned) -> "TopicModel":
        """From what `kept` gave."""
        has_sense = "sense_weights" in learned
        return cls(
            topics=tuple(learned["topics"]),
            words=Linear(learned["words_weights"].astype(np.float32), learned["words_bias"]),
            sense=Linear(learned["sense_weights"], learned["sense_bias"]) if has_sense else None,
            weights=(float(learned["weights"][0]), float(learned["weights"][1])),
        )


@dataclass(frozen=True)
class Scores:
    """Scores of both models for the same rows, before they are weighed."""

    words: Floats
    sense: Floats | None

    def weighed(self, weights: Sequence[float] | NDArray[np.float64]) -> Floats:
        """One score a topic."""
        if self.sense is None:
            return np.asarray(weights[0] * self.words, dtype=np.float32)
        return np.asarray(weights[0] * self.words + weights[1] * self.sense, dtype=np.float32)


def taught(
    words: csr_matrix,
    sense: Floats | None,
    topics: Sequence[str],
    held_out: NDArray[np.bool_],
    counts: Floats | None = None,
) -> tuple[TopicModel, Floats]:
    """A model of questions whose topics are known, three at least, and what it says of those it had not seen.

    The questions that are held out are learned last: before that, probabilities are calibrated on them.

    Args:
        held_out: Which rows to calibrate on, not all of any topic. The sentence encoder's adapter has not seen them
            either.
        counts: How much each row counts; all the same by default.

    Returns:
        The model, and probabilities for the rows that are held out, columns as its topics.
    """
    names, labels = np.unique(topics, return_inverse=True)
    counts = np.ones(len(labels), dtype=np.float32) if counts is None else counts
    with ThreadPoolExecutor(1) as pool:
        vectors = pool.submit(_sense_model, sense, labels, held_out, counts) if sense is not None else None
        words_model, unseen_words = _words_model(words, labels, held_out, counts)
    sense_model, unseen_sense = vectors.result() if vectors else (None, None)
    unseen = Scores(unseen_words, unseen_sense)
    weights = _weights(unseen, labels[held_out])
    model = TopicModel(tuple(map(str, names)), words_model, sense_model, weights)
    return model, np.asarray(softmax(unseen.weighed(weights), axis=1), dtype=np.float32)


def _words_model(
    rows: csr_matrix, labels: Labels, held_out: NDArray[np.bool_], counts: Floats
) -> tuple[Linear, Floats]:
    """The model, and the scores that it gave to the rows held out before it learned them."""
    vectors = SupportVectors(rows, labels, counts, regularisation=WORDS_C)
    vectors.learn(np.flatnonzero(~held_out), passes=WORDS_PASSES)
    unseen = _linear(vectors.weights).scores(rows[held_out])
    vectors.learn(np.flatnonzero(held_out), passes=1)
    vectors.learn(np.arange(len(labels)), passes=WORDS_PASSES_WITH_ALL)
    return _linear(vectors.weights), unseen


def _sense_model(rows: Floats, labels: Labels, held_out: NDArray[np.bool_], counts: Floats) -> tuple[Linear, Floats]:
    """The same, on standardised vectors; the standardisation is then part of weights and bias."""
    mean, scale = np.mean(rows, axis=0), np.std(rows, axis=0) + 1e-6
    standardised = (rows - mean) / scale
    regression = Regression(rows.shape[1], int(labels.max()) + 1, regularisation=SENSE_C)
    regression.learn(standardised[~held_out], labels[~held_out], counts[~held_out], steps=SENSE_STEPS)
    unseen = _linear(regression.weights).scores(standardised[held_out])
    regression.learn(standardised, labels, counts, steps=SENSE_STEPS_WITH_ALL)
    weights = regression.weights[:-1] / scale[:, None]
    return Linear(weights, regression.weights[-1] - mean @ weights), unseen


def _linear(weights: Floats) -> Linear:
    """Of weights whose last row is the bias."""
    return Linear(weights[:-1], weights[-1])


def _weights(scores: Scores, labels: Labels) -> tuple[float, float]:
    """Those under which the true topics are likeliest, at the fixed ratio: so probabilities are calibrated."""
    weighed = scores.weighed((WORDS_AGAINST_SENSE, 1.0))

    def loss(logarithm: float) -> float:
        likelihood = log_softmax(np.exp(logarithm) * weighed, axis=1)
        return -float(np.mean(likelihood[np.arange(len(labels)), labels]))

    scale = float(np.exp(minimize_scalar(loss, bounds=(-5.0, 5.0)).x))
    return WORDS_AGAINST_SENSE * scale, scale
