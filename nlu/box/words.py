"""Which words, groups of letters and groups of consonants a message has: tf-idf, over all languages together."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from nlu.box.consonants import consonants
from nlu.box.counted import WORD, Counted, counted_letters, counted_words
from nlu.box.folding import fold, latin
from nlu.box.importer import LOCALE_SCORES
from nlu.box.learned import Learned
from nlu.box.locales import LOCALES
from nlu.box.part import LearningPart

Floats = NDArray[np.float32]

WORDS = "words"
"""Property of a message: tf-idf values, scipy.sparse of shape (1, features). Questions learned together have one of
them together, a row each in their order: 68,000 rows by themselves would take 7 s to cut and to join again."""


class Spelled(NamedTuple):
    """A text and, where the language has them, its consonants alone (`nlu.box.consonants`)."""

    text: str
    consonants: str = ""


_LETTERS = (2, 4)
_KINDS: dict[str, dict[str, Any]] = {
    "word": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": WORD.pattern},
    "character": {"analyzer": "char_wb", "ngram_range": _LETTERS},
    "consonant": {"analyzer": "char_wb", "ngram_range": _LETTERS},
}
_VIEWS: dict[str, Callable[[Spelled], str]] = {
    "word": lambda spelled: fold(spelled.text),
    "character": lambda spelled: latin(spelled.text),
    "consonant": lambda spelled: spelled.consonants,
}
"""Words in their own script; letters in Latin, where Cyrillic and Latin spellings meet; consonants, where Arabic and
Latin spellings do. Source: docs/decisions/0003 and 0015."""

FEWEST_TEXTS = 2
"""A feature that only one question has says nothing of others. Source: docs/decisions/0009."""


class WordVectoriser:
    """Texts to rows of tf-idf values.

    Many are counted by NumPy (`nlu.box.counted`); a single message by scikit-learn's analyzers.
    """

    def __init__(self, features: dict[str, list[str]], idf: dict[str, Floats]) -> None:
        self._features, self._idf = features, idf
        self._columns = {kind: {name: column for column, name in enumerate(names)} for kind, names in features.items()}
        self._analyzers = {kind: _counter(kind).build_analyzer() for kind in features}
        self._width = sum(map(len, features.values()))

    @classmethod
    def learned_from(cls, texts: Sequence[Spelled]) -> tuple["WordVectoriser", csr_matrix]:
        """Takes the features that enough of the texts have; gives the texts' rows too."""
        views = {kind: [view(text) for text in texts] for kind, view in _VIEWS.items()}
        learned = {kind: _weighed(*_counts(kind, seen)) for kind, seen in views.items() if any(seen)}
        rows = hstack([rows for _, _, rows in learned.values()], format="csr")
        features = {kind: names for kind, (names, _, _) in learned.items()}
        return cls(features, {kind: idf for kind, (_, idf, _) in learned.items()}), rows

    @classmethod
    def restored(cls, learned: Learned) -> "WordVectoriser":
        """From what `kept` gave."""
        kinds = [kind for kind in _KINDS if kind in learned]
        return cls({kind: learned[kind] for kind in kinds}, {kind: learned[f"{kind}_idf"] for kind in kinds})

    def kept(self) -> Learned:
        """The features and their weights."""
        return {**self._features, **{f"{kind}_idf": weights for kind, weights in self._idf.items()}}

    def rows(self, texts: Sequence[Spelled]) -> csr_matrix:
        """scipy.sparse of shape (number of texts, features)."""
        found = [self._row(text) for text in texts]
        ends = np.cumsum([0, *(len(columns) for columns, _ in found)])
        columns = np.concatenate([columns for columns, _ in found])
        values = np.concatenate([values for _, values in found])
        return csr_matrix((values, columns, ends), shape=(len(texts), self._width))

    def _row(self, text: Spelled) -> tuple[NDArray[np.int32], Floats]:
        columns, values, start = [], [], 0
        for kind, known in self._columns.items():
            counts = Counter(known[name] for name in self._analyzers[kind](_VIEWS[kind](text)) if name in known)
            place = np.fromiter(counts, dtype=np.int32, count=len(counts))
            weight = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))) * self._idf[kind][
                place
            ]
            columns.append(place + start)
            values.append(weight / (np.linalg.norm(weight) or 1.0))
            start += len(known)
        return np.concatenate(columns).astype(np.int32), np.concatenate(values).astype(np.float32)


def _counts(kind: str, seen: Sequence[str]) -> Counted:
    """All features of a kind, in texts as that kind sees them."""
    return counted_words(seen) if kind == "word" else counted_letters(seen, _LETTERS)


def _weighed(names: NDArray[np.object_], counts: csr_matrix) -> tuple[list[str], Floats, csr_matrix]:
    """Names, weights and the texts' rows of the features that are kept."""
    kept = np.flatnonzero(counts.getnnz(axis=0) >= FEWEST_TEXTS)
    idf = TfidfTransformer(sublinear_tf=True)
    rows = idf.fit_transform(counts[:, kept])
    return [str(name) for name in names[kept]], np.asarray(idf.idf_, dtype=np.float32), rows


def _counter(kind: str) -> CountVectorizer:
    return CountVectorizer(dtype=np.float32, lowercase=False, **_KINDS[kind])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class WordsAndCharacters(LearningPart):
    """Sets `WORDS`."""

    def learn(self, questions: list[Message]) -> Learned:
        """The features of the questions."""
        vectoriser, rows = WordVectoriser.learned_from([_spelled(question) for question in questions])
        for question in questions:
            question.set(WORDS, rows)
        return vectoriser.kept()

    def use(self, learned: Learned) -> None:
        """Makes the vectorizers."""
        self._vectoriser = WordVectoriser.restored(learned)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """They have `WORDS` already, from learning."""
        return training_data

    def read(self, message: Message) -> None:
        """Sets `WORDS`."""
        message.set(WORDS, self._vectoriser.rows([_spelled(message)]))


def _spelled(message: Message) -> Spelled:
    """The text, with its consonants if the likeliest language of ours is one that needs them."""
    ours = (code for code in message.get(LOCALE_SCORES) or {} if code in LOCALES)
    return Spelled(message.get(TEXT), consonants(message.get(TEXT), ours))
