"""How the encoder is taught: it tells the topics of our questions apart, as people write them on any keyboard."""

import logging
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nlu.adaptation.transformer import AdaptableEncoder
from nlu.box.encoder import SentenceEncoder
from nlu.box.held_out import is_held_out
from nlu.box.letters import in_own_letters
from nlu.box.question import Question
from nlu.box.variants import otherwise_typed

BATCH = 32
RATE, HEAD_RATE = 7e-4, 2e-3
SMOOTHING = 0.1
"""Of the right answer, this share is spread over all topics: some labels are matters of opinion.

Source of all these: docs/decisions/0008.
"""

WARM_UP = 0.1
_SAY_EVERY = 50

log = logging.getLogger("nlu.adapt")


@dataclass(frozen=True)
class Lesson:
    """What is taught, for how long."""

    questions: Sequence[Question]
    epochs: int
    seed: int = 0


def teach(encoder: AdaptableEncoder, lesson: Lesson, tokens_of: SentenceEncoder) -> None:
    """Changes the encoder; about a quarter of an hour a thousand batches on two cores."""
    taught = [question for question in lesson.questions if not is_held_out(question.text)]
    topics = sorted({question.topic for question in taught})
    labels = np.asarray([topics.index(question.topic) for question in taught], dtype=np.int32)
    pupil = _Pupil(
        encoder,
        _sample([tokens_of.tokens(in_own_letters(each.text, each.locale)) for each in taught[::10]], encoder),
        len(topics),
    )
    chance = random.Random(lesson.seed)
    steps, done, losses = lesson.epochs * math.ceil(len(taught) / BATCH), 0, []
    for _ in range(lesson.epochs):
        tokens = [tokens_of.tokens(_typed(question, chance)) for question in taught]
        for batch in _batches(tokens, chance):
            pupil.pace(_pace(done, steps))
            embedded, mask = encoder.embedded([tokens[number] for number in batch])
            losses.append(float(pupil.step(tf.constant(embedded), tf.constant(mask), tf.constant(labels[batch]))))
            done += 1
            if done % _SAY_EVERY == 0 or done == steps:
                log.info("%d of %d batches, loss %.2f", done, steps, np.mean(losses[-_SAY_EVERY:]))


def _typed(question: Question, chance: random.Random) -> str:
    """The question as somebody might type it and the box would read it then."""
    return in_own_letters(otherwise_typed(question.text, question.locale, chance), question.locale)


def _sample(texts: Sequence[Sequence[int]], encoder: AdaptableEncoder) -> NDArray[np.float32]:
    batches = [encoder.embedded(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
    return np.concatenate([encoder.vectors(tf.constant(e), tf.constant(m), learning=False) for e, m in batches])


def _pace(done: int, steps: int) -> float:
    """Learning rate by progress: up in the first tenth, then down along a cosine."""
    progress = (done + 1) / steps
    return min(1.0, progress / WARM_UP) * 0.5 * (1 + math.cos(math.pi * progress))


def _batches(tokens: Sequence[Sequence[int]], chance: random.Random) -> Iterator[NDArray[np.int64]]:
    """Texts of like length together, in random order."""
    order = sorted(range(len(tokens)), key=lambda number: len(tokens[number]) + chance.gauss(0, 3))
    batches = [np.asarray(order[start : start + BATCH]) for start in range(0, len(order), BATCH)]
    chance.shuffle(batches)
    return iter(batches)


class _Pupil:
    """The encoder with a classifier on top, which is thrown away afterwards."""

    def __init__(self, encoder: AdaptableEncoder, sample: NDArray[np.float32], topics: int) -> None:
        self._encoder, self._topics = encoder, topics
        self._mean, self._spread = sample.mean(axis=0), sample.std(axis=0) + 1e-6
        self._head = [tf.Variable(tf.zeros((sample.shape[1], topics))), tf.Variable(tf.zeros(topics))]
        self._optimizer = tf.keras.optimizers.experimental.AdamW(weight_decay=0.01)
        self._head_optimizer = tf.keras.optimizers.Adam()
        self._optimizer.build(encoder.variables)
        self._head_optimizer.build(self._head)
        width = sample.shape[1]
        signature = [tf.TensorSpec((None, None, width)), tf.TensorSpec((None, None)), tf.TensorSpec((None,), tf.int32)]
        self.step = tf.function(self._step, input_signature=signature, autograph=False)

    def pace(self, share: float) -> None:
        self._optimizer.learning_rate.assign(RATE * share)
        self._head_optimizer.learning_rate.assign(HEAD_RATE * share)

    def _step(self, embedded: tf.Tensor, mask: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            vectors = (self._encoder.vectors(embedded, mask, learning=True) - self._mean) / self._spread
            scores = tf.matmul(vectors, self._head[0]) + self._head[1]
            wanted = tf.one_hot(labels, self._topics) * (1 - SMOOTHING) + SMOOTHING / self._topics
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(wanted, scores))
        gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, [*self._encoder.variables, *self._head]), 1.0)
        self._optimizer.apply_gradients(zip(gradients[:-2], self._encoder.variables, strict=True))
        self._head_optimizer.apply_gradients(zip(gradients[-2:], self._head, strict=True))
        return loss
