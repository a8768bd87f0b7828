"""Blocks as Telegram's HTML: b, i, a, blockquote and nothing else, well-formed whatever the values hold."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from content.direction import is_right_to_left, isolate, isolate_runs, mark_for
from content.markdown import Block, Slot, Tag

# Control characters, halves of surrogate pairs, directional embeddings and overrides, noncharacters.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\ufffe\uffff]")
_TAG = re.compile(r"<[^>]*>")
_BULLETS = ("", "• ", "   ◦ ")


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a slot: text as it is, perhaps a link."""

    text: str
    href: str = ""


Fill = Callable[[str], Value]
"""Gives the value of a slot."""


def keep(blocks: Sequence[Block], may_show: Callable[[str], bool]) -> tuple[Block, ...]:
    """The blocks that may be shown.

    One with a value that may not be shown goes. With an item go the items below it, with a sentence that ends with a
    colon the list after it, and with a whole list the sentence that introduced it.
    """
    kept: list[Block] = []
    gone: Block | None = None
    for block in blocks:
        if gone and block.depth > gone.depth and (gone.depth or _introduces(gone)):
            continue
        gone = None if all(map(may_show, block.slots)) else block
        if gone is None:
            kept.append(block)
    lists = {block.list_id for block in kept}
    return tuple(block for block in kept if not _introduced_list(block, blocks) - lists)


def _introduces(block: Block) -> bool:
    return block.words.rstrip().endswith(":")


def _introduced_list(block: Block, blocks: Sequence[Block]) -> set[int]:
    after = next((b for b, before in zip(blocks[1:], blocks, strict=False) if before is block), None)
    return {after.list_id} if after and after.depth > block.depth and _introduces(block) else set()


def to_html(blocks: Iterable[Block], fill: Fill, locale: str) -> str:
    """Telegram's HTML of blocks."""
    parts: list[str] = []
    before: Block | None = None
    counts: dict[int, int] = {}
    for quoted, group in groupby(blocks, key=lambda block: block.quoted):
        inner: list[str] = []
        for block in group:
            counts[block.list_id] = counts.get(block.list_id, 0) + 1
            inner += [_gap(before, block) if inner else "", _lead(block, counts), _Writer(locale).write(block, fill)]
            before = block
        parts.append(f"<blockquote>{''.join(inner)}</blockquote>" if quoted else "".join(inner))
    return "\n\n".join(part for part in parts if part)


def to_plain(markup: str) -> str:
    """The text of our own HTML, for buttons and maps."""
    return html.unescape(_TAG.sub("", markup))


def clean(text: str) -> str:
    """Text without characters that no chat shows and some choke on."""
    return _UNFIT.sub("", text)


def _gap(before: Block | None, block: Block) -> str:
    if before is None:
        return ""
    introduced = before.depth < block.depth and _introduces(before)
    together = before.depth and block.depth and (before.list_id == block.list_id or before.depth != block.depth)
    return "\n" if introduced or together else "\n\n"


def _lead(block: Block, counts: dict[int, int]) -> str:
    if block.kind == "item" and block.ordered:
        return f"{'   ' * (block.depth - 1)}{counts[block.list_id]}. "
    return _BULLETS[min(block.depth, 2)]


class _Writer:
    """Writes one block, line by line, so that each line can get its direction."""

    def __init__(self, locale: str) -> None:
        self._right_to_left = is_right_to_left(locale)
        self._lines: list[tuple[list[str], list[str]]] = [([], [])]  # markup and words of each line

    def write(self, block: Block, fill: Fill) -> str:
        links = 0
        for piece in block.pieces:
            match piece:
                case str():
                    self._put(piece, isolate_runs)
                case Slot():
                    self._value(fill(piece.name), linked=links > 0)
                case Tag():
                    links += (piece.name == "a") * (-1 if piece.ends else 1)
                    self._markup(_tag(piece))
        return "\n".join(self._finished())

    def _value(self, value: Value, *, linked: bool) -> None:
        wrapped = bool(value.href) and not linked
        if wrapped:
            self._markup(_tag(Tag(name="a", href=value.href)))
        self._put(value.text, isolate)
        if wrapped:
            self._markup("</a>")

    def _put(self, text: str, directed: Callable[[str], str]) -> None:
        for number, line in enumerate(clean(text).split("\n")):
            if number:
                self._lines.append(([], []))
            self._markup(html.escape(directed(line) if self._right_to_left else line, quote=False))
            self._lines[-1][1].append(line)

    def _markup(self, markup: str) -> None:
        self._lines[-1][0].append(markup)

    def _finished(self) -> Iterator[str]:
        for markup, words in self._lines:
            yield (mark_for("".join(words)) if self._right_to_left else "") + "".join(markup)


def _tag(tag: Tag) -> str:
    if tag.ends:
        return f"</{tag.name}>"
    return f'<a href="{html.escape(clean(tag.href))}">' if tag.name == "a" else f"<{tag.name}>"
