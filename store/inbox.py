"""The way in: turns in sixteen streams, each read by one worker at a time."""

import asyncio
import logging
from typing import Any, Final

from road.session import Remembered
from road.turn import Turn
from store.change import shard_of
from store.crypto import PersonKey
from store.interface import Held, Lease
from store.keys import SEEN_S
from store.leases import lease_plan
from store.remembered import load_person
from store.server import Plan, Server, request_id

WORKERS: Final = "workers"
"""The inboxes' consumer group; its consumers are named for the shard, not for the worker."""

_log = logging.getLogger(__name__)


class ValkeyInbox:
    """See `store.interface.Inbox`; `commit` is in `store.commit`."""

    _server: Server

    async def accept(self, turn: Turn) -> bool:
        """Stores a turn; False when this update was accepted before."""
        server = self._server
        person = server.keyring.person(turn.address)
        inbox = server.keys.inbox(shard_of(person))
        plan = {
            "request": request_id(),
            "seen": server.keys.seen(server.keyring.name("turn", turn.id)),
            "seen_ttl_s": SEEN_S,
            "inbox": inbox,
            "person": person,
        }

        def sealed(key: PersonKey) -> Plan:
            return {**plan, "turn": key.seal(turn, inbox)}

        return bool((await server.run_sealed("accept", person, sealed))[0])

    async def take(self, lease: Lease, *, wait_s: float) -> Held | None:
        """The shard's next turn; one whose key was destroyed is finished without a word."""
        server = self._server
        inbox = server.keys.inbox(int(lease.name.removeprefix("inbox:")))
        loop = asyncio.get_running_loop()
        until = loop.time() + wait_s
        while True:
            answer = await server.run("take", self._take_plan(lease, inbox))
            if not answer:
                if not await server.wait_for({inbox: "0-0"}, until - loop.time()):
                    return None
            elif held := self._held(lease, inbox, answer):
                return held
            else:
                await self._discard_turn(lease, inbox, answer[0])

    def _take_plan(self, lease: Lease, inbox: str) -> Plan:
        return {
            "lease": lease_plan(self._server, lease),
            "inbox": inbox,
            "group": WORKERS,
            "consumer": lease.name,
            "key_prefix": self._server.keys.key(""),
        }

    def _held(self, lease: Lease, inbox: str, answer: list[Any]) -> Held | None:
        entry_id, person, sealed, deliveries, wrapped = answer
        key = self._server.key_of(person.decode(), wrapped)
        turn = key.try_open(sealed, inbox, Turn) if key else None
        if turn is None:
            return None
        return Held(lease=lease, entry_id=entry_id.decode(), person=person.decode(), turn=turn, deliveries=deliveries)

    async def _discard_turn(self, lease: Lease, inbox: str, entry_id: bytes) -> None:
        plan = {"lease": lease_plan(self._server, lease), "inbox": inbox, "group": WORKERS, "entry": entry_id.decode()}
        await self._server.run("discard", plan)
        _log.warning("finished 1 turn that nobody can read: its key was destroyed")

    async def load(self, person: str) -> Remembered:
        """What is kept of a person."""
        return await load_person(self._server, person)
