"""Updates by long polling: each is stored before Telegram is asked for the next, which tells it that we have it."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Final

from telegram.error import Conflict, RetryAfter, TelegramError

from bot.client import Client, bot_id, open_client, seconds
from bot.intake import turn_in, update_id
from bot.pulse import beating
from bot.tenure import Tenure, while_held
from road.clock import Clock, system_clock
from road.errors import StoreError
from road.settings import Settings
from road.turn import Turn
from road.waiting import happens, unless
from store.interface import Store

_log = logging.getLogger(__name__)

LEASE: Final = "poller"
PAUSE_S: Final = 3.0
"""After a failed poll. One request in three seconds burdens nobody while Telegram is ill."""

STORE_PAUSE_S: Final = 0.5


async def run_polling(settings: Settings, store: Store, stop: asyncio.Event, *, clock: Clock = system_clock) -> None:
    """Polls whenever no other process does, until `stop` is set.

    Raises:
        SetupError: A webhook is set, or the token is wrong.
    """
    async with open_client(settings) as client, beating(store, "polling"):
        poller = Poller(client, store, bot=bot_id(settings), clock=clock)
        await while_held(store, LEASE, poller.poll, stop)


class Poller:
    """The loop, and how far it has come."""

    def __init__(self, client: Client, store: Store, *, bot: int, clock: Clock = system_clock) -> None:
        self._client, self._store, self._clock = client, store, clock
        self._bot_id = bot
        self._offset: int | None = None

    async def poll(self, tenure: Tenure) -> None:
        """Fetches and stores until the tenure has ended."""
        while tenure.holds():
            for update in await self._fetch(tenure):
                if not await self._take(update, tenure):
                    return

    async def _fetch(self, tenure: Tenure) -> list[dict[str, Any]]:
        """Updates, or none after a pause when Telegram gave none."""
        try:
            return await unless(tenure.ended, self._client.wire_updates(self._offset)) or []
        except RetryAfter as flood:
            _log.warning("Telegram asks to poll less")
            await happens(tenure.ended, within_s=seconds(flood))
        except Conflict:
            _log.error("somebody else polls with this token; only one program may")
            await happens(tenure.ended, within_s=PAUSE_S)
        except TelegramError as error:
            _log.warning("no updates: %s", type(error).__name__)
            await happens(tenure.ended, within_s=PAUSE_S)
        return []

    async def _take(self, update: Mapping[str, Any], tenure: Tenure) -> bool:
        """Stores an update and moves on; False when the tenure ended before the store had it."""
        number = update_id(update)
        if number is None:
            return True
        turn = turn_in(update, self._bot_id, self._clock())
        if turn and not await self._keep(turn, tenure):
            return False
        self._offset = number + 1
        return True

    async def _keep(self, turn: Turn, tenure: Tenure) -> bool:
        """Tries until the store has the turn; Telegram keeps what we have not confirmed for a day."""
        while tenure.holds():
            try:
                await self._store.accept(turn)
            except StoreError as error:
                _log.warning("the store does not take updates: %s", type(error).__name__)
                await happens(tenure.ended, within_s=STORE_PAUSE_S)
            else:
                return True
        return False
