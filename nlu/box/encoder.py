"""Sentence vectors: multilingual-e5-small at 8 bits on CTranslate2, behind this one class.

A model in another format takes its place by another class with the same three members.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import ctranslate2
import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor

from nlu.box.conversion import FOLDER, LETTERS, NAME, TOKENIZER

Vectors = NDArray[np.float32]
"""One row a text."""

MAX_TOKENS = 192
"""Of longer texts beginning and end are read: 800 letters of a rare script would take half a second."""

_BEGIN, _END = 0, 2
_PREFIX = "query: "
"""The model was trained with it for texts that are compared with each other."""

_SPACES = re.compile(" {2,}")


class NoEncoderError(Exception):
    """The environment was not set up whole."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"no sentence encoder in {folder}; make it with: make setup")


class SentenceEncoder:
    """Texts to unit vectors; safe from several threads, of which `workers` are served at once, each on one core.

    A vector that is divided between cores is slower than on one: 14 ms on two, 9 on one (21 tokens).

    Attributes:
        name: Identifies vectors in a cache; another name means other vectors.
        width: Length of a vector.
    """

    name = NAME
    width = 384

    def __init__(self, folder: Path = FOLDER, *, workers: int = 1) -> None:
        if not folder.exists():
            raise NoEncoderError(folder)
        self._model = ctranslate2.Encoder(str(folder), device="cpu", inter_threads=workers, intra_threads=1)
        self._tokenizer = SentencePieceProcessor(model_file=str(folder / TOKENIZER))
        letters = json.loads((folder / LETTERS).read_text(encoding="utf-8"))
        self._letters = {int(letter): becomes for letter, becomes in letters.items()}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (number of texts, width); about 0.4 ms a token, 0.2 where many texts come at once.

        Texts are taken as they are up to a broken surrogate, which `nlu.message.prepare` removes beforehand.
        """
        if not texts:
            return np.zeros((0, self.width), dtype=np.float32)
        tokens = [self.tokens(text) for text in texts]
        states = np.asarray(self._model.forward_batch(tokens).last_hidden_state)
        vectors = np.stack([state[: len(read)].mean(axis=0) for state, read in zip(states, tokens, strict=True)])
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def tokens(self, text: str) -> list[int]:
        """Numbers of the pieces of a text that are read, with what the model wants at both ends."""
        read = _SPACES.sub(" ", (_PREFIX + _harmless(text)).translate(self._letters))
        tokens = self._tokenizer.encode(read)
        if len(tokens) > MAX_TOKENS:
            tokens = [*tokens[: MAX_TOKENS // 2], *tokens[-MAX_TOKENS // 2 :]]
        return [_BEGIN, *tokens, _END]


def _harmless(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
