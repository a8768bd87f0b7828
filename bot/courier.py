"""Takes deliveries from the outbox to the chats: many chats at once, one call at a time to each, best lane first.

A delivery is marked when all its calls were taken. A courier that dies between a call and the mark leaves that one
message to be sent again by the next; one whose store is away for a while remembers what it sent and marks it later.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from functools import partial
from typing import Any, Final

from bot.client import Client, check_token, open_client
from bot.delivery import calls_of, is_message
from bot.marks import PAUSE_S, UNREACHABLE, Marks
from bot.pace import CHAT_BURST, Gate, Pace, overall_bucket
from bot.parcel import Chat, Parcel
from bot.profile import Plain, set_profile
from bot.pulse import beating
from bot.sending import send
from bot.shown import Shown
from bot.tenure import Tenure, while_held
from bot.upload import loaded
from road.errors import ChatUnreachable, Conflict, DeliveryDelayed, DeliveryRefused, StoreError
from road.locale import LOCALES
from road.reply import HideMessages, Reply, SendFile
from road.settings import Settings
from road.turn import Address, Channel
from road.waiting import happens, unless
from store.interface import Delivery, Store

_log = logging.getLogger(__name__)

Deliver = Callable[[Address, Reply], Awaitable[int | None]]
"""Makes one call in a chat and gives the id of the message it made; raises `DeliveryError` or `StoreError`."""

LEASE: Final = "courier"
SLOTS: Final = 64
"""Messages under way at once. Telegram answers in about 50 ms: two carry 30 a second; the rest is for bad days."""

IN_HAND: Final = 256
"""Deliveries in memory that could go at once; the others stay in the store, which hands out the best lane first."""

MOST_IN_HAND: Final = 20_000
"""Deliveries in memory at all: those of chats that rest, because of Telegram or of somebody who writes without end."""

_UNREACHABLE: Final = {
    False: (logging.INFO, "a person can't be reached: they blocked the bot, or are gone"),
    True: (
        logging.ERROR,
        "a staff chat can't be reached: add the bot to it, or mend HOTLINE_STAFF_CHATS_* or the account",
    ),
}

WAIT_S: Final = 1.0
LONGEST_BACKOFF_S: Final = 60.0


async def run_courier(
    settings: Settings,
    store: Store,
    stop: asyncio.Event,
    *,
    plain: Plain | None = None,
    locales: Iterable[str] = LOCALES,
) -> None:
    """Delivers whenever no other process does, until `stop` is set.

    Args:
        plain: `content.plain`, for the list of commands; without it the list stays as it is.
        locales: Those to list them in.

    Raises:
        SetupError: Telegram does not know the token.
    """
    ways: dict[Channel, Deliver] = {Channel.WEB: store.show}
    if not settings.telegram_token:
        await _carry(store, ways, settings, stop)
        return
    async with open_client(settings) as client:
        await check_token(client)
        ways[Channel.TELEGRAM] = partial(_send, client, store)
        profile = asyncio.create_task(set_profile(client, plain, locales)) if plain else None
        await _carry(store, ways, settings, stop)
        if profile:
            profile.cancel()


async def _send(client: Client, store: Store, address: Address, call: Reply) -> int | None:
    """As `sending.send`; a file is fetched from the store only now."""
    return await send(client, address, await loaded(store, address, call) if isinstance(call, SendFile) else call)


async def _carry(store: Store, ways: Mapping[Channel, Deliver], settings: Settings, stop: asyncio.Event) -> None:
    courier = Courier(store, ways, gate=Gate(overall_bucket(settings.send_rate), slots=SLOTS))
    async with beating(store, LEASE):
        await while_held(store, LEASE, courier.carry, stop)


def backoff_s(failures: int) -> float:
    """How long a chat rests after so many failures in a row: 1, 2, 4 ... 60 s."""
    return float(min(LONGEST_BACKOFF_S, 2 ** min(failures - 1, 10)))


class Courier:
    """Carries what the outbox holds, tenure after tenure.

    Args:
        ways: How to deliver, by channel; deliveries for a channel without a way are given up.
        gate: Lets messages go at the overall rate.
    """

    def __init__(self, store: Store, ways: Mapping[Channel, Deliver], *, gate: Gate) -> None:
        self._store, self._ways, self._gate = store, ways, gate
        self._ticks = asyncio.get_running_loop().time
        self._pace = Pace()
        self._shown = Shown()
        self._marks = Marks(store)
        self._chats: dict[Address, Chat] = {}
        self._acting: set[asyncio.Task[None]] = set()
        self._taken = 0
        self._room = asyncio.Event()

    async def carry(self, tenure: Tenure) -> None:
        """Delivers until the tenure has ended; calls under way are then finished and marked."""
        try:
            async with asyncio.TaskGroup() as self._chat_tasks:
                await self._pull_all(tenure)
        finally:
            await asyncio.gather(*self._acting, return_exceptions=True)
            self._chats.clear()

    # Taking deliveries from the store

    async def _pull_all(self, tenure: Tenure) -> None:
        while tenure.holds():
            await self._pull(tenure)
        for chat in self._chats.values():
            chat.task.cancel()

    async def _pull(self, tenure: Tenure) -> None:
        free = self._free()
        if free <= 0:
            self._room.clear()
            await happens(self._room, within_s=WAIT_S)
            return
        for delivery in await self._next(tenure, free):
            self._take(delivery, tenure)

    def _free(self) -> int:
        """How many deliveries to take; no chat counts for more than it may be sent at once."""
        soon = sum(min(len(chat), CHAT_BURST) for chat in self._chats.values() if not chat.is_resting)
        return min(IN_HAND - soon, MOST_IN_HAND - sum(len(chat) for chat in self._chats.values()))

    async def _next(self, tenure: Tenure, limit: int) -> list[Delivery]:
        try:
            waiting = self._store.next_deliveries(tenure.lease, limit=limit, wait_s=WAIT_S)
            return list(await unless(tenure.ended, waiting) or ())
        except Conflict:
            tenure.ended.set()
        except StoreError as error:
            _log.warning("the store gives no deliveries: %s", type(error).__name__)
            await happens(tenure.ended, within_s=PAUSE_S)
        return []

    def _take(self, delivery: Delivery, tenure: Tenure) -> None:
        """Puts a delivery in its chat's line; one that was sent under an earlier tenure is only marked."""
        sent = self._marks.earlier(delivery)
        if sent:
            self._begin(self._marks.write(sent, tenure))
            return
        self._taken += 1
        chat = self._chats.get(delivery.address) or self._open(delivery.address, tenure)
        if self._is_wish_to_hide(delivery):
            self._withdraw(chat, tenure)
        chat.add(Parcel(delivery, self._taken))

    def _open(self, address: Address, tenure: Tenure) -> Chat:
        chat = self._chats[address] = Chat(address)
        chat.task = self._chat_tasks.create_task(self._serve(chat, tenure))
        return chat

    def _is_wish_to_hide(self, delivery: Delivery) -> bool:
        reply = delivery.reply
        if not isinstance(reply, HideMessages) or reply.name:
            return False
        return not self._shown.is_one_delivery(delivery.address, reply.message_ids)

    def _withdraw(self, chat: Chat, tenure: Tenure) -> None:
        """Whoever hides everything does not want to see what was on its way."""
        for parcel in chat.withdraw():
            self._begin(self._marks.write(parcel, tenure))

    # One chat

    async def _serve(self, chat: Chat, tenure: Tenure) -> None:
        """Delivers what waits for a chat, until nothing does."""
        while (parcel := chat.next()) and tenure.holds():
            self._unpack(parcel)
            if parcel.is_finished:
                await self._guarded(self._marks.write(parcel, tenure))
            else:
                await self._step(chat, parcel, tenure)
            if parcel.is_finished:
                chat.finish()
                self._room.set()
            await self._rest(chat, chat.held_until - self._ticks())
        self._chats.pop(chat.address, None)

    def _unpack(self, parcel: Parcel) -> None:
        if parcel.calls is not None:
            return
        reply, address = parcel.delivery.reply, parcel.delivery.address
        parcel.calls = [reply] if address.channel is Channel.WEB else list(calls_of(reply))
        if not parcel.calls and is_message(reply):
            parcel.given_up = "empty"

    async def _step(self, chat: Chat, parcel: Parcel, tenure: Tenure) -> None:
        """Makes the parcel's next call, when its time has come."""
        paced = chat.address.channel is Channel.TELEGRAM and is_message(parcel.next_call)
        await self._marks.up_to_date.wait()
        if paced:
            await self._rest(chat, self._pace.wait_s(chat.address, self._ticks()))
            await self._gate.enter(parcel.delivery.lane)
            self._pace.spend(chat.address, self._ticks())
        await self._guarded(self._act(chat, parcel, tenure, leave=self._gate.leave if paced else _nothing))

    async def _act(self, chat: Chat, parcel: Parcel, tenure: Tenure, *, leave: Callable[[], None]) -> None:
        try:
            if tenure.holds() and not parcel.given_up:
                await self._call(chat, parcel)
        finally:
            leave()
        if parcel.is_finished:
            self._shown.add(chat.address, parcel.message_ids)
            await self._marks.write(parcel, tenure)

    async def _call(self, chat: Chat, parcel: Parcel) -> None:
        """The one call; what becomes of it is written down in the chat and the parcel."""
        try:
            message_id = await self._ways[chat.address.channel](chat.address, parcel.next_call)
        except DeliveryDelayed as delay:
            self._hold(chat, str(delay), delay.after_s)
        except StoreError as error:
            self._hold(chat, type(error).__name__, PAUSE_S)
        except ChatUnreachable:
            _log.log(*_UNREACHABLE[parcel.delivery.is_page])
            parcel.given_up = UNREACHABLE
        except DeliveryRefused as refusal:
            _log.error("a %s was refused: %s", type(parcel.next_call).__name__, refusal)
            parcel.given_up = "refused"
        except Exception as error:  # the edge: one bad delivery must not silence all others
            _log.error("a %s failed: %s", type(parcel.next_call).__name__, type(error).__name__)
            parcel.given_up = "failed"
        else:
            chat.failures = 0
            parcel.advance(message_id)

    def _hold(self, chat: Chat, reason: str, after_s: float | None) -> None:
        chat.failures += 1
        wait_s = backoff_s(chat.failures) if after_s is None else after_s
        chat.held_until = self._ticks() + wait_s
        chat.put_back()
        _log.warning("a chat waits %.1f s: %s", wait_s, reason)

    async def _rest(self, chat: Chat, wait_s: float) -> None:
        if wait_s <= 0:
            return
        chat.is_resting = True
        self._room.set()
        await asyncio.sleep(wait_s)
        chat.is_resting = False

    # Tasks

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """Work that is finished even when the tenure ends meanwhile."""
        await asyncio.shield(self._begin(work))

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._acting.add(task)
        task.add_done_callback(self._acting.discard)
        return task


def _nothing() -> None:
    """Stands for leaving a gate that was not entered."""
