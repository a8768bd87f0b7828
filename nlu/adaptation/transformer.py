"""The sentence encoder in TensorFlow, with changes to its weights that can be learned."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nlu.box.adapter import RANK, SCALE, Adapter
from nlu.box.packed_model import PackedModel

Floats = NDArray[np.float32]

DROPOUT = 0.1
"""As in the model's own training."""

_INNER = ("q", "k", "v", "ao", "fi", "fo")
_PADDING = 1


class AdaptableEncoder:
    """Gives the vectors that `nlu.box.encoder.SentenceEncoder` gives, and learns.

    Products are made in bfloat16, which halves the time; what is learned is kept in 32 bits.

    Attributes:
        variables: What can be learned.
    """

    def __init__(self, packed: PackedModel, *, start: Adapter | None = None, seed: int = 0) -> None:
        """The model of the package with the changes of `start`, or as it comes."""
        self._sizes = packed.sizes
        self._words = packed.tensor("emb.word", -1, packed.sizes.width)
        self._places = packed.positions()
        self._first_norm = packed.tensor("emb.ln.w"), packed.tensor("emb.ln.b")
        chance = np.random.default_rng(seed)
        known = start.changes if start else {}
        self._layers = [_Layer(packed, f"l{number}", chance, known) for number in range(packed.sizes.layers)]
        self.variables = [matrix for layer in self._layers for change in layer.changes.values() for matrix in change]

    def embedded(self, tokens: Sequence[Sequence[int]]) -> tuple[Floats, Floats]:
        """Texts of token numbers as (texts x tokens x width), and a mask (texts x tokens) of 1 where there is one."""
        length = -(-max(map(len, tokens)) // 4) * 4  # few different lengths
        numbers = np.full((len(tokens), length), _PADDING)
        mask = np.zeros((len(tokens), length), dtype=np.float32)
        for row, text in enumerate(tokens):
            numbers[row, : len(text)], mask[row, : len(text)] = text, 1
        values = self._words[numbers] + self._places[:length]
        spread = np.sqrt(values.var(-1, keepdims=True) + self._sizes.epsilon)
        gain, bias = self._first_norm
        return (values - values.mean(-1, keepdims=True)) / spread * gain + bias, mask

    def vectors(self, embedded: tf.Tensor, mask: tf.Tensor, *, learning: bool) -> tf.Tensor:
        """Unit vectors, one row a text."""
        hidden, closed = embedded, (1.0 - mask)[:, None, None, :] * -1e9
        for layer in self._layers:
            hidden = layer.passed(hidden, closed, heads=self._sizes.heads, dropout=DROPOUT if learning else 0.0)
        mean = tf.reduce_sum(hidden * mask[:, :, None], 1) / tf.reduce_sum(mask, 1, keepdims=True)
        return tf.math.l2_normalize(mean, 1)

    def adapter(self) -> Adapter:
        """What has been learned."""
        return Adapter(
            {
                f"{layer.name}.{part}": (down.numpy(), up.numpy())
                for layer in self._layers
                for part, (down, up) in layer.changes.items()
            }
        )


class _Layer:
    def __init__(
        self, packed: PackedModel, name: str, chance: np.random.Generator, known: Mapping[str, tuple[Floats, Floats]]
    ) -> None:
        self.name = name
        self._bias = {part: tf.constant(packed.tensor(f"{name}.{part}.b")) for part in _INNER}
        self._weight, self.changes = {}, {}
        for part in _INNER:
            weight = packed.tensor(f"{name}.{part}.w", len(self._bias[part]), -1).T
            inputs, outputs = weight.shape
            down = chance.normal(size=(inputs, RANK)).astype(np.float32) / math.sqrt(inputs)
            self._weight[part] = tf.cast(tf.constant(weight), tf.bfloat16)
            nothing = down, np.zeros((RANK, outputs), dtype=np.float32)
            down, up = known.get(f"{name}.{part}", nothing)
            self.changes[part] = tf.Variable(down), tf.Variable(up)
        self._norms = {
            part: (packed.tensor(f"{name}.{part}.w"), packed.tensor(f"{name}.{part}.b")) for part in ("aln", "oln")
        }

    def passed(self, hidden: tf.Tensor, closed: tf.Tensor, *, heads: int, dropout: float) -> tf.Tensor:
        heard = tf.nn.dropout(self._linear("ao", self._attention(hidden, closed, heads)), dropout)
        hidden = self._norm("aln", hidden + heard)
        thought = tf.nn.dropout(self._linear("fo", tf.nn.gelu(self._linear("fi", hidden))), dropout)
        return self._norm("oln", hidden + thought)

    def _attention(self, hidden: tf.Tensor, closed: tf.Tensor, heads: int) -> tf.Tensor:
        texts, tokens, width = tf.shape(hidden)[0], tf.shape(hidden)[1], hidden.shape[2]
        query, key, value = (
            tf.transpose(tf.reshape(self._linear(part, hidden), (texts, tokens, heads, width // heads)), (0, 2, 1, 3))
            for part in "qkv"
        )
        shares = tf.nn.softmax(tf.matmul(query, key, transpose_b=True) / math.sqrt(width // heads) + closed)
        return tf.reshape(tf.transpose(tf.matmul(shares, value), (0, 2, 1, 3)), (texts, tokens, width))

    def _linear(self, part: str, values: tf.Tensor) -> tf.Tensor:
        down, up = (tf.cast(matrix, tf.bfloat16) for matrix in self.changes[part])
        narrow = tf.cast(values, tf.bfloat16)
        product = tf.matmul(narrow, self._weight[part]) + tf.matmul(tf.matmul(narrow, down), up) * SCALE
        return tf.cast(product, tf.float32) + self._bias[part]

    def _norm(self, part: str, values: tf.Tensor) -> tf.Tensor:
        mean, spread = tf.nn.moments(values, [-1], keepdims=True)
        gain, bias = self._norms[part]
        return (values - mean) * tf.math.rsqrt(spread + 1e-12) * gain + bias
