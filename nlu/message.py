"""A person's text as it may travel into the box: clean, short and never a Rasa command.

Both sides call `prepare`: the application before it asks, the box before Rasa sees anything.
"""

import re
import unicodedata
from functools import lru_cache

HEAD_CHARS = 600
"""Kept from the beginning. Source: DESIGN, "Understanding": 100,000 characters block the box for 30 s."""

TAIL_CHARS = 200
"""Kept from the end, where a long story often says what it is about. Source: as `HEAD_CHARS`."""

_READ_CHARS = 20_000
"""No more than this is normalised at all, so that a hostile text costs nothing."""

_JOINERS = "\u200c\u00ad"
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACE = re.compile(r"\s+")


def prepare(text: str) -> str:
    """The text that is classified; "" when nothing readable remains.

    Control, zero-width and bidirectional characters, broken surrogates and a leading "/" (Rasa would read an intent
    there, and log it) are gone; of a long text the beginning and the end remain.
    """
    return cut(clean(_ends(text, head=_READ_CHARS, tail=_READ_CHARS // 4)).lstrip("/ "))


def clean(text: str) -> str:
    """The text in NFKC, on one line, without characters that are not seen."""
    visible = "".join(map(_visible, unicodedata.normalize("NFKC", text)))
    return _SPACE.sub(" ", visible).strip()


def cut(text: str) -> str:
    """At most the first 600 and the last 200 characters."""
    return _ends(text, head=HEAD_CHARS, tail=TAIL_CHARS)


def _ends(text: str, *, head: int, tail: int) -> str:
    if len(text) <= head + tail + 1:
        return text
    return f"{text[:head].rstrip()} {text[-tail:].lstrip()}"


@lru_cache(maxsize=2**14)
def _visible(character: str) -> str:
    if character.isspace():
        return "\n" if character == "\n" else " "
    if unicodedata.category(character) in _DROPPED:
        return " " if character in _JOINERS[:1] else ""
    return character
