"""Groups of letters within words, counted for many texts at once."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer


def counted(texts: Sequence[str], of_words: Callable[[Sequence[str]], csr_matrix]) -> csr_matrix:
    """Counts of whatever lies within words, one row a text; each different word is looked at once.

    Args:
        texts: One of them has a word.
        of_words: Counts for single words, as of a vectorizer of scikit-learn with the analyzer `char_wb`. A text's
            counts are the sums of its words' counts.
    """
    words = CountVectorizer(analyzer=str.split, dtype=np.float32)
    occurrences = words.fit_transform(texts)
    return occurrences @ of_words(words.get_feature_names_out())
