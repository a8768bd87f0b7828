"""A person's text as the hotline keeps and shows it, whatever the channel handed over."""

import unicodedata
from functools import lru_cache
from typing import Final

HEAD_CHARS: Final = 12_000
"""Kept from the beginning of a longer text. Three times Telegram's longest message; nobody reads more at once."""

TAIL_CHARS: Final = 4_000
"""Kept from its end, where a long story often says what it is about."""

_JOINERS = "\u200c\u200d"  # Persian and Urdu spelling and emoji need them
_BREAKS = "\n\r\u0085\u2028\u2029"
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


def kept(text: str) -> str:
    """The text without characters that are not seen, which always encodes as UTF-8.

    Control and zero-width characters and bidirectional overrides are gone (they could make an operator read something
    that was not written), broken surrogates are U+FFFD, lines end in a line feed. Markup stays: it is text.
    """
    whole = _ends(text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(map(_seen, whole.replace("\r\n", "\n"))).strip()


def _ends(text: str) -> str:
    if len(text) <= HEAD_CHARS + TAIL_CHARS:
        return text
    return f"{text[:HEAD_CHARS]}\n…\n{text[-TAIL_CHARS:]}"


@lru_cache(maxsize=4096)
def _seen(character: str) -> str:
    if character in _BREAKS:
        return "\n"
    if character.isspace():
        return " "
    if character in _JOINERS:
        return character
    return "" if unicodedata.category(character) in _UNSEEN else character
