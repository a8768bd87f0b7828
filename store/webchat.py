"""The chat page's end of the road: a stream per person, kept for two days."""

import asyncio
from collections.abc import Sequence

from road.reply import HideMessages, Reply
from road.turn import Address
from store.change import Parcel
from store.crypto import PersonKey
from store.keys import WEB_ENTRIES, WEB_S
from store.server import Plan, Server, request_id


class ValkeyWebChat:
    """See `store.interface.WebChat`."""

    _server: Server

    async def show(self, address: Address, reply: Reply) -> int:
        """Appends a reply for the page; a HideMessages also takes away what it names."""
        server = self._server
        person = server.keyring.person(address)
        name = server.keys.web(person)
        plan = {
            "web": name,
            "request": request_id(),
            "now_ms": round(server.clock() * 1000),
            "hidden": [str(i) for i in reply.message_ids] if isinstance(reply, HideMessages) else [],
            "entries": WEB_ENTRIES,
            "ttl_s": WEB_S,
        }

        def sealed(key: PersonKey) -> Plan:
            return {**plan, "sealed": key.seal(Parcel(address, reply), name)}

        return int((await server.run_sealed("show", person, sealed))[0])

    async def shown(self, address: Address, *, after: int, wait_s: float) -> Sequence[tuple[int, Reply]]:
        """Replies after a message id, waiting for the first."""
        server = self._server
        person = server.keyring.person(address)
        name = server.keys.web(person)
        loop = asyncio.get_running_loop()
        until = loop.time() + wait_s
        while not (replies := await self._read(person, name, after)):
            if not await server.wait_for({name: f"{after}-0"}, until - loop.time()):
                return []
        return replies

    async def _read(self, person: str, name: str, after: int) -> list[tuple[int, Reply]]:
        server = self._server
        plan = {"key": server.keys.key(person), "web": name, "from": f"({after}-0"}
        wrapped, entries = await server.run("shown", plan)
        key = server.key_of(person, wrapped)
        if key is None:
            return []
        opened = [(_number(i), key.try_open(flat[flat.index(b"d") + 1], name, Parcel)) for i, flat in entries]
        return [(number, parcel.reply) for number, parcel in opened if parcel is not None]


def _number(entry_id: bytes) -> int:
    return int(entry_id.partition(b"-")[0])
