"""What was sent and the store does not know yet."""

import asyncio
import contextlib
import logging
from typing import Final

from bot.parcel import Parcel
from bot.tenure import Tenure
from road.clock import Clock, system_clock
from road.errors import Conflict, StoreError, StoreFull
from road.reply import Lane
from road.turn import Turn, TurnKind
from road.waiting import happens
from store.interface import Delivery, Store

_log = logging.getLogger(__name__)

PAUSE_S: Final = 0.5

UNREACHABLE: Final = "unreachable"
"""Why a parcel is given up when the person blocked the bot, or is gone."""


class Marks:
    """Tells the store what became of each parcel, again and again while it does not answer.

    That a person can't be reached any more comes back as a turn of theirs: whoever has their case sees it.

    A parcel that can't be marked in this tenure is remembered: the store hands its delivery out again in the next.

    Attributes:
        up_to_date: Clear while the store does not answer; nothing new should be sent then.
    """

    def __init__(self, store: Store, *, clock: Clock = system_clock) -> None:
        self._store, self._clock = store, clock
        self._unmarked: dict[tuple[Lane, str], Parcel] = {}
        self.up_to_date = asyncio.Event()
        self.up_to_date.set()

    def earlier(self, delivery: Delivery) -> Parcel | None:
        """The parcel of a delivery that was dealt with already."""
        return self._unmarked.get(_key(delivery))

    async def write(self, parcel: Parcel, tenure: Tenure) -> None:
        """Returns when the store knows, or the tenure has ended."""
        self._unmarked[_key(parcel.delivery)] = parcel
        while not await self._is_written(parcel, tenure):
            self.up_to_date.clear()
            if await happens(tenure.ended, within_s=PAUSE_S):
                break
        self.up_to_date.set()

    async def _is_written(self, parcel: Parcel, tenure: Tenure) -> bool:
        try:
            await self._tell(parcel, tenure)
        except Conflict:
            tenure.ended.set()
            return False
        except StoreError as error:
            _log.warning("the store does not take marks: %s", type(error).__name__)
            return False
        self._unmarked.pop(_key(parcel.delivery), None)
        return True

    async def _tell(self, parcel: Parcel, tenure: Tenure) -> None:
        if parcel.given_up == UNREACHABLE and not parcel.delivery.is_page:
            with contextlib.suppress(StoreFull):  # nothing new comes in; what is inside must be finished
                await self._store.accept(_left(parcel.delivery, self._clock()))
        if parcel.given_up and not parcel.message_ids:
            await self._store.give_up(tenure.lease, parcel.delivery, why=parcel.given_up)
        else:
            await self._store.delivered(tenure.lease, parcel.delivery, parcel.message_ids)


def _left(delivery: Delivery, now: float) -> Turn:
    """The same delivery always makes the same turn, so that it is taken once."""
    turn_id = f"left:{delivery.lane}:{delivery.id}"
    return Turn(id=turn_id, address=delivery.address, kind=TurnKind.LEFT, at=now)


def _key(delivery: Delivery) -> tuple[Lane, str]:
    """Ids are a lane's own."""
    return delivery.lane, delivery.id
