"""Markdown, the little of it that texts may use, as blocks that can be shown or left out one by one.

A block is one paragraph or one list item. Its pieces are text, tags and slots (placeholders); tags always pair, since
they come from the parser, so that whatever is put into the slots can break nothing.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal
from urllib.parse import unquote

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.problem import Problem
from content.proof import Sheet

_ALLOWED = "allowed: paragraphs, `- ` and `1. ` lists, `> ` quotes, **bold**, *italic*, [text](https://…)"
_REFUSED = {
    "heading_open": ("heading", "headings are"),
    "fence": ("code", "code is"),
    "code_inline": ("code", "code is"),
    "hr": ("rule", "rules are"),
    "table_open": ("table", "tables are"),
    "image": ("image", "images are"),
}
_HTML = re.compile(r"</?[A-Za-z][^<>\n]*>?|<!--")
_NO_LINK = re.compile(r"\]\(([^)\s]*)")  # what the parser would not take for a link
_FIRST_SLOT = 0xF0000  # a character of a private plane stands for each slot while Markdown is parsed
_SLOT = re.compile(r"[\U000f0000-\U000ffffd]")
_TAGS = {"strong": "b", "em": "i"}


class Slot(msgspec.Struct, frozen=True):
    """Where a value goes, by its name: `fact.tp_valid_until`, or `n` in an interface text."""

    name: str


class Tag(msgspec.Struct, frozen=True, kw_only=True):
    """Begins or ends an element of Telegram's HTML."""

    name: str
    ends: bool = False
    href: str = ""


Piece = str | Slot | Tag


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph or a list item.

    Attributes:
        depth: 0 outside lists, 1 in a list, 2 in a list in a list.
        list_id: Which list an item belongs to, so that lists side by side stay apart.
        line: Where it begins, counted from 1.
    """

    kind: Literal["paragraph", "item"]
    pieces: tuple[Piece, ...]
    depth: int = 0
    list_id: int = 0
    ordered: bool = False
    quoted: bool = False
    line: int = 0

    @property
    def slots(self) -> tuple[str, ...]:
        """Names of its slots in order."""
        return tuple(piece.name for piece in self.pieces if isinstance(piece, Slot))

    @property
    def words(self) -> str:
        """Its text alone, slots as spaces."""
        return "".join(" " if isinstance(piece, Slot) else piece for piece in self.pieces if not isinstance(piece, Tag))


def parse(text: str, slot: re.Pattern[str], sheet: Sheet, *, breaks: bool = False) -> tuple[Block, ...]:
    """The blocks of a text; what is not allowed is marked, and shown as text nevertheless.

    Args:
        slot: Finds placeholders; its first group is the slot's name.
        breaks: Whether a line break stays one; otherwise it is a space.
    """
    names: list[str] = []

    def hold(match: re.Match[str]) -> str:
        names.append(match[1])
        return chr(_FIRST_SLOT + len(names) - 1)

    tokens = _parser().parse(slot.sub(hold, _SLOT.sub("", text)))
    return tuple(_Reader(names, sheet, breaks=breaks).blocks(tokens))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable(["code", "reference", "autolink", "html_block", "html_inline"])
    return parser


class _Reader:
    """Walks the parser's flat tokens once."""

    def __init__(self, names: Sequence[str], sheet: Sheet, *, breaks: bool) -> None:
        self._names = names
        self._sheet = sheet
        self._break = "\n" if breaks else " "
        self._lists: list[tuple[int, bool]] = []
        self._lists_seen = 0
        self._quotes = 0
        self._item_open = False
        self._links: list[bool] = []

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        waiting: Block | None = None
        for token in tokens:
            self._enter(token)
            if token.type in ("inline", "fence"):
                block = self._block(token)
                if waiting and self._lists and not self._item_open:
                    waiting = msgspec.structs.replace(waiting, pieces=(*waiting.pieces, "\n", *block.pieces))
                    continue
                if waiting:
                    yield waiting
                waiting, self._item_open = block, False
        if waiting:
            yield waiting

    def _enter(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._lists_seen += 1
                self._lists.append((self._lists_seen, token.type.startswith("ordered")))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
                self._item_open = True
            case "list_item_open":
                self._item_open = True
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case _:
                self._refuse(token, token.map[0] + 1 if token.map else 0)

    def _refuse(self, token: Token, line: int) -> None:
        if token.type in _REFUSED:
            name, what = _REFUSED[token.type]
            self._sheet.mark(line, Problem(name, f"{what} not allowed; {_ALLOWED}"))

    def _block(self, token: Token) -> Block:
        line = token.map[0] + 1 if token.map else 0
        list_id, ordered = self._lists[-1] if self._lists else (0, False)
        return Block(
            kind="item" if self._lists else "paragraph",
            pieces=tuple(self._pieces(token, line)),
            depth=len(self._lists),
            list_id=list_id,
            ordered=ordered,
            quoted=self._quotes > 0,
            line=line,
        )

    def _pieces(self, token: Token, line: int) -> Iterator[Piece]:
        if token.type == "fence":
            yield from self._text(token.content, line)
        for child in token.children or ():
            self._refuse(child, line)
            if child.type in ("softbreak", "hardbreak"):
                line += 1
                yield "\n" if child.type == "hardbreak" else self._break
            elif child.nesting:
                yield from self._tag(child, line)
            else:
                yield from self._text(child.content, line)

    def _tag(self, token: Token, line: int) -> Iterator[Tag]:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind in _TAGS:
            yield Tag(name=_TAGS[kind], ends=token.nesting < 0)
        elif kind == "link":
            yield from self._link(token, line)

    def _link(self, token: Token, line: int) -> Iterator[Tag]:
        if token.nesting > 0:
            href = unquote(str(token.attrGet("href") or ""))
            self._links.append(href.startswith("https://") and not _SLOT.search(href))
            if not self._links[-1]:
                self._mark_link(line, href)
        if self._links[-1]:
            yield Tag(name="a", ends=token.nesting < 0, href=str(token.attrGet("href") or ""))
        if token.nesting < 0:
            self._links.pop()

    def _mark_link(self, line: int, href: str) -> None:
        address = _SLOT.sub("{{ … }}", href)
        self._sheet.mark(line, Problem("link", f"a link goes to https://…, not to {address!r}", address=address))

    def _text(self, text: str, line: int) -> Iterator[str | Slot]:
        for html in _HTML.finditer(text):
            tag = html[0][:20]
            self._sheet.mark(line, Problem("html", f"HTML is not allowed ({tag}); {_ALLOWED}", tag=tag))
        for link in _NO_LINK.finditer(text):
            self._mark_link(line, link[1])
        position = 0
        for found in _SLOT.finditer(text):
            if found.start() > position:
                yield text[position : found.start()]
            yield Slot(self._names[ord(found[0]) - _FIRST_SLOT])
            position = found.end()
        if position < len(text):
            yield text[position:]
