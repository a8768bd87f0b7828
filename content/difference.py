"""Differences: what goes out of a text and what comes in, word by word: whole, in short, or by paragraphs."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Final, Literal, NamedTuple

AROUND: Final = 60
"""Characters of an unchanged stretch that are shown beside a change; the rest of it is left out."""

GAP: Final = " … "

ALIKE_FROM: Final = 0.3
"""Paragraphs that share less (difflib's ratio) are shown whole, the old one above the new one."""

_TOKEN = re.compile(r"\{\{[^{}\n]*\}\}|\s+|\w+|[^\w\s]")

Kind = Literal["same", "old", "new"]


class Run(NamedTuple):
    """A stretch of a text: in both, only before, or only after."""

    kind: Kind
    text: str


Paragraph = Sequence[Run]


def difference(before: str, after: str) -> Sequence[Run]:
    """The stretches of two texts, in order; those before and after together are the texts."""
    return list(_runs(_TOKEN.findall(before), _TOKEN.findall(after)))


def excerpt(runs: Sequence[Run]) -> Sequence[Run]:
    """The same without most of what stays."""
    return [
        Run("same", _shortened(run.text, after_one=bool(at), before_one=at < len(runs) - 1))
        if run.kind == "same" and len(runs) > 1
        else run
        for at, run in enumerate(runs)
    ]


def by_paragraph(before: str, after: str) -> Sequence[Paragraph]:
    """The paragraphs of both texts in order; one that stays is a single run."""
    return list(_paragraphs(_lines(before), _lines(after)))


def _paragraphs(before: Sequence[str], after: Sequence[str]) -> Iterator[Paragraph]:
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ([Run("same", text)] for text in after[first:last])
        else:
            for old, new in zip_longest(before[start:end], after[first:last], fillvalue=""):
                yield from _side_by_side(old, new)


def _side_by_side(before: str, after: str) -> Iterator[Paragraph]:
    """One paragraph with its changes, or the old above the new where they share little."""
    if SequenceMatcher(None, _said(before), _said(after), autojunk=False).ratio() < ALIKE_FROM:
        yield from ([run] for run in (Run("old", before), Run("new", after)) if run.text)
    else:
        yield difference(before, after)


def _said(text: str) -> Sequence[str]:
    return [word for word in _TOKEN.findall(text) if not word.isspace()]


def _lines(text: str) -> Sequence[str]:
    return [line for line in text.splitlines() if line.strip()]


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    """Stretches of words; a space alone between two changes belongs to them."""
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    parts = [(tag == "equal", "".join(before[a:b]), "".join(after[c:d])) for tag, a, b, c, d in codes]
    inner = range(1, len(parts) - 1)
    stays = [same and not (old.isspace() and at in inner) for at, (same, old, _) in enumerate(parts)]
    for same, group in groupby(zip(stays, parts, strict=True), key=itemgetter(0)):
        olds, news = zip(*((old, new) for _, (_, old, new) in group), strict=True)
        kinds: tuple[Kind, ...] = ("same",) if same else ("old", "new")
        for kind, text in zip(kinds, ("".join(olds), "".join(news)), strict=False):
            if text:
                yield Run(kind, text)


def _shortened(text: str, *, after_one: bool, before_one: bool) -> str:
    """An unchanged stretch after a change, before one, or between two, without what lies away from them."""
    head, tail = _head(text) if after_one else "", _tail(text) if before_one else ""
    return text if len(head) + len(tail) + len(GAP) >= len(text) else f"{head}{GAP}{tail}"


def _head(text: str) -> str:
    """The first words."""
    return text[:AROUND].rpartition(" ")[0] or text[:AROUND]


def _tail(text: str) -> str:
    """The last words."""
    return text[-AROUND:].partition(" ")[2] or text[-AROUND:]
