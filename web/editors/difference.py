"""What has changed between two texts: paragraph by paragraph, and word by word within those that changed."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final, Literal, NamedTuple

ALIKE_FROM: Final = 0.3
"""Paragraphs that share less (difflib's ratio) are shown whole, the old one above the new one."""

_WORD = re.compile(r"\{\{[^{}\n]*\}\}|\s+|\w+|[^\w\s]")


class Part(NamedTuple):
    """Some words, and whether they were taken out (`del`), put in (`ins`) or left."""

    kind: Literal["", "ins", "del"]
    text: str


Paragraph = Sequence[Part]


def difference(before: str, after: str) -> Sequence[Paragraph]:
    """The paragraphs of both texts in order; the same ones have a single part."""
    return list(_paragraphs(_lines(before), _lines(after)))


def _paragraphs(before: Sequence[str], after: Sequence[str]) -> Iterator[Paragraph]:
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ([Part("", text)] for text in after[first:last])
        else:
            for old, new in zip_longest(before[start:end], after[first:last], fillvalue=""):
                yield from _words(old, new)


def _words(before: str, after: str) -> Iterator[Paragraph]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if SequenceMatcher(None, _said(old), _said(new), autojunk=False).ratio() < ALIKE_FROM:
        yield from ([part] for part in (Part("del", before), Part("ins", after)) if part.text)
        return
    parts: list[Part] = []
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            parts.append(Part("", "".join(new[first:last])))
        else:
            parts += [
                part
                for part in (Part("del", "".join(old[start:end])), Part("ins", "".join(new[first:last])))
                if part.text
            ]
    yield parts


def _said(words: Sequence[str]) -> list[str]:
    return [word for word in words if not word.isspace()]


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
