"""Deliveries in the courier's hands: how far each has come, and which is next for a chat."""

import asyncio
import heapq
from typing import Final

from bot.delivery import is_message
from bot.pace import rank
from road.reply import ConfirmTap, Reply
from road.turn import Address
from store.interface import Delivery

HIDDEN: Final = "hidden"


class Parcel:
    """A delivery and how far it has come.

    Attributes:
        calls: Those still to be made; None until it is the chat's next.
        message_ids: Messages it has made.
        given_up: Why no more is tried, or "".
    """

    def __init__(self, delivery: Delivery, number: int) -> None:
        self.delivery = delivery
        self.calls: list[Reply] | None = None
        self.message_ids: list[int] = []
        self.given_up = ""
        first = isinstance(delivery.reply, ConfirmTap)  # a button spins until then
        self._order = (-1 if first else rank(delivery.lane), number)

    def __lt__(self, other: "Parcel") -> bool:
        return self._order < other._order

    @property
    def is_finished(self) -> bool:
        """Nothing is left to be made or tried."""
        return bool(self.given_up) or self.calls == []

    @property
    def next_call(self) -> Reply:
        """The call to be made now."""
        if not self.calls:
            raise LookupError("no call is left")
        return self.calls[0]

    def advance(self, message_id: int | None) -> None:
        """The first of the calls was taken."""
        if self.calls:
            self.calls.pop(0)
        if message_id is not None:
            self.message_ids.append(message_id)


class Chat:
    """What waits for one chat; one call at a time is made to it.

    Attributes:
        held_until: Nothing is sent before.
        failures: Calls in a row that were not taken.
        is_resting: It waits for its own pace, or for `held_until`.
        task: Serves the chat.
    """

    task: asyncio.Task[None]

    def __init__(self, address: Address) -> None:
        self.address = address
        self.held_until = 0.0
        self.failures = 0
        self.is_resting = False
        self._waiting: list[Parcel] = []
        self._begun: Parcel | None = None

    def __len__(self) -> int:
        return len(self._waiting) + (self._begun is not None)

    def add(self, parcel: Parcel) -> None:
        """Puts it in line: confirmed taps, then by lane, then by age."""
        heapq.heappush(self._waiting, parcel)

    def next(self) -> Parcel | None:
        """The next parcel; one that was begun is finished first."""
        if self._begun is None and self._waiting:
            self._begun = heapq.heappop(self._waiting)
        return self._begun

    def put_back(self) -> None:
        """Lets a better lane go first, unless part of the parcel was shown already."""
        if self._begun and not self._begun.message_ids:
            heapq.heappush(self._waiting, self._begun)
            self._begun = None

    def finish(self) -> None:
        """The next parcel is done with."""
        self._begun = None

    def withdraw(self) -> list[Parcel]:
        """Gives up every message that still waits, and takes it out.

        One that was begun ends after the call that is under way.
        """
        messages = [parcel for parcel in self._waiting if is_message(parcel.delivery.reply)]
        self._waiting = [parcel for parcel in self._waiting if parcel not in messages]
        heapq.heapify(self._waiting)
        for parcel in messages:
            parcel.given_up = HIDDEN
        if self._begun and is_message(self._begun.delivery.reply):
            self._begun.given_up = HIDDEN
        return messages
