"""Sends messages at a rate or flat out, and notes when each went in and when its first answer came out."""

import asyncio
import contextlib
import random
import time
from collections.abc import Awaitable, Callable, Sequence

from bench.figures import Flow, percentiles_ms
from bench.question import Message

AT_ONCE = 40
"""Messages on their way in at once. Source: Telegram's default `max_connections` for webhooks."""

PATIENCE_S = 10.0
"""Without any answer for so long, what is missing counts as lost."""

SEED = 5

Send = Callable[[Message], Awaitable[None]]


class Watch:
    """When messages went in and came out, by number, on one clock."""

    def __init__(self) -> None:
        self._in: dict[int, float] = {}
        self._out: dict[int, float] = {}
        self._moved = asyncio.Event()

    def begin(self, number: int) -> None:
        """Notes that a message goes in now."""
        self._in[number] = time.perf_counter()

    def end(self, number: int) -> None:
        """Notes a message's answer; only the first one counts."""
        if number in self._in and number not in self._out:
            self._out[number] = time.perf_counter()
            self._moved.set()

    async def until_answered(self) -> None:
        """Returns when all were answered, or when nothing has moved for too long."""
        with contextlib.suppress(TimeoutError):
            while len(self._out) < len(self._in):
                self._moved.clear()
                await asyncio.wait_for(self._moved.wait(), PATIENCE_S)

    def flow(self, asked_per_s: float) -> Flow:
        """What was seen."""
        p50_ms, p95_ms = percentiles_ms([out - self._in[number] for number, out in self._out.items()])
        took_s = max(self._out.values(), default=0.0) - min(self._in.values(), default=0.0)
        return Flow(
            asked_per_s=asked_per_s,
            answered_per_s=len(self._out) / took_s if self._out else 0.0,
            p50_ms=p50_ms,
            p95_ms=p95_ms,
            sent=len(self._in),
            lost=len(self._in) - len(self._out),
        )


async def send_at(per_s: float, messages: Sequence[Message], send: Send, watch: Watch) -> None:
    """Sends at random moments, as independent people do, at this rate on average; the moments are always the same."""
    gaps = random.Random(SEED)
    due = time.perf_counter()
    async with asyncio.TaskGroup() as under_way:
        for message in messages:
            due += gaps.expovariate(per_s)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            under_way.create_task(_sent(message, send, watch))


async def send_flat_out(messages: Sequence[Message], send: Send, watch: Watch) -> None:
    """Sends the next message as soon as one of those on their way in was taken."""
    waiting = iter(messages)

    async def sender() -> None:
        for message in waiting:
            await _sent(message, send, watch)

    async with asyncio.TaskGroup() as under_way:
        for _ in range(AT_ONCE):
            under_way.create_task(sender())


async def _sent(message: Message, send: Send, watch: Watch) -> None:
    watch.begin(message.number)
    await send(message)
