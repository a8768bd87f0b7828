"""Likeness: a translation has the blocks of its English text, each with the same placeholders.

So a claim guards the same sentence in every locale, and nothing is left out or added on the way.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from content.article import Article
from content.markdown import Block
from content.problem import Problem

_NAMES = {"paragraph": "paragraphs", "item": "list items"}


def differences(article: Article, english: Article) -> Iterator[tuple[int, str]]:
    """Line of the body, and what the translation has or lacks beside the English text."""
    ours, theirs = article.blocks, english.blocks
    if [_form(block) for block in ours] == [_form(block) for block in theirs]:
        for block, source in zip(ours, theirs, strict=True):
            yield from ((block.line, problem) for problem in _of_slots(block.slots, source.slots))
        return
    line, text = _parting(ours, theirs)
    counted = f"{_counted(theirs)} there, {_counted(ours)} here"
    sentence = f"from here on the blocks are not those of the English text, which goes on {text}; {counted}"
    values = {"english": len(theirs), "here": len(ours)}
    yield line, Problem("blocks_differ", sentence, **values)
    yield from ((1, problem) for problem in _of_slots(_slots(ours), _slots(theirs)))


def _form(block: Block) -> tuple[object, ...]:
    return block.kind, block.depth, block.ordered, block.quoted


def _of_slots(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[str]:
    if ours == theirs:
        return
    for slot in sorted(Counter(theirs) - Counter(ours)):
        yield Problem("value_missing", f"the English text has {{{{ {slot} }}}}, this one has not here", name=slot)
    for slot in sorted(Counter(ours) - Counter(theirs)):
        yield Problem("value_extra", f"has {{{{ {slot} }}}}, which the English text has not here", name=slot)


def _slots(blocks: Sequence[Block]) -> list[str]:
    return [slot for block in blocks for slot in block.slots]


def _parting(ours: Sequence[Block], theirs: Sequence[Block]) -> tuple[int, str]:
    """Where the blocks begin to differ, and how the English one begins there."""
    at = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if _form(a) != _form(b)), None)
    if at is None:
        at = min(len(ours), len(theirs))
    line = ours[at].line if at < len(ours) else max((block.line for block in ours), default=1)
    return line, f"{theirs[at].words.strip()[:40]!r}" if at < len(theirs) else "nowhere"


def _counted(blocks: Sequence[Block]) -> str:
    counts: Counter[str] = Counter(block.kind for block in blocks)
    return " and ".join(f"{counts[kind]} {name}" for kind, name in _NAMES.items())
