"""The way out: lanes as streams, handed out to one courier at a time."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, Final

from road.file import FileState
from road.reply import HideMessages, Lane
from store.change import SENT, Parcel, SentIds, name_of
from store.crypto import PersonKey
from store.files import own_file_plan
from store.interface import Delivery, Lease
from store.keys import SENT_ENTRIES, SENT_S
from store.leases import lease_plan
from store.server import Plan, Server, request_id

COURIERS: Final = "couriers"
"""The outbox's consumer group; each courier is a consumer named for its fence."""


_log = logging.getLogger(__name__)


class ValkeyOutbox:
    """See `store.interface.Outbox`."""

    _server: Server
    _asks: dict[int, str]

    async def next_deliveries(self, lease: Lease, *, limit: int, wait_s: float) -> Sequence[Delivery]:
        """Deliveries not yet given to this courier; first those a former courier left."""
        loop = asyncio.get_running_loop()
        until = loop.time() + wait_s
        while True:
            batch, last_ids = await self._ask(lease, limit)
            deliveries = [delivery for row in batch if (delivery := await self._delivery(lease, row))]
            if deliveries:
                return deliveries
            streams = dict(zip((self._server.keys.outbox(lane) for lane in Lane), last_ids, strict=True))
            if not batch and not await self._server.wait_for(streams, until - loop.time()):
                return []

    async def _ask(self, lease: Lease, limit: int) -> tuple[list[Any], list[str]]:
        """One ask; its number stays until an answer has come, so that no answer is lost."""
        ask = self._asks.setdefault(lease.fence, request_id())
        batch, last_ids = await self._server.run("hand_out", self._ask_plan(lease, limit, ask))
        self._asks.pop(lease.fence, None)
        return batch, [last_id.decode() for last_id in last_ids]

    def _ask_plan(self, lease: Lease, limit: int, ask: str) -> Plan:
        keys = self._server.keys
        return {
            "lease": lease_plan(self._server, lease),
            "lanes": [{"lane": lane.value, "stream": keys.outbox(lane)} for lane in Lane],
            "group": COURIERS,
            "consumer": str(lease.fence),
            "courier": keys.courier,
            "ask": ask,
            "limit": limit,
            "key_prefix": keys.key(""),
        }

    async def _delivery(self, lease: Lease, row: list[Any]) -> Delivery | None:
        lane, entry_id, name, sealed, attempts, wrapped = row
        stream, person = self._server.keys.outbox(lane.decode()), name.decode()
        key = self._server.key_of(person, wrapped) or self._server.keyring.house  # pages to staff have no other
        parcel = key.try_open(sealed, stream, Parcel)
        if parcel is None:
            await self._discard_parcel(lease, Lane(lane.decode()), entry_id.decode())
            return None
        return Delivery(
            id=entry_id.decode(),
            lane=Lane(lane.decode()),
            person=person,
            address=parcel.address,
            reply=parcel.reply,
            attempts=attempts,
        )

    async def delivered(self, lease: Lease, delivery: Delivery, message_ids: Sequence[int]) -> None:
        """Marks it sent, and keeps the channel's message ids for hiding."""
        file = own_file_plan(self._server, delivery.person, delivery.reply, FileState.SENT)
        plan = {**self._entry_plan(lease, delivery.lane, delivery.id), "person": delivery.person, **file}
        plan.update(self._word_plan(delivery, SENT))
        if delivery.is_page or not message_ids:
            await self._server.run("delivered", plan)
            return

        def with_ids(key: PersonKey) -> Plan:
            sent = sent_plan(self._server, delivery.person, message_ids, key, name=name_of(delivery.reply))
            return {**plan, "sent": sent}

        answer = await self._server.run_sealed("delivered", delivery.person, with_ids)
        if answer == [b"erased"]:
            await self._hide(delivery, message_ids, plan)

    async def _hide(self, delivery: Delivery, message_ids: Sequence[int], plan: Plan) -> None:
        """The person erased it while it was on its way: what was sent is hidden now."""
        hiding = Parcel(delivery.address, HideMessages(message_ids=tuple(message_ids)))
        stream = self._server.keys.outbox(hiding.reply.lane)

        def with_hiding(key: PersonKey) -> Plan:
            return {**plan, "hide": {"stream": stream, "sealed": key.seal(hiding, stream)}}

        await self._server.run_sealed("delivered", delivery.person, with_hiding)

    async def give_up(self, lease: Lease, delivery: Delivery, *, why: str) -> None:
        """Takes it out of the outbox unsent."""
        file = own_file_plan(self._server, delivery.person, delivery.reply, FileState.UNSENT)
        plan = {**self._entry_plan(lease, delivery.lane, delivery.id), **file}
        plan.update(self._word_plan(delivery, why))
        await self._server.run("give_up", {**plan, "given_up": self._server.keys.given_up, "why": why})

    def _word_plan(self, delivery: Delivery, word: str) -> Plan:
        name = name_of(delivery.reply)
        messages = self._server.keys.messages(delivery.person)
        return {"message": {"hash": messages, "name": name, "word": word}} if name else {}

    async def _discard_parcel(self, lease: Lease, lane: Lane, entry_id: str) -> None:
        plan = self._entry_plan(lease, lane, entry_id)
        await self._server.run("give_up", {**plan, "given_up": self._server.keys.given_up, "why": "unreadable"})
        _log.warning("took 1 unreadable delivery out of the outbox")

    def _entry_plan(self, lease: Lease, lane: Lane, entry_id: str) -> Plan:
        keys = self._server.keys
        return {
            "lease": lease_plan(self._server, lease),
            "stream": keys.outbox(lane),
            "entry": entry_id,
            "group": COURIERS,
            "erased": keys.erased(lane, entry_id),
        }


def sent_plan(server: Server, person: str, ids: Sequence[int], key: PersonKey, *, name: str = "") -> Plan:
    """How message ids are kept for hiding, those of a named message for taking it back too."""
    place = server.keys.sent(person)
    plan: Plan = {"name": place, "entries": SENT_ENTRIES, "ttl_s": SENT_S}
    return {**plan, "add": key.seal(SentIds(server.clock(), tuple(ids), name), place)} if ids else plan
