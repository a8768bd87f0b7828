"""Sealed values that are asked for again and again: opened once, in this process alone."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class OpenedOnce(Generic[T]):
    """Opened values by their sealed text; all are let go when there are too many.

    Args:
        most: So many are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[bytes, T] = {}

    def get(self, sealed: bytes, open_: Callable[[], T]) -> T:
        """The value, opened now where it is not known; None, for one that is damaged, is not kept."""
        if sealed not in self._known:
            value = open_()
            if value is None:
                return value
            if len(self._known) >= self._most:
                self._known.clear()
            self._known[sealed] = value
        return self._known[sealed]
