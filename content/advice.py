"""Advice: in which order it stands, and what is never offered (facts.md, section 14)."""

import re
from collections.abc import Iterator
from typing import Final

from content.article import Article
from content.filling import Known
from content.markdown import Tag
from content.markup import keep
from content.problem import Problem
from content.topic import Topic
from road.locale import SOURCE_LOCALE

LAWYERS: Final = ("fact.url_helsinki", "fact.helsinki_email_ukraine")
"""Free lawyers."""

_RETURN: Final = ("line.volret_line.", "fact.url_volret", "fact.volret_", "fact.avrr_", "fact.iom_return_travel")
_RETURN_WORDS = re.compile(r"voluntary return|return home|go back home|\bavrr\b|\bvolret\b", re.IGNORECASE)
_EMBASSY = re.compile(r"\b(embass|consulat)", re.IGNORECASE)

Problems = Iterator[tuple[int, str]]


def problems_of(article: Article, topic: Topic, known: Known) -> Problems:
    """Line of the body and what stands against the order of advice."""
    if topic.legal_first and article.form == "full":
        yield from _lawyer_first(article, known)
    if topic.apart_from_return:
        yield from _no_return(article)


def _lawyer_first(article: Article, known: Known) -> Problems:
    shown = keep(article.blocks, known.may_show)
    at = next((at for at, block in enumerate(shown[:2]) if set(LAWYERS) & set(block.slots)), None)
    if at is None:
        wanted = " or ".join(f"{{{{ {lawyer} }}}}" for lawyer in LAWYERS)
        sentence = f"legal_first: the first block, or the one after it, sends to a free lawyer: {wanted}"
        yield 1, Problem("lawyer_first", sentence, names=", ".join(LAWYERS))
    for block in shown[: at or 0]:
        if article.locale == SOURCE_LOCALE and _EMBASSY.search(block.words):
            sentence = "legal_first: speaks of an embassy before it sends to a lawyer"
            yield block.line, Problem("embassy_first", sentence)


def _no_return(article: Article) -> Problems:
    for block in article.blocks:
        offered = [slot for slot in block.slots if slot.startswith(_RETURN)]
        words = _RETURN_WORDS.findall(block.words) if article.locale == SOURCE_LOCALE else []
        links = [piece.href for piece in block.pieces if isinstance(piece, Tag) and "volret" in piece.href]
        for found in (*offered, *words, *links):
            sentence = f"{found}: voluntary return is never offered in safety, asylum or detention"
            yield block.line, Problem("no_return", sentence, words=found)
