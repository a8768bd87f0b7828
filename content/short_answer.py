"""Short answers: a `.now.md` gives the numbers, one sentence, and no more; buttons lead to a person (facts.md, 14)."""

from collections.abc import Iterator
from typing import Final

from content.article import Article
from content.filling import Known
from content.length import words
from content.line import Line
from content.problem import Problem

MOST_NUMBERS: Final = 3
MOST_WORDS: Final = 55
"""Of 182 real short answers none has more than three numbers; the longest has 52 words (content.length)."""

SENTENCE_FIRST: Final = frozenset({"suicide_self_harm"})
"""Thanks for telling us, then the numbers."""

SHELTER_FIRST: Final = frozenset({"homeless_tonight"})
"""A place open tonight, then 112: the first number need not be a critical line's."""

ABROAD: Final = frozenset({"hungarian_victim_abroad"})
"""Numbers that only Hungary knows are of no use."""


def problems_of(article: Article, known: Known) -> Iterator[tuple[int, str]]:
    """Line of the body and what a short answer must not do."""
    numbers = [(block, slot) for block in article.blocks for slot in block.slots if slot.endswith(".number")]
    if len(numbers) > MOST_NUMBERS:
        sentence = f"{len(numbers)} numbers; a .now.md has at most {MOST_NUMBERS}"
        yield numbers[MOST_NUMBERS][0].line, Problem("short_numbers", sentence, count=len(numbers), most=MOST_NUMBERS)
    sentences = [block for block in article.blocks if not any(block is numbered for numbered, _ in numbers)]
    if len(sentences) > 1:
        sentence = "a second sentence without a number; a .now.md has one, the rest stands in the .md"
        yield sentences[1].line, Problem("short_sentences", sentence)
    if (count := words(article.blocks, article.locale)) > MOST_WORDS:
        sentence = f"{count} words; a .now.md has at most {MOST_WORDS}"
        yield 1, Problem("short_words", sentence, count=count, most=MOST_WORDS)
    yield from _order_problems(article, known)
    if article.topic in ABROAD:
        for block, slot in numbers:
            if (line := _line(slot, known)) and line.callable_from == ("HU",):
                sentence = f"line {line.id} can be called in Hungary only, and this topic is about people abroad"
                yield block.line, Problem("short_abroad", sentence, line=line.id)


def _order_problems(article: Article, known: Known) -> Iterator[tuple[int, str]]:
    first = article.blocks[:1]
    lines = [line for block in first for slot in block.slots if (line := _line(slot, known))]
    if article.topic in SENTENCE_FIRST:
        if lines:
            sentence = f"{article.topic} begins with a sentence to the person, then come the numbers"
            yield first[0].line, Problem("short_sentence_first", sentence)
    elif article.topic in SHELTER_FIRST:
        if not lines:
            yield 1, Problem("short_shelter_first", f"{article.topic} begins with the number for a bed tonight")
    elif first and not any(line.critical for line in lines):
        yield first[0].line, Problem("short_number_first", "a .now.md begins with the number of a critical line")


def _line(slot: str, known: Known) -> Line | None:
    entry = known.entry(slot) if slot.endswith(".number") else None
    return entry if isinstance(entry, Line) else None
