"""Pipelines without Rasa around them: the components of ours, and the baseline that they must beat."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from nlu.box.encoded import EncodedTexts
from nlu.box.held_out import ONE_IN
from nlu.box.topic_model import taught
from nlu.box.words import Spelled, WordVectoriser
from nlu.massive.utterance import Utterance
from nlu.message import prepare

_WORD = r"(?u)\w+"


class Ours:
    """Words and sentence vectors, all languages in one model: what `config.yml` makes topics of."""

    name = "**ours**: words beside sentence vectors"

    def train(self, utterances: Sequence[Utterance]) -> None:
        """As TopicClassifier learns, with the vectors made anew."""
        texts = _prepared(utterances)
        self._words, rows = WordVectoriser.learned_from([Spelled(text) for text in texts])
        self._vectors = EncodedTexts()
        vectors = self._vectors.of(texts)
        intents = [utterance.intent for utterance in utterances]
        self._model, _ = taught(rows, vectors, intents, np.arange(len(intents)) % ONE_IN == 0)

    def intents(self, utterances: Sequence[Utterance]) -> list[str]:
        """The likeliest intent of each."""
        texts = _prepared(utterances)
        probabilities = self._model.probabilities(
            self._words.rows([Spelled(text) for text in texts]), self._vectors.of(texts)
        )
        return [self._model.topics[index] for index in np.argmax(probabilities, axis=1)]


class Svm:
    """tf-idf of words and letters with a linear SVM, scikit-learn's own, untuned; all languages in one model."""

    name = "tf-idf, linear SVM, languages together"

    def train(self, utterances: Sequence[Utterance]) -> None:
        """One fit."""
        self._model = _svm().fit(_prepared(utterances), [utterance.intent for utterance in utterances])

    def intents(self, utterances: Sequence[Utterance]) -> list[str]:
        """The intent of each."""
        return [str(intent) for intent in self._model.predict(_prepared(utterances))]


class SvmEach:
    """The same, with a model for each language, which is told the language."""

    name = "tf-idf, linear SVM, one for each language"

    def train(self, utterances: Sequence[Utterance]) -> None:
        """One fit a language."""
        self._models: dict[str, Svm] = {}
        for language in sorted({utterance.language for utterance in utterances}):
            self._models[language] = Svm()
            self._models[language].train([utterance for utterance in utterances if utterance.language == language])

    def intents(self, utterances: Sequence[Utterance]) -> list[str]:
        """The intent of each, by the model of its language."""
        return [self._models[utterance.language].intents([utterance])[0] for utterance in utterances]


def _prepared(utterances: Sequence[Utterance]) -> list[str]:
    return [prepare(utterance.text) for utterance in utterances]


def _svm() -> Any:
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=_WORD)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True)
    return make_pipeline(make_union(words, letters), LinearSVC(random_state=0))
