"""Many people asking the same in a short time: something has happened that one notice could answer."""

from collections.abc import Iterable, Mapping
from typing import Final

SLOT_S: Final = 900
SLOTS: Final = 2
"""People are counted in quarters of an hour; the running quarter and the one before it are looked at together, so that
whoever counts has asked within the last half hour (issue D)."""

PEOPLE: Final = 15
"""So many different people make a surge (issue D): a busy topic of the hotline has two or three in half an hour."""


def slot_of(at: float) -> int:
    """The quarter of an hour that a moment lies in."""
    return int(at // SLOT_S)


def recent_slots(now: float) -> tuple[int, ...]:
    """The quarters that count."""
    return tuple(slot_of(now) - back for back in range(SLOTS))


def surging(people: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    """Topics that so many ask about that somebody should write a notice; most people first."""
    many = [(topic, count) for topic, count in people if count >= PEOPLE]
    return dict(sorted(many, key=lambda each: -each[1]))
