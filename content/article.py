"""Articles: the answer files, as they are written for one topic in one locale."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Literal

import msgspec

from content import article_rules, markdown, placeholder
from content.fingerprint import fingerprint
from content.frontmatter import FIRST_LINE, Front, part
from content.markdown import Block, Slot
from content.proof import Proof, Sheet
from content.record import compose, mark_fields, read
from road.errors import ContentError
from road.locale import SOURCE_LOCALE

_REMEMBERED = 4096
"""Texts whose blocks are remembered: two snapshots of all answers. Most of a new one is as it was before."""

Form = Literal["full", "now"]


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A text about a topic in a locale.

    Attributes:
        form: `full`, or `now` for the short text of a critical topic.
        body: Markdown as written, beginning at `body_line` of its file.
    """

    topic: str
    locale: str
    form: Form
    front: Front
    body: str
    body_line: int
    blocks: tuple[Block, ...]
    fingerprint: str

    @property
    def title(self) -> str:
        """Its title, which is the topic's button too."""
        return self.front.title

    @property
    def reviewed_on(self) -> date | None:
        """The day of the review; None for a draft."""
        return date.fromisoformat(self.front.reviewed.on) if self.front.reviewed.by else None

    @property
    def slots(self) -> frozenset[str]:
        """Names of all its placeholders."""
        return frozenset(slot for block in self.blocks for slot in block.slots)

    def is_stale(self, english: "Article") -> bool:
        """Whether this translation was made from another text than today's English one, or nobody stamped it."""
        current = (english.fingerprint, *english.front.same_meaning_as)
        return self.locale != SOURCE_LOCALE and self.front.translates not in current


def read_article(text: str, sheet: Sheet, *, topic: str, locale: str, form: Form) -> Article | None:
    """The article in a file; faults that the file shows by itself are marked."""
    parted = part(text, sheet)
    if parted is None:
        return None
    node = compose(parted.front, sheet.below(FIRST_LINE))
    front = read(node, Front, sheet.below(FIRST_LINE))
    below = sheet.below(parted.body_line)
    blocks = blocks_of(parted.body, below)
    for line, problem in article_rules.body_problems(parted.body, front.literals if front else None):
        below.mark(line, problem)
    if front is None:
        return None
    mark_fields(node, article_rules.front_problems(front, locale), sheet.below(FIRST_LINE))
    return Article(
        topic=topic,
        locale=locale,
        form=form,
        front=front,
        body=parted.body,
        body_line=parted.body_line,
        blocks=blocks,
        fingerprint=fingerprint(front.title, parted.body),
    )


def blocks_of(body: str, sheet: Sheet) -> tuple[Block, ...]:
    """The blocks of a text with the placeholders of articles; what is not allowed is marked."""
    blocks, faults = _parsed(body)
    for fault in faults:
        sheet.mark(fault.line, fault.problem)
    return blocks


@lru_cache(maxsize=_REMEMBERED)
def _parsed(body: str) -> tuple[tuple[Block, ...], Sequence[ContentError]]:
    """The blocks of a text, and what is not allowed in it."""
    proof = Proof()
    blocks = tuple(_tidy(block) for block in markdown.parse(body, placeholder.PATTERN, proof.sheet("")))
    return blocks, proof.faults()


def _tidy(block: Block) -> Block:
    pieces = tuple(Slot(piece.name.strip()) if isinstance(piece, Slot) else piece for piece in block.pieces)
    return msgspec.structs.replace(block, pieces=pieces)
