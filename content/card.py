"""Cards: what the hotline can say in a language outside the thirteen. That it cannot answer in it yet, 112, a person.

A text is one or more paragraphs of Markdown with the placeholders of answers; the numbers come from the lines.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, get_args

import msgspec

from content import placeholder
from content.article_rules import TITLE_LIMIT
from content.field import problems_in, read_text
from content.filling import Filling
from content.line import Line
from content.markdown import Block
from content.markup import keep, to_html
from content.proof import Sheet
from content.record import compose, mark_fields, read

EMERGENCY = "line.emergency_112.number"

Part = Literal["cannot_answer", "call_112", "choose", "asked", "numbers"]
PARTS: tuple[Part, ...] = get_args(Part)


class _File(msgspec.Struct, frozen=True, kw_only=True):
    """A file of `outside/`.

    Attributes:
        cannot_answer: That we can't answer in this language yet, and that a person can be asked.
        call_112: What to do in danger, with the number.
        choose: Above the languages that we do speak.
        asked: That a person was asked, and not to wait for us in danger.
        numbers: Above the other numbers that help.
        person, urgent: The two buttons.
    """

    cannot_answer: str
    call_112: str
    choose: str
    asked: str
    numbers: str
    person: str
    urgent: str


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What can be said in one language.

    Attributes:
        person, urgent: Texts of the buttons.
    """

    language: str
    texts: Mapping[Part, tuple[Block, ...]]
    person: str
    urgent: str

    def html(self, filling: Filling, *parts: Part) -> str:
        """Telegram HTML of some of its texts."""
        kept = (keep(self.texts[part], filling.known.may_show) for part in parts)
        return "\n\n".join(to_html(blocks, filling, self.language) for blocks in kept)

    def html_of_numbers(self, filling: Filling, lines: Iterator[Line]) -> str:
        """The lines' names and numbers below their heading, or "" when there are none."""
        items = "\n".join(f"- {{{{ line.{line.id}.name }}}}: {{{{ line.{line.id}.number }}}}" for line in lines)
        listed = to_html(read_text(items), filling, self.language)
        return f"{self.html(filling, 'numbers')}\n{listed}" if items else ""


def read_card(text: str, sheet: Sheet, language: str) -> Card | None:
    """The card in a file; faults are marked."""
    node = compose(text, sheet)
    file = read(node, _File, sheet)
    if file is None:
        return None
    mark_fields(node, _problems(file), sheet)
    texts = {part: read_text(getattr(file, part)) for part in PARTS}
    return Card(language=language, texts=texts, person=file.person, urgent=file.urgent)


def _problems(file: _File) -> Iterator[tuple[str, str]]:
    for part in PARTS:
        yield from ((part, problem) for problem in problems_in(getattr(file, part)))
    if EMERGENCY not in (name for _, name in placeholder.found_in(file.call_112)):
        yield "call_112", f"must give {{{{ {EMERGENCY} }}}}"
    for button in ("person", "urgent"):
        if not 0 < len(getattr(file, button)) <= TITLE_LIMIT:
            yield button, f"must have 1 to {TITLE_LIMIT} characters, since it is a button"
