"""The keeper: what the clock does at the desk. One worker at a time, by lease; another takes over within seconds.

Each round gives back the cases of operators who have vanished and looks at the cases that are due. A case is loaded,
decided on and written like any other deed: whoever changes it meanwhile wins, and the keeper looks again. So two
keepers, or one that died in the middle, never call twice for the same ring.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from typing import Final

from actions.counting import counted
from actions.keeping import give_back, look
from actions.scene import Scene
from content.content import Content
from desk.agenda import look_again
from road.account import Roster
from road.case import Case
from road.errors import Conflict, StoreError
from road.outcome import Outcome
from road.waiting import happens
from store.interface import PRESENT_S
from worker.road import Road, place_of

LEASE_S: Final = 5.0
ROUND_S: Final = 1.0

CASES_A_ROUND: Final = 100
"""So many are looked at before the lease is renewed; what is left over is looked at at once, not a second later."""

AT_ONCE: Final = 8
"""Cases under way at the same time: when everybody goes off duty thousands hear it, and a call must not wait for them.
More would hold up the turns that this worker serves beside."""

BROKEN_S: Final = 60.0
"""A case that breaks a decision is left alone so long: it must not stand before the others each round."""

Decide = Callable[[Case, Scene, Content], Outcome | None]

_log = logging.getLogger(__name__)


class Keeper:
    """See the module.

    Args:
        road: What a decision rests on: store, content, clock.
        name: Unique to this worker.
    """

    def __init__(self, road: Road, *, name: str) -> None:
        self._road, self._store, self._clock, self._name = road, road.store, road.clock, name
        self._trusted_since: float | None = None
        self._broken: dict[str, float] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Keeps the desk until told to stop, whenever no other worker does."""
        while not stop.is_set():
            is_behind = False
            try:
                is_behind = await self.round()
            except* StoreError as errors:
                self._trusted_since = None
                _log.warning("the keeper waits for the store: %s", type(errors.exceptions[0]).__name__)
            await happens(stop, within_s=0.0 if is_behind else ROUND_S)
        with contextlib.suppress(StoreError):
            if lease := await self._store.acquire("keeper", self._name, ttl_s=LEASE_S):
                await self._store.release(lease)

    async def round(self) -> bool:
        """One round, if no other worker keeps the desk; whether more cases may be due already.

        Raises:
            StoreError: The store did not answer; of several cases at once, in a group.
        """
        if await self._store.acquire("keeper", self._name, ttl_s=LEASE_S) is None:
            self._trusted_since = None
            return False
        vanished = await self._vanished()
        due = await self._store.agenda(limit=CASES_A_ROUND)
        if vanished or due:
            roster = await self._store.roster()
            await self._tend(vanished, give_back, roster)
            await self._tend(due, look, roster)
        return len(due) == CASES_A_ROUND

    async def _vanished(self) -> Sequence[str]:
        """Cases of operators who are no longer there.

        Nobody counts as gone because the hotline was: after a time without web process, store or keeper, consoles get
        as long to come back as an operator has at any other time.
        """
        now = self._clock()
        if not any(name.startswith("web:") for name in await self._store.alive()):
            self._trusted_since = None
            return ()
        self._trusted_since = now if self._trusted_since is None else self._trusted_since
        if now - self._trusted_since < PRESENT_S:
            return ()
        held = [case_id for case_id in await self._store.end_absences() if self._broken.get(case_id, 0.0) <= now]
        return held[:CASES_A_ROUND]

    async def _tend(self, case_ids: Sequence[str], decide: Decide, roster: Roster) -> None:
        """Decides on each, earliest due first."""
        for first in range(0, len(case_ids), AT_ONCE):
            async with asyncio.TaskGroup() as together:
                for case_id in case_ids[first : first + AT_ONCE]:
                    together.create_task(self._tend_one(case_id, decide, roster))

    async def _tend_one(self, case_id: str, decide: Decide, roster: Roster) -> None:
        """Decides on a case; one that breaks never stops the others."""
        try:
            await self._decide(case_id, decide, roster)
        except Conflict:
            return  # somebody was faster; it is looked at again
        except StoreError:
            raise
        except Exception as error:
            _log.error("the keeper failed at a case: %s in %s", type(error).__name__, place_of(error))
            await self._set_aside(case_id)

    async def _decide(self, case_id: str, decide: Decide, roster: Roster) -> None:
        found = await self._store.find_case(case_id)
        if found is None:
            return await self._set_aside(case_id)
        case, remembered = found
        scene = self._road.scene(remembered, roster)
        outcome = decide(case, scene, self._road.content())
        if outcome is not None:
            return await self._store.change(remembered, counted(outcome, remembered, self._road.content(), scene.now))
        return await self._store.put_off(case_id, until=look_again(case, scene.now))

    async def _set_aside(self, case_id: str) -> None:
        until = self._clock() + BROKEN_S
        self._broken = {each: at for each, at in self._broken.items() if at > self._clock()} | {case_id: until}
        await self._store.put_off(case_id, until=until)
