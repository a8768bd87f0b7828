"""A real worker process that kills or stops itself at a chosen step of the road.

The product's code is untouched: its parts are wrapped here. Usage: `driver URL PREFIX STEP COUNT SIGNAL`.
"""

import asyncio
import os
import signal
import sys
from typing import Any

from actions.scene import Scene
from content.content import Content
from road.outcome import Outcome
from road.session import Remembered
from road.turn import Turn
from road.understanding import Hints, Understanding
from store.interface import Held, Lease
from store.valkey import ValkeyStore
from tests.app.contract.world import KEYRING
from tests.app.faults.scenery import answer, road
from worker.process import serve

STEPS = ("took", "loaded", "understood", "decided", "committed")


class Fate:
    """Sends this process a signal when a step is reached for the n-th time."""

    def __init__(self, step: str, count: int, number: int) -> None:
        self._step, self._left, self._signal = step, count, number

    def reached(self, step: str) -> None:
        if step != self._step:
            return
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), self._signal)


class FatedStore:
    """A store that tells fate what was reached."""

    def __init__(self, store: ValkeyStore, fate: Fate) -> None:
        self._store, self._fate = store, fate

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def take(self, lease: Lease, *, wait_s: float) -> Held | None:
        held = await self._store.take(lease, wait_s=wait_s)
        if held:
            self._fate.reached("took")
        return held

    async def load(self, person: str) -> Remembered:
        remembered = await self._store.load(person)
        self._fate.reached("loaded")
        return remembered

    async def commit(self, held: Held, remembered: Remembered, outcome: Outcome) -> None:
        await self._store.commit(held, remembered, outcome)
        self._fate.reached("committed")


async def main(url: str, prefix: str, fate: Fate) -> None:
    async def understand(text: str, hints: Hints) -> Understanding:
        fate.reached("understood")
        return Understanding()

    def route(turn: Turn, scene: Scene, content: Content) -> Outcome:
        outcome = answer(turn, scene, content)
        fate.reached("decided")
        return outcome

    store = ValkeyStore(url, keyring=KEYRING, prefix=prefix)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    fated: Any = FatedStore(store, fate)
    await serve(road(fated, understand, route), stop, name="worker:fated:1")
    await store.close()


if __name__ == "__main__":
    URL, PREFIX, STEP, COUNT, SIGNAL = sys.argv[1:]
    asyncio.run(main(URL, PREFIX, Fate(STEP, int(COUNT), signal.Signals[SIGNAL])))
