"""The history of what was published: who, when, why, and which emergency content came with it. One JSON line each."""

from typing import Literal

import msgspec

Deed = Literal["published", "went back", "saved"]


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
        by, second = self.by.strip().casefold(), self.second.strip().casefold()
        return self.deed == "saved" or bool(self.emergency.strip()) or bool(by and second and by != second)


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
