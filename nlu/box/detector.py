"""eldc, a detector of some sixty languages by their letter sequences, set up once for the process."""

from typing import Final

import eldc

eldc.init()
eldc.set_scores(20)

KNOWN: Final = frozenset(eldc.LANGUAGES)
"""Codes of the languages it can find."""


def detected(text: str) -> dict[str, float]:
    """The twenty likeliest languages by code; each score stands alone, 0.0 to 1.0."""
    scores: dict[str, float] = eldc.detect_details(text).scores
    return scores
