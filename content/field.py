"""Fields: what an operator fills into a question or a prepared text before it is sent, `{{ field.name }}`.

A short text is Markdown as in the answers, without digits: numbers come from the lines, the rest from the operator.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from content import placeholder
from content.article import blocks_of
from content.markdown import Block
from content.markup import Fill, Value
from content.proof import Proof, Sheet, allowed, nearest

FIELDS: Final[tuple[str, ...]] = ("name", "time", "place", "service")
"""What operators may fill in; the console has a label for each (`console.field.<name>`)."""

BLANK: Final = "…"
"""Stands in a preview where nothing is filled in yet."""

_KIND: Final = "field."


def read_text(text: str) -> tuple[Block, ...]:
    """The blocks of a short text; `problems_in` says what is wrong with it."""
    return blocks_of(text, _nowhere())


def problems_in(text: str) -> Iterator[str]:
    """What is wrong with a short text by itself."""
    if not text.strip():
        yield "is empty"
        return
    proof = Proof()
    blocks_of(text, proof.sheet(""))
    yield from (fault.problem for fault in proof.faults())
    if any(character.isdigit() for character in placeholder.PATTERN.sub("", text)):
        yield "a number stands in the text; numbers come from the lines, such as {{ line.emergency_112.number }}"
    if any(placeholder.leftovers_in(text)):
        yield "doubled braces that are no placeholder"


def slots_in(blocks: Iterable[Block]) -> tuple[str, ...]:
    """All placeholders of a text, in order, each once."""
    return tuple(dict.fromkeys(slot for block in blocks for slot in block.slots))


def fields_in(blocks: Iterable[Block]) -> tuple[str, ...]:
    """What the operator fills into a text, in order."""
    return tuple(slot.removeprefix(_KIND) for slot in slots_in(blocks) if is_field(slot))


def is_field(slot: str) -> bool:
    """Whether a placeholder is one that the operator fills in."""
    return slot.startswith(_KIND)


def problem_of(slot: str) -> str | None:
    """What is wrong with the operator's part of a text, or None."""
    name = slot.removeprefix(_KIND)
    return None if name in FIELDS else f"unknown field {name}{nearest(name, FIELDS)}; {allowed(FIELDS)}"


def filled(values: Mapping[str, str], fill: Fill | None = None) -> Fill:
    """Fills the operator's part with what they wrote, the rest as given."""

    def value(slot: str) -> Value:
        if is_field(slot) or fill is None:
            return Value(text=values.get(slot.removeprefix(_KIND), "") or BLANK)
        return fill(slot)

    return value


def differences(blocks: Sequence[Block], english: Sequence[Block]) -> Iterator[str]:
    """Placeholders that a translation has and its English text has not, or the other way round."""
    found, wanted = set(slots_in(blocks)), set(slots_in(english))
    if found != wanted:
        yield f"placeholders differ from English: has {_named(found)}, English has {_named(wanted)}"


def _named(slots: set[str]) -> str:
    return ", ".join(f"{{{{ {slot} }}}}" for slot in sorted(slots)) or "none"


def _nowhere() -> Sheet:
    return Proof().sheet("")
