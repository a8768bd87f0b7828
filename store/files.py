"""Files: a stream of sealed pieces each, whose last entry says what it is.

Pieces have their numbers as ids, so that writing one again changes nothing, and a reader fetches only those it needs.
"""

import asyncio
from collections.abc import Collection, Mapping
from typing import Final

from road.case import Visibility
from road.file import FileState, KeptFile, Wish
from road.reply import Reply, SendFile
from road.turn import Attachment
from store.crypto import PersonKey
from store.desk import desk_plan
from store.interface import Lease
from store.keys import COPIES_BYTES, COPY_S, FAULT_S, OWN_FILE_S, WISH_S
from store.leases import lease_plan
from store.server import Plan, Server, translated

PIECE_BYTES: Final = 262_144
"""Large enough that a photo is one or two pieces, small enough that the server never stops for one."""

_WISHES: Final = 1000


class ValkeyFiles:
    """See `store.interface.Files`."""

    _server: Server

    async def want_file(self, wish: Wish) -> None:
        """Asks for a copy."""
        wanted = self._server.keys.wanted

        def asked(key: PersonKey) -> Plan:
            return {
                **self._file_plan(wish.person, wish.file),
                "state": FileState.ASKED,
                "wish": key.seal(wish, wanted),
                "wanted": {"stream": wanted, "entries": _WISHES, "ttl_s": WISH_S},
            }

        await self._server.run_sealed("expect_file", wish.person, asked)

    async def next_wish(self, lease: Lease, *, wait_s: float) -> Wish | None:
        """The oldest wish, handed out once, or None after waiting."""
        server = self._server
        loop = asyncio.get_running_loop()
        until = loop.time() + wait_s
        plan = {
            "lease": lease_plan(server, lease),
            "wanted": server.keys.wanted,
            "key_prefix": server.keys.key(""),
        }
        while True:
            last_id, *found = await server.run("next_wish", plan)
            if found:
                return self._wish(*found)
            if not await server.wait_for({server.keys.wanted: last_id.decode()}, until - loop.time()):
                return None

    def _wish(self, person: bytes, sealed: bytes, wrapped: bytes) -> Wish | None:
        """None for a wish about somebody who has erased everything meanwhile."""
        key = self._server.key_of(person.decode(), wrapped)
        return key.try_open(sealed, self._server.keys.wanted, Wish) if key else None

    async def keep_copy(self, wish: Wish, media_type: str, content: bytes) -> None:
        """Keeps a copy for a while."""
        kept = KeptFile(media_type=media_type, size_bytes=len(content))
        plan = {**self._copy_plan(wish, media_type), "ttl_s": COPY_S, "room": _room_plan(self._server, len(content))}
        await self._write_file(wish.person, wish.file, content, kept, plan)

    async def refuse_copy(self, wish: Wish, why: FileState) -> None:
        """Says why there will be no copy."""
        plan = {**self._copy_plan(wish, why), "ttl_s": FAULT_S}
        await self._write_file(wish.person, wish.file, b"", KeptFile(fault=why), plan)

    async def keep_file(self, person: str, file: Attachment, content: bytes) -> None:
        """Keeps a file of staff's until it is sent."""
        expected = {**self._file_plan(person, file), "state": FileState.WAITING}
        await self._server.run_sealed("expect_file", person, lambda _key: expected)
        kept = KeptFile(media_type=file.media_type, size_bytes=len(content))
        plan = {**self._file_plan(person, file), "expected": FileState.WAITING, "ttl_s": OWN_FILE_S}
        await self._write_file(person, file, content, kept, plan)

    async def drop_file(self, person: str, file: Attachment) -> None:
        """Takes a file of staff's back."""
        async with self._server.reading() as client, client.pipeline(transaction=True) as together:
            together.delete(self._stream(person, file))
            together.hdel(self._server.keys.files(person), self._file_name(person, file))
            await together.execute()

    async def find_file(self, person: str, file: Attachment, *, wait_s: float) -> KeptFile | None:
        """What there is of a file, waiting until something is."""
        loop = asyncio.get_running_loop()
        until = loop.time() + wait_s
        stream = self._stream(person, file)
        while True:
            last_id, kept = await self._end(person, stream)
            if kept or not await self._server.wait_for({stream: last_id}, until - loop.time()):
                return kept

    async def read_file(self, person: str, file: Attachment, start: int, stop: int) -> bytes:
        """The content from one byte to before another."""
        stream = self._stream(person, file)
        first, last = start // PIECE_BYTES, max(start, stop - 1) // PIECE_BYTES
        async with self._server.reading() as client, client.pipeline(transaction=True) as together:
            together.get(self._server.keys.key(person)).xrange(stream, f"{first + 1}-0", f"{last + 1}-0")
            wrapped, entries = await together.execute()
        key = self._server.key_of(person, wrapped)
        if key is None:
            return b""
        pieces = [_opened(key, fields, stream, entry_id) for entry_id, fields in entries if b"c" in fields]
        return b"".join(pieces)[start - first * PIECE_BYTES : stop - first * PIECE_BYTES]

    async def file_states(self, person: str, files: Collection[Attachment]) -> Mapping[str, str]:
        """By a file's id: its media type or a `FileState`."""
        if not files:
            return {}
        names = [self._file_name(person, file) for file in files]
        async with self._server.reading() as client:
            states = await client.hmget(self._server.keys.files(person), names)
        return {file.id: state.decode() for file, state in zip(files, states, strict=True) if state}

    async def _write_file(self, person: str, file: Attachment, content: bytes, kept: KeptFile, plan: Plan) -> None:
        """Piece by piece, and the end; nothing more once a piece is not taken."""
        stream = self._stream(person, file)
        pieces = [content[at : at + PIECE_BYTES] for at in range(0, len(content), PIECE_BYTES)]
        for number, piece in enumerate(pieces, 1):
            if not await self._put_piece(person, {**plan, "number": number}, piece):
                return

        def ended(key: PersonKey) -> Plan:
            return {**plan, "number": len(pieces) + 1, "field": "m", "sealed": key.seal(kept, stream)}

        await self._server.run_sealed("put_file", person, ended)

    async def _put_piece(self, person: str, plan: Plan, piece: bytes) -> bool:
        place = _place(plan["stream"], plan["number"])

        def filled(key: PersonKey) -> Plan:
            return {**plan, "field": "c", "sealed": key.seal_bytes(piece, place)}

        return await self._server.run_sealed("put_file", person, filled) == [1]

    async def _end(self, person: str, stream: str) -> tuple[str, KeptFile | None]:
        """The last entry's id, and what it says of the file once it is whole."""
        async with self._server.reading() as client, client.pipeline(transaction=True) as together:
            together.get(self._server.keys.key(person)).xrevrange(stream, count=1)
            wrapped, entries = await together.execute()
        if not entries:
            return "0-0", None
        ((last_id, last),) = entries
        key = self._server.key_of(person, wrapped)
        kept = key.try_open(last[b"m"], stream, KeptFile) if key and b"m" in last else None
        return last_id.decode(), kept

    def _file_name(self, person: str, file: Attachment) -> str:
        return self._server.keyring.name("file", f"{person}:{file.id}")

    def _stream(self, person: str, file: Attachment) -> str:
        return self._server.keys.file(self._file_name(person, file))

    def _file_plan(self, person: str, file: Attachment) -> Plan:
        keys = self._server.keys
        return {
            "person": person,
            "transcript": keys.transcript(person),
            "files": keys.files(person),
            "file": self._file_name(person, file),
            "stream": self._stream(person, file),
            "file_prefix": keys.file(""),
        }

    def _copy_plan(self, wish: Wish, state: str) -> Plan:
        """A copy, or a fault: what is known of the file once it is there, and whose consoles hear of it."""
        end = {"state": state, "desk": desk_plan(self._server, wish.visibility), "case": wish.case_id}
        return {**self._file_plan(wish.person, wish.file), "expected": FileState.ASKED, "end": end}


def own_file_plan(server: Server, person: str, reply: Reply, state: FileState) -> Plan:
    """What scripts do with a file of staff's on which the courier is done; nothing for other replies."""
    if not isinstance(reply, SendFile):
        return {}
    name = server.keyring.name("file", f"{person}:{reply.file.id}")
    plan = {
        "files": server.keys.files(person),
        "file": name,
        "stream": server.keys.file(name),
        "state": state,
        "desk": desk_plan(server, Visibility(reply.visibility)),
        "case": reply.case_id,
    }
    return {"file": plan}


def _room_plan(server: Server, size_bytes: int) -> Plan:
    now = server.clock()
    return {
        "name": server.keys.copies,
        "now": str(now),
        "ends": str(now + COPY_S),
        "size": size_bytes,
        "most": COPIES_BYTES,
        "ttl_s": COPY_S,
    }


def _opened(key: PersonKey, fields: Mapping[bytes, bytes], stream: str, entry_id: bytes) -> bytes:
    with translated():
        return key.open_bytes(fields[b"c"], _place(stream, int(entry_id.partition(b"-")[0])))


def _place(stream: str, number: int) -> str:
    return f"{stream}:{number}"
