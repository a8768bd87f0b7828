"""A message in pieces: people say the urgent thing in passing, or at the end of a long story."""

import re

MIN_CHARS = 12
"""Shorter pieces join the one before them: "Hi." alone says nothing."""

MAX_CHARS = 160
"""Longer pieces are divided at a space, since many people write without punctuation."""

_END = re.compile(r"(?<=[.!?…;؟۔।。])\s+")


def pieces(text: str) -> list[str]:
    """Sentences of a text, none of them very short or very long; the whole text when it is one sentence."""
    joined: list[str] = []
    for sentence in _END.split(text):
        if joined and min(len(sentence), len(joined[-1])) < MIN_CHARS:
            joined[-1] = f"{joined[-1]} {sentence}"
        else:
            joined.append(sentence)
    return [part for sentence in joined for part in _halves(sentence)]


def _halves(sentence: str) -> list[str]:
    if len(sentence) <= MAX_CHARS:
        return [sentence]
    middle = sentence.rfind(" ", MAX_CHARS // 2, MAX_CHARS)
    if middle < 0:
        middle = MAX_CHARS
    return [sentence[:middle], *_halves(sentence[middle:].strip())]
