"""eldc, a detector of some sixty languages by their letter sequences, set up once for the process."""

from typing import Final

import eldc

eldc.init()
eldc.set_scores(20)

_ONE: Final = {"hr": "sr", "bs": "sr"}
"""Counted as another language: whoever writes it reads that one, and nobody tells them apart in three words."""

KNOWN: Final = frozenset(eldc.LANGUAGES) - _ONE.keys()
"""Codes of the languages it can find."""


def detected(text: str) -> dict[str, float]:
    """The likeliest languages by code, twenty at most; each score stands alone, 0.0 to 1.0."""
    scores: dict[str, float] = {}
    for language, score in eldc.detect_details(text).scores.items():
        code = _ONE.get(language, language)
        scores[code] = max(score, scores.get(code, 0.0))
    return scores
