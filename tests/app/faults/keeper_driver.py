"""A real process that keeps the desk and kills itself at a step. Usage: `keeper_driver URL PREFIX NOW STEP COUNT`.

Its clock begins at NOW and goes on by a second each round; the product's code is untouched.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from content.content import Content
from road.case import Case
from road.clock import Clock
from road.outcome import Outcome
from road.session import Remembered
from store.interface import Store
from store.valkey import ValkeyStore
from tests.app.contract.world import KEYRING
from tests.app.faults.scenery import road
from worker.keeper import ROUND_S, Keeper

STEPS = ("asked", "found", "changed")


class Words:
    """Content that says the name of every text."""

    def text(self, key: str, locale: str, /, **values: object) -> str:
        return f"{key} {values.get('case', '')}"

    plain = text


def keeper(store: Store, clock: Clock, name: str) -> Keeper:
    """A keeper as in the product, but for its words."""
    return Keeper(replace(road(store), clock=clock, content=lambda: cast(Content, Words())), name=name)


class FatedStore:
    """A store that kills the process when a step is reached for the n-th time."""

    def __init__(self, store: ValkeyStore, step: str, count: int) -> None:
        self._store, self._step, self._left = store, step, count

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def agenda(self, *, limit: int) -> Sequence[str]:
        due = await self._store.agenda(limit=limit)
        self._reached("asked", count=len(due))
        return due

    async def find_case(self, case_id: str) -> tuple[Case, Remembered] | None:
        found = await self._store.find_case(case_id)
        self._reached("found")
        return found

    async def change(self, remembered: Remembered, outcome: Outcome) -> None:
        await self._store.change(remembered, outcome)
        self._reached("changed")

    def _reached(self, step: str, count: int = 1) -> None:
        self._left -= count if step == self._step else 0
        if self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


async def main(url: str, prefix: str, now: float, step: str, count: int) -> None:
    def clock() -> float:
        return now

    fated: Any = FatedStore(ValkeyStore(url, keyring=KEYRING, prefix=prefix, clock=clock), step, count)
    keeping = keeper(fated, clock, "worker:fated:1")
    for _ in range(300):
        await keeping.round()
        now += ROUND_S


if __name__ == "__main__":
    URL, PREFIX, NOW, STEP, COUNT = sys.argv[1:]
    asyncio.run(main(URL, PREFIX, float(NOW), STEP, int(COUNT)))
