"""Faults and warnings of an answer in plain words, in the console's languages, with the paragraph that they concern."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from content.article import blocks_of
from content.frontmatter import part
from content.problem import Problem
from content.proof import Proof
from content.warnings import Reminder
from road.errors import ContentError

FAULTS: Final = (
    *("head", "unseen", "heading", "code", "rule", "table", "image", "html", "link"),
    *("title_missing", "title_long", "title_words", "review_half", "review_date"),
    *("literal_reason", "literal_amount", "literal_line", "accepted_reason", "empty", "braces", "number"),
    *("placeholder", "value_unknown", "value_part", "source_unknown", "source_missing", "short_missing"),
    *("line_hidden", "no_critical_number", "not_okit", "no_english", "blocks_differ", "value_missing", "value_extra"),
    *("lawyer_first", "embassy_first", "no_return", "too_long", "short_numbers", "short_sentences", "short_words"),
    *("short_abroad", "short_sentence_first", "short_shelter_first", "short_number_first"),
    *("script", "letters", "language"),
)
"""Names of all faults that an answer can have (`content.problem`), but those of fields that only developers write."""

WARNINGS: Final = ("length", "hard_words", "long_sentence", "accepted_in_vain")
"""Names of what an answer's text is to be looked at for."""

_OF_THE_WHOLE: Final = frozenset({"empty", "too_long", "short_words", "no_critical_number", "lawyer_first", "language"})
_LONGEST_QUOTE: Final = 60

Translate = Callable[..., str]
"""`t` of the templates."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A fault or warning as the page shows it.

    Attributes:
        quote: How the paragraph begins that it concerns; "" for the whole text or its head.
        file: Another file that it concerns, or "".
        accepted: Why it is let stand, or "".
    """

    text: str
    quote: str = ""
    file: str = ""
    accepted: str = ""


def said_faults(faults: Iterable[ContentError], path: str, text: str, t: Translate) -> Sequence[Said]:
    """Faults, those of other files with the file's name.

    Args:
        path: The answer's own file, which holds this text.
    """
    return [_said(fault, path, text, t) for fault in faults]


def said_warnings(reminders: Iterable[Reminder], t: Translate) -> Sequence[Said]:
    """What to look at in a text."""
    return [Said(text=plain(each.problem, t), accepted=each.accepted) for each in reminders]


def plain(problem: str, t: Translate) -> str:
    """A problem in plain words; its own English sentence where nobody has found any yet."""
    if isinstance(problem, Problem) and problem.name in (*FAULTS, *WARNINGS):
        return t("console.content.fault." + problem.name, **problem.values)
    return str(problem)


def _said(fault: ContentError, path: str, text: str, t: Translate) -> Said:
    if fault.path.as_posix() != path:
        return Said(text=plain(fault.problem, t), file=fault.path.as_posix())
    whole = isinstance(fault.problem, Problem) and fault.problem.name in _OF_THE_WHOLE
    return Said(text=plain(fault.problem, t), quote="" if whole else _quote(text, fault.line))


def _quote(text: str, line: int) -> str:
    """How the paragraph begins that stands at a line of the file."""
    parted = part(text, Proof().sheet(""))
    if parted is None or line < parted.body_line:
        return ""
    blocks = blocks_of(parted.body, Proof().sheet(""))
    begun = [block for block in blocks if parted.body_line + block.line - 1 <= line]
    words = " ".join(begun[-1].words.split()) if begun else ""
    return words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE]}…"
