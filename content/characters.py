"""Characters that nobody sees: those that turn text around or hide in words do not stand in files.

The hotline sets directions itself (content.direction). Only the joiners of Persian, Urdu and the Indic scripts are
spelling, between two of their own letters.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from content.problem import Problem

_JOINED = "\u0620-\u06ff\u0750-\u077f\u0900-\u0dff"  # letters of scripts that spell with joiners
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    f"|(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])"
)
_JOINERS = re.compile("[\u200c\u200d]")
_WITHOUT_JOINERS = "ar"


def problems_in(text: str, locale: str) -> Iterator[tuple[int, str]]:
    """Line and name of each character that must not stand in a file.

    Args:
        locale: Whose text it is; "" for a file of all locales.
    """
    for match in (found for pattern in _unseen_in(locale) for found in pattern.finditer(text)):
        line = text.count("\n", 0, match.start()) + 1
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        name, place = _named(match[0]), before[-20:]
        yield line, Problem("unseen", f"{name} stands here unseen after {place!r}; delete it", before=place)


def without_unseen(text: str, locale: str) -> str:
    """A text as a browser sends it, without those characters; its lines end in a line feed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for pattern in _unseen_in(locale):
        text = pattern.sub("", text)
    return text


def _unseen_in(locale: str) -> Sequence[re.Pattern[str]]:
    return (_HIDDEN, _JOINERS) if locale == _WITHOUT_JOINERS else (_HIDDEN,)


def _named(character: str) -> str:
    name = unicodedata.name(character, "a control character")
    return f"U+{ord(character):04X} ({name.lower()})"
