"""What became of each message of an operator, and what an operator can still do about it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from actions.unsent import TAKE_BACK_S
from road.session import Session
from web.flow import EntryView, Line

WORDS: Final = (*("on_its_way", "sent", "taken_back", "held", "unreachable", "refused", "failed", "empty", "hidden"),)
"""What a message can have become: the store's words, the courier's for why it gave up, and `held`: it waits behind
"Show" until the person taps it."""

NOT_DELIVERED: Final = frozenset({"unreachable", "refused", "failed", "empty", "hidden"})


def marked(lines: Iterable[Line], words: Mapping[str, str], session: Session | None) -> Sequence[Line]:
    """The lines with what became of the operators' messages among them."""
    held = {reply.name for reply in session.held_back} if session else set[str]()
    return [_marked(line, words, held) if isinstance(line, EntryView) and line.message else line for line in lines]


def can_be_taken_back(line: EntryView, now: float) -> bool:
    """Whether the channel may still delete it."""
    return line.mark in ("on_its_way", "sent") and now - line.at <= TAKE_BACK_S


def _marked(line: EntryView, words: Mapping[str, str], held: set[str]) -> EntryView:
    word = words.get(line.message) or ("held" if line.message in held else "")
    return replace(line, mark=word if word in WORDS else "")
