"""Holds back a chat page that posts faster than a person writes."""

from collections import OrderedDict
from typing import Final

from road.clock import Clock

BURST: Final = 10
PER_SECOND: Final = 1.0
CHATS: Final = 10_000
"""Chats whose pace is remembered; the one silent for longest is dropped first."""


class MessagePace:
    """A bucket for each chat: a burst, then one message a second."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, chat: str) -> bool:
        """Whether the chat may post now; the post is counted."""
        now = self._clock()
        left, at = self._buckets.pop(chat, (float(BURST), now))
        left = min(BURST, left + max(0.0, now - at) * PER_SECOND)
        self._buckets[chat] = (left - 1 if left >= 1 else left, now)
        if len(self._buckets) > CHATS:
            self._buckets.popitem(last=False)
        return left >= 1
