"""Open sessions of the console, as their owner sees them in a list."""

import hashlib
from typing import Final

import msgspec

_ID_CHARACTERS: Final = 16
"""64 bits of a hash: enough to tell sessions apart, and nothing that opens one."""


class OpenConsole(msgspec.Struct, frozen=True, kw_only=True):
    """One open session.

    Attributes:
        id: Names it in lists and forms; not its secret.
        browser: The kind of browser in words, e.g. `Firefox, Android`; "" where it did not say. Never an address.
        begun_at: When it was opened.
        seen_at: When a page of it was last loaded, give or take `store.keys.SEEN_EVERY_S`.
    """

    id: str
    browser: str
    begun_at: float
    seen_at: float


def console_id(secret: str) -> str:
    """A session's name, from its secret; the secret can't be had from it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_CHARACTERS]
