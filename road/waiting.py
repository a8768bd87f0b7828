"""Waiting for the first of two things."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def happens(event: asyncio.Event, *, within_s: float) -> bool:
    """Waits for the event, but no longer; whether it happened."""
    try:
        async with asyncio.timeout(within_s):
            return await event.wait()
    except TimeoutError:
        return False


async def unless(event: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """The work's result, or None when the event came first; the work is then broken off."""
    task, sign = asyncio.ensure_future(work), asyncio.ensure_future(event.wait())
    try:
        await asyncio.wait({task, sign}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        for each in (task, sign):
            each.cancel()
        await asyncio.gather(task, sign, return_exceptions=True)
