"""Which language a text is in: its script and letters, a model on our own questions, and eldc for all others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import softmax
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize

from nlu.box.counted import counted_letters
from nlu.box.descent import descended
from nlu.box.detector import KNOWN, detected
from nlu.box.learned import Learned
from nlu.box.locales import LOCALES, OTHER
from nlu.box.scripts import LANGUAGES_OF_SCRIPT, NOT_LATIN, letters_for, script_of
from nlu.message import prepare

OWN, OWN_IN_LATIN, IN_LATIN_SCORE = 0.68, 0.89, 2.5
ELDC, LETTER, UNKNOWN, HOTLINE = 7.0, 2.4, 0.3, 2.5
"""How much each kind of evidence counts, as logarithms of odds: our model (in Latin letters, and a constant there),
eldc's score (as far as the text is not in a language that eldc has never seen), each telling letter up to three, a
language that our model does not know, a language of the hotline.

Source: docs/decisions/0009 and 0015; fitted on questions held out, whole, cropped and in Latin letters, on the
development texts for language identification, and on phrases in languages outside the hotline's.
"""

_SIZES: Final = (1, 4)
_HASH: Final = {"n_features": 2**17, "alternate_sign": False, "norm": None, "dtype": np.float32}
_HASHED = HashingVectorizer(analyzer="char_wb", ngram_range=_SIZES, **_HASH)
_HASHED_WHOLE = HashingVectorizer(analyzer=lambda group: [group], **_HASH)
_PENALTY, _EPOCHS = 2e-7, 6
"""Of the logistic regression over these. Source: docs/decisions/0009."""

_KEPT = 5


@dataclass(frozen=True)
class LocaleModel:
    """Scores for languages; those with training questions have columns of their own.

    Attributes:
        locales: Names of the columns.
    """

    locales: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    @classmethod
    def learned_from(cls, texts: Sequence[str], locales: Sequence[str]) -> "LocaleModel":
        """From texts whose locales are known; at least three locales."""
        groups, counts = counted_letters([text.casefold() for text in texts], _SIZES)
        rows = normalize(counts @ _HASHED_WHOLE.transform(groups), copy=False)
        names, labels = np.unique(locales, return_inverse=True)
        return cls(tuple(map(str, names)), *descended(rows, labels, penalty=_PENALTY, epochs=_EPOCHS))

    def scores(self, text: str) -> dict[str, float]:
        """Probabilities of the five likeliest languages, by code, best first; `und` alone when there are no letters."""
        script = script_of(text)
        if script is None:
            return {OTHER: 1.0}
        languages = self._possible(script)
        probabilities = softmax(self._evidence(prepare(text), languages, script))
        best = np.argsort(-probabilities)[:_KEPT]
        return {languages[index]: float(probabilities[index]) for index in best}

    def _possible(self, script: str) -> list[str]:
        in_latin = frozenset(self.locales) | KNOWN | frozenset(LOCALES)
        return sorted(LANGUAGES_OF_SCRIPT.get(script, in_latin))

    def _evidence(self, text: str, languages: Sequence[str], script: str) -> NDArray[np.float64]:
        row = dict(zip(self.locales, (_row(text) @ self.weights + self.bias)[0], strict=True))
        own = np.asarray([_own(row, language, script) for language in languages])
        others, letters = detected(text), letters_for(text)
        rest = [LETTER * min(letters.get(language, 0), 3) + HOTLINE * (language in LOCALES) for language in languages]
        trust = ELDC * _share_of_known(own, languages, script)
        evidence: NDArray[np.float64] = own + trust * np.asarray([others.get(each, 0.0) for each in languages]) + rest
        return evidence

    def kept(self) -> Learned:
        """For `restored`; weights at half precision."""
        return {"locales": list(self.locales), "weights": self.weights.astype(np.float16), "bias": self.bias}

    @classmethod
    def restored(cls, learned: Learned) -> "LocaleModel":
        """From what `kept` gave."""
        return cls(tuple(learned["locales"]), learned["weights"].astype(np.float32), learned["bias"])


def _own(own: dict[str, float], language: str, script: str) -> float:
    if language not in own:
        return UNKNOWN
    if script == "LATIN" and language in NOT_LATIN:
        return OWN_IN_LATIN * float(own[language]) + IN_LATIN_SCORE
    return OWN * float(own[language])


def _share_of_known(own: NDArray[np.float64], languages: Sequence[str], script: str) -> float:
    """How likely, by our own model, a text is in a language that eldc knows: of others it says what it resembles.

    It has seen no language in Latin letters that has others of its own.
    """
    strange = NOT_LATIN if script == "LATIN" else frozenset()
    known = np.asarray([language in KNOWN and language not in strange for language in languages])
    return float(softmax(own)[known].sum())


def _row(text: str) -> csr_matrix:
    return normalize(_HASHED.transform([text.casefold()]), copy=False)
