"""How fast messages may leave, all together and to one chat.

Source of the figures: Telegram's Bot FAQ, "My bot is hitting limits": about 30 messages a second over all chats, one a
second to one chat with short bursts allowed.
"""

import asyncio
import heapq
import itertools
from collections.abc import Callable
from typing import Final

from road.reply import Lane
from road.turn import Address

CHAT_BURST: Final = 3
CHAT_RATE: Final = 1.0
OVERALL_BURST_S: Final = 0.2
"""The overall burst, in seconds of the overall rate: 25 a second and 5 at once stay within Telegram's 30."""

_BUCKETS_KEPT: Final = 10_000
_RANKS: Final = {lane: rank for rank, lane in enumerate(Lane)}


def rank(lane: Lane) -> int:
    """0 for the lane that is served first."""
    return _RANKS[lane]


class Bucket:
    """A rate with a burst, kept as one number (the generic cell rate algorithm).

    Args:
        rate: Messages a second in the long run.
        burst: Messages at once after a pause.
    """

    def __init__(self, rate: float, burst: int) -> None:
        self._interval_s = 1.0 / rate
        self._slack_s = (burst - 1) * self._interval_s
        self._due = 0.0

    def ready_at(self) -> float:
        """From when on the next message may go."""
        return self._due - self._slack_s

    def spend(self, now: float) -> None:
        """Counts a message that goes now."""
        self._due = max(self._due, now) + self._interval_s

    def is_full(self, now: float) -> bool:
        """Whether nothing has gone for so long that a new bucket would be the same."""
        return self._due <= now


class Pace:
    """What each chat may be sent."""

    def __init__(self) -> None:
        self._buckets: dict[Address, Bucket] = {}

    def wait_s(self, chat: Address, now: float) -> float:
        """How long until the next message may go to this chat."""
        bucket = self._buckets.get(chat)
        return max(0.0, bucket.ready_at() - now) if bucket else 0.0

    def spend(self, chat: Address, now: float) -> None:
        """Counts a message that goes now."""
        if len(self._buckets) >= _BUCKETS_KEPT:
            self._buckets = {address: bucket for address, bucket in self._buckets.items() if not bucket.is_full(now)}
        self._buckets.setdefault(chat, Bucket(CHAT_RATE, CHAT_BURST)).spend(now)


def overall_bucket(rate: float) -> Bucket:
    """What all chats together may be sent."""
    return Bucket(rate, max(1, round(rate * OVERALL_BURST_S)))


class Gate:
    """Lets messages through one by one: the best lane first, as fast as the bucket says, so many at a time.

    Args:
        slots: How many may be inside at once.
        clock: Seconds, never going back.
        call_at: Calls a function at a time of that clock; the event loop's by default.
    """

    def __init__(
        self,
        bucket: Bucket,
        *,
        slots: int,
        clock: Callable[[], float] | None = None,
        call_at: Callable[[float, Callable[[], None]], object] | None = None,
    ) -> None:
        loop = asyncio.get_running_loop()
        self._bucket, self._free = bucket, slots
        self._clock, self._call_at = clock or loop.time, call_at or loop.call_at
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._woken_at: float | None = None

    async def enter(self, lane: Lane) -> None:
        """Returns when a message of this lane may go; `leave` must follow."""
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (rank(lane), next(self._numbers), turn))
        self._admit()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave()
            raise

    def leave(self) -> None:
        """Makes room for the next."""
        self._free += 1
        self._admit()

    def _admit(self) -> None:
        while self._free and self._anyone():
            now = self._clock()
            if self._bucket.ready_at() > now:
                self._wake_at(self._bucket.ready_at())
                return
            self._bucket.spend(now)
            self._free -= 1
            heapq.heappop(self._waiting)[2].set_result(None)

    def _anyone(self) -> bool:
        while self._waiting and self._waiting[0][2].done():
            heapq.heappop(self._waiting)
        return bool(self._waiting)

    def _wake_at(self, at: float) -> None:
        if self._woken_at is None:
            self._woken_at = at
            self._call_at(at, self._wake)

    def _wake(self) -> None:
        self._woken_at = None
        self._admit()
