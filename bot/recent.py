"""Messages shown a moment ago, which a wish to hide everything could not name yet when it was written."""

from collections import deque
from typing import Final

from road.turn import Address

KEPT_S: Final = 10.0
"""Longer than a wish takes from the worker to the courier."""


class Recent:
    """Message ids of the last seconds, by chat."""

    def __init__(self) -> None:
        self._shown: deque[tuple[float, Address, int]] = deque()

    def add(self, address: Address, message_id: int, now: float) -> None:
        """Notes a message that was shown."""
        self._shown.append((now, address, message_id))
        self._drop_older_than(now - KEPT_S)

    def of(self, address: Address, now: float) -> tuple[int, ...]:
        """What was shown in a chat in the last seconds."""
        self._drop_older_than(now - KEPT_S)
        return tuple(message_id for _, shown_in, message_id in self._shown if shown_in == address)

    def _drop_older_than(self, then: float) -> None:
        while self._shown and self._shown[0][0] < then:
            self._shown.popleft()
