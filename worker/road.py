"""The road of one turn: load, understand, decide, commit.

A turn ends with exactly one commit. What changed meanwhile is loaded again and decided again. A turn that fails is
taken again; when its third try fails, the person gets an apology and a case, whatever the fault was.
"""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from actions.counting import counted
from actions.scene import Scene
from content.content import Content
from road.account import Account, Roster
from road.clock import Clock
from road.errors import Conflict, StoreError, UnderstandingFailed
from road.outcome import Outcome
from road.session import Remembered, Session
from road.turn import Turn
from road.understanding import UNAVAILABLE, Hints, Understanding
from store.interface import Held, Store
from worker.last_resort import last_resort
from worker.taking import take, taker

TRIES: Final = 3
"""Deliveries of a turn before the person gets an apology (DESIGN, the road of a message)."""

CONFLICT_TRIES: Final = 5

Understand = Callable[[str, Hints], Awaitable[Understanding]]
Decide = Callable[[Turn, Scene, Content], Outcome]

_NOTHING_TO_UNDERSTAND: Final = Understanding()

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Road:
    """What a turn meets on its way.

    Attributes:
        route: Decides a turn.
        apologise: Decides a turn that failed.
        content: Gives the content as it is served now.
        fresh_id: A new case's id.
        staff: In whose name a staff chat of the settings takes a case, by chat.
    """

    store: Store
    understand: Understand
    route: Decide
    apologise: Decide
    content: Callable[[], Content]
    clock: Clock
    fresh_id: Callable[[], str]
    retention_days: int = 30
    privacy_contact: str = ""
    console_url: str = ""
    staff: Mapping[str, Account] = field(default_factory=dict)

    async def travel(self, held: Held) -> None:
        """Brings a turn to its commit; one that failed and may be tried again stays pending.

        Raises:
            StoreError: The store did not answer; nothing is known of the turn.
        """
        for decide in self._ways(held.deliveries):
            if await self._arrives(held, decide):
                return

    def _ways(self, deliveries: int) -> Sequence[Decide]:
        """The usual one, and from the third try on what is left when it fails; beyond that it is not tried again."""
        if deliveries < TRIES:
            return (self.route,)
        last = (self.apologise, last_resort)
        return (self.route, *last) if deliveries == TRIES else last

    async def _arrives(self, held: Held, decide: Decide) -> bool:
        """Whether a way of deciding came to an end. The one place that catches everything."""
        try:
            await self._go(held, decide)
        except StoreError:
            raise
        except Exception as error:
            _log.error("a turn failed at try %d: %s in %s", held.deliveries, type(error).__name__, place_of(error))
            return False
        return True

    async def _go(self, held: Held, decide: Decide) -> None:
        understanding: Understanding | None = None
        for _ in range(CONFLICT_TRIES):
            remembered = await self.store.load(held.person)
            understanding, roster = await self._understood(held.turn, remembered, understanding)
            scene = self.scene(remembered, roster, understanding)
            try:
                outcome = await self._decided(held.turn, scene, decide)
                return await self.store.commit(held, remembered, outcome)
            except Conflict as conflict:
                _log.info("deciding again: %s", conflict)
        return None

    async def _decided(self, turn: Turn, scene: Scene, decide: Decide) -> Outcome:
        """What a turn leads to; "I take it" of somebody of the staff changes another person's case first."""
        by = taker(turn, scene.roster, self.staff) if decide is self.route else None
        if by is not None:
            return await take(self.store, turn, scene, by, self.content())
        outcome = decide(turn, scene, self.content())
        if decide is last_resort:  # rests on no content, and so is not counted
            return outcome
        return counted(outcome, scene.remembered, self.content(), scene.now)

    async def _understood(
        self, turn: Turn, remembered: Remembered, already: Understanding | None
    ) -> tuple[Understanding, Roster]:
        """What the turn means and who is there, asked for at the same time."""
        if already is not None:
            return already, await self.store.roster()
        return await asyncio.gather(self._meaning(turn, remembered.session), self.store.roster())

    async def _meaning(self, turn: Turn, session: Session | None) -> Understanding:
        if not turn.text.strip():
            return _NOTHING_TO_UNDERSTAND
        try:
            return await self.understand(turn.text, hints_for(turn, session))
        except UnderstandingFailed as error:
            _log.warning("not understood: %s", type(error).__name__)
            return UNAVAILABLE

    def scene(
        self, remembered: Remembered, roster: Roster, understanding: Understanding = _NOTHING_TO_UNDERSTAND
    ) -> Scene:
        """What a decision about a person rests on now."""
        return Scene(
            remembered=remembered,
            understanding=understanding,
            now=self.clock(),
            fresh_id=self.fresh_id(),
            roster=roster,
            retention_days=self.retention_days,
            privacy_contact=self.privacy_contact,
            console_url=self.console_url,
        )


def hints_for(turn: Turn, session: Session | None) -> Hints:
    """What is known of a person before their message is read."""
    if session is None:
        return Hints(client_locale=turn.client_locale)
    return Hints(
        client_locale=turn.client_locale,
        chosen_locale=session.locale if session.locale_chosen else None,
        earlier_locale=session.outside or session.locale or None,
        last_topic=session.last_topic,
    )


def place_of(error: Exception) -> str:
    """Where it was raised; never its text, which may quote the person."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "an unknown place"
