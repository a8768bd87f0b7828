"""The Markdown of single blocks within a body, so that one can be taken out, translated and put back."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from content.markdown import Block

_LEAD = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*")
_EDGE = re.compile(r"^[ \t>]*", re.MULTILINE)


class Span(NamedTuple):
    """Where a block's words stand in a body.

    Attributes:
        lead: What stands before them on their line: bullet, number, quotation mark, indentation.
        text: The words, each line without what stands before it.
    """

    start: int
    end: int
    lead: str
    text: str


def spans(body: str, blocks: Sequence[Block]) -> list[Span]:
    """The words of each block.

    Args:
        body: What the blocks were read from.
    """
    begins = [0, *(match.end() for match in re.finditer("\n", body)), len(body)]
    lines = [*(block.line - 1 for block in blocks), len(begins) - 1]
    return [_span(body, begins[line], begins[until]) for line, until in pairwise(lines)]


def with_texts(body: str, found: Sequence[Span], texts: Sequence[str]) -> str:
    """A body with other words in its blocks, and not one character else changed."""
    return "".join(_parts(body, found, texts))


def _span(body: str, start: int, end: int) -> Span:
    lead = _LEAD.match(body, start, end)
    begin = lead.end() if lead else start
    words = body[begin:end].rstrip(" \t\r\n>")
    return Span(begin, begin + len(words), body[start:begin], _EDGE.sub("", words))


def _parts(body: str, found: Sequence[Span], texts: Sequence[str]) -> Iterator[str]:
    position = 0
    for span, text in zip(found, texts, strict=True):
        yield body[position : span.start]
        yield body[span.start : span.end] if text == span.text else _below(text, span.lead)
        position = span.end
    yield body[position:]


def _below(text: str, lead: str) -> str:
    """A text whose further lines belong to the same block."""
    return text.replace("\n", "\n" + re.sub(r"[^>]", " ", lead))
