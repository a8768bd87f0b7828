"""Live content: a process serves one snapshot and follows the pointer; saves publish themselves where wanted."""

import asyncio
import gc
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from content import snapshot
from content.content import Content
from content.door import is_used, state_of
from road.clock import Clock
from road.errors import ContentError, HotlineError
from road.waiting import happens

LOOK_EVERY_S = 0.2
"""How often the pointer is looked at: with reading, all processes at once, what is published is said within 2 s."""

SAVED_EVERY_S = 1.0
"""How often the folder is looked at for saves."""

_log = logging.getLogger(__name__)


class LiveContent:
    """The current snapshot, whichever that is now.

    A new one is read in a thread of its own, so that nobody waits for it; until it is there, and if it cannot be read,
    the one before stays. What was read is set apart from the garbage collector: to look through all of it takes a tenth
    of a second, in which the whole process stands still. It has no cycles, and goes with its last user.
    """

    def __init__(self, data_dir: Path, ticks: Clock = time.monotonic) -> None:
        self._data_dir = data_dir
        self._ticks = ticks
        self._content = _first(data_dir)
        gc.freeze()
        self._looked_at = ticks()
        self._reading: threading.Thread | None = None

    def now(self) -> Content:
        """What to say; cheap enough to be asked for every message."""
        if self._ticks() - self._looked_at >= LOOK_EVERY_S:
            self._looked_at = self._ticks()
            self._look()
        return self._content

    def settle(self) -> None:
        """Waits until a snapshot that is being read is there."""
        if self._reading:
            self._reading.join()

    def _look(self) -> None:
        busy = self._reading is not None and self._reading.is_alive()
        if not busy and snapshot.current(self._data_dir) != self._content.version:
            self._reading = threading.Thread(target=self._read, name="content", daemon=True)
            self._reading.start()

    def _read(self) -> None:
        try:
            self._content = snapshot.load_current(self._data_dir)
            gc.freeze()
            _log.info("content %s is served", self._content.version)
        except (HotlineError, OSError) as error:
            _log.error("the published content cannot be read, the former is kept: %s", error)


def _first(data_dir: Path) -> Content:
    """What a process begins with: the current snapshot, even where today's checks find faults in it.

    It was sound when it was published, and there is nothing else to say; checks may have become stricter since.
    """
    content, faults = snapshot.read_current(data_dir)
    for fault in faults:
        _log.error("the published content has a fault: %s", fault)
    return content


async def follow(content: Callable[[], Content], stop: asyncio.Event) -> None:
    """Asks for the content now and then, so that whoever writes first after a quiet hour gets what is published."""
    while not stop.is_set():
        content()
        await happens(stop, within_s=LOOK_EVERY_S)


async def autopublish(
    folder: Path,
    data_dir: Path,
    stop: asyncio.Event,
    *,
    tell: Callable[[str], None],
    look_every_s: float = SAVED_EVERY_S,
) -> None:
    """Publishes the folder on every save whose checks pass, until told to stop; what fails is told once a save.

    Once editors save at their desk nothing is published any more but by them.
    """
    seen = await asyncio.to_thread(state_of, folder)
    while not stop.is_set():
        try:
            await asyncio.wait_for(stop.wait(), look_every_s)
        except TimeoutError:
            state = await asyncio.to_thread(state_of, folder)
            if state != seen:
                seen = state
                tell(await asyncio.to_thread(_publish, folder, data_dir))


def _publish(folder: Path, data_dir: Path) -> str:
    if is_used(data_dir):
        return (
            "saved, and not published: editors work here, and publish on their pages or with `hotline content publish`"
        )
    try:
        return f"content {snapshot.publish(folder, data_dir).version} is published"
    except ContentError as error:
        return f"content is not published, the last good version stays: {error}"
