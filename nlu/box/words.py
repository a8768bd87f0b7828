"""Which words and groups of letters a message has: tf-idf, folded, over all languages together."""

from collections.abc import Sequence

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu.box.folding import fold, latin
from nlu.box.normaliser import PIECES
from nlu.box.part import Learned, LearningPart
from nlu.box.row import Row

WORDS = "words"
"""Property of a message: a `Row` of tf-idf values, scipy.sparse."""

PIECE_WORDS = "piece_words"
"""The same for the message's `PIECES`, one line each."""

_KINDS = {
    "word": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)\w+", "preprocessor": fold},
    "character": {"analyzer": "char_wb", "ngram_range": (2, 4), "preprocessor": latin},
}
"""Words in their own script, letters in Latin, where Cyrillic and Latin spellings meet. Source: docs/decisions/0003."""


class WordVectoriser:
    """Texts to rows of tf-idf values."""

    def __init__(self, vectorizers: dict[str, TfidfVectorizer]) -> None:
        self._vectorizers = vectorizers

    @classmethod
    def learned_from(cls, texts: Sequence[str]) -> "WordVectoriser":
        """Takes the features that at least two of the texts have."""
        return cls({kind: _vectorizer(kind, min_df=2).fit(texts) for kind in _KINDS})

    @classmethod
    def restored(cls, learned: Learned) -> "WordVectoriser":
        """From what `kept` gave."""
        return cls({kind: _restored(kind, learned) for kind in _KINDS})

    def kept(self) -> Learned:
        """The features and their weights."""
        learned: Learned = {}
        for kind, vectorizer in self._vectorizers.items():
            learned[kind] = [str(feature) for feature in vectorizer.get_feature_names_out()]
            learned[f"{kind}_idf"] = np.asarray(vectorizer.idf_, dtype=np.float32)
        return learned

    def rows(self, texts: Sequence[str]) -> csr_matrix:
        """scipy.sparse of shape (number of texts, features)."""
        return hstack([vectorizer.transform(texts) for vectorizer in self._vectorizers.values()]).tocsr()


def _vectorizer(kind: str, **options: object) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, lowercase=False, **_KINDS[kind], **options)


def _restored(kind: str, learned: Learned) -> TfidfVectorizer:
    vectorizer = _vectorizer(kind, vocabulary=learned[kind])
    vectorizer.idf_ = learned[f"{kind}_idf"]
    return vectorizer


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class WordsAndCharacters(LearningPart):
    """Sets `WORDS` and `PIECE_WORDS`."""

    def learn(self, questions: list[Message]) -> Learned:
        """The features of the questions."""
        return WordVectoriser.learned_from([question.get(TEXT) for question in questions]).kept()

    def use(self, learned: Learned) -> None:
        """Makes the vectorizers."""
        self._vectoriser = WordVectoriser.restored(learned)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Sets `WORDS` of all questions at once."""
        questions = training_data.training_examples
        rows = self._vectoriser.rows([question.get(TEXT) for question in questions])
        for number, question in enumerate(questions):
            question.set(WORDS, Row(rows[number]))
        return training_data

    def read(self, message: Message) -> None:
        """Sets `WORDS` and `PIECE_WORDS`."""
        rows = self._vectoriser.rows([message.get(TEXT), *message.get(PIECES)])
        message.set(WORDS, Row(rows[:1]))
        message.set(PIECE_WORDS, Row(rows[1:]))
