"""The history of what was published: who, when, why, and which emergency content came with it. One JSON line each."""

import unicodedata
from typing import Literal

import msgspec

from road.errors import SecondPersonMissing

Deed = Literal["published", "went back", "saved"]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What people read would become another snapshot.

    Attributes:
        before: Fingerprint of what they read; "" for nothing.
        after: Of what they would read.
        critical: Emergency content that would be another one.
    """

    before: str
    after: str
    critical: tuple[str, ...] = ()


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """Who answers for a change of what people read.

    Attributes:
        deed: `saved` is the developers' try-out, where every save is published and nobody else reads it.
        second: Another person who looked at the emergency content; "" where there was none to look at.
        why: In the person's own words.
        emergency: Why a second person could not be waited for, or "".
    """

    deed: Deed = "published"
    by: str = ""
    second: str = ""
    why: str = ""
    emergency: str = ""

    @property
    def suffices(self) -> bool:
        """Whether emergency content may change: two people, or one who could not wait, or nobody but developers."""
        return self.deed == "saved" or bool(self.emergency.strip()) or are_two(self.by, self.second)

    def answer_for(self, step: Step) -> None:
        """Lets a step be made that these people may make.

        Raises:
            SecondPersonMissing: It changes emergency content, and one person alone wants it.
        """
        if step.critical and not self.suffices:
            raise SecondPersonMissing(step.critical)


def are_two(one: str, other: str) -> bool:
    """Whether two names are two people's; neither case, spaces nor another way to write a letter makes a second one."""
    first, second = _folded(one), _folded(other)
    return bool(first and second and first != second)


SAVED = Signature(deed="saved")
"""A save that published itself."""


class Published(Signature, frozen=True, kw_only=True):
    """A moment when a snapshot became the current one.

    Attributes:
        at: ISO time, UTC.
        critical: Emergency content that was another one before.
    """

    at: str
    version: str
    critical: tuple[str, ...] = ()


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())
