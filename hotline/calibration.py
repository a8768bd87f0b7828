"""Whether the model may be believed: of the messages of which it is 90 % sure, nine in ten should be right."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from hotline.scorecard import Result, is_answerable_or_not

BINS: Final = 10


class Bin(msgspec.Struct, frozen=True, kw_only=True):
    """Questions about which the model is about equally sure.

    Attributes:
        low: Lowest confidence of the bin; it is 0.1 wide.
        confidence: Mean confidence in it.
        right: The share whose likeliest topic is right.
    """

    low: float
    questions: int
    confidence: float
    right: float


def reliability(results: Iterable[Result]) -> list[Bin]:
    """The bins that have questions, least sure first."""
    filled: dict[int, list[Result]] = {}
    for result in results:
        if is_answerable_or_not(result):
            filled.setdefault(min(int(result.confidence * BINS), BINS - 1), []).append(result)
    return [_bin(number / BINS, filled[number]) for number in sorted(filled)]


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """Mean distance between how sure the model is and how often it is right, by the bins' questions."""
    questions = sum(found.questions for found in bins)
    return sum(found.questions * abs(found.right - found.confidence) for found in bins) / questions


def _bin(low: float, results: Sequence[Result]) -> Bin:
    return Bin(
        low=low,
        questions=len(results),
        confidence=sum(result.confidence for result in results) / len(results),
        right=sum(result.is_right for result in results) / len(results),
    )
