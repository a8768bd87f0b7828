"""One Valkey or Redis server as the store's concerns see it: scripts, waiting, and errors of ours.

The only place that knows redis-py and its exceptions. Every command sent here may be sent twice: scripts carry a
request id or change nothing the second time. That is why the client may retry them; the client that waits does not.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final, TypeVar

import msgspec
from redis import exceptions
from redis.asyncio import BlockingConnectionPool, ConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff
from redis.commands.core import AsyncScript

from road.clock import Clock
from road.errors import Conflict, StoreError, StoreFull, StoreMismatch, StoreUnavailable
from store import scripts
from store.crypto import Keyring, PersonKey, Seal, Unreadable
from store.keys import KEY_MARGIN_S, Keys

RETRIES: Final = 2
COMMAND_TIMEOUT_S: Final = 5.0
_GRACE_S: Final = 5.0  # how much longer than asked a waiting read may take before the server counts as gone
_CONNECTIONS: Final = 32
_KEY_TRIES: Final = 5
_KNOWN_KEYS: Final = 4096
_PROTOCOL: Final = 2  # RESP2: the same plain lists from every server

_log = logging.getLogger(__name__)

Plan = dict[str, Any]
T = TypeVar("T")


class Server:
    """A connection with what every concern of the store needs beside it.

    Attributes:
        retention_s: How long sessions, transcripts and closed cases are kept.
    """

    def __init__(self, url: str, *, keyring: Keyring, clock: Clock, retention_s: int, prefix: str) -> None:
        self.keys = Keys(prefix)
        self.keyring = keyring
        self.clock = clock
        self.retention_s = retention_s
        self._client = Redis(connection_pool=_command_pool(url))
        self._waiter = Redis(connection_pool=_waiting_pool(url))
        self._scripts: dict[str, AsyncScript] = {}
        self._wrapped: dict[str, str] = {}

    async def run(self, script: str, plan: Plan) -> list[Any]:
        """Runs a script; its answer after the leading word "ok", or the whole answer for other words.

        Raises:
            Conflict: The script refused; its text says what no longer holds.
            StoreUnavailable, StoreFull: As it is.
        """
        with translated():
            answer = await self._script(script)(args=[msgspec.msgpack.encode(plan)])
        match answer[0]:
            case b"ok":
                return list(answer[1:])
            case b"conflict":
                raise Conflict(f"{script}: the {answer[1].decode()} changed")
        return list(answer)

    def _script(self, name: str) -> AsyncScript:
        if name not in self._scripts:
            self._scripts[name] = self._client.register_script(scripts.source(name))
        return self._scripts[name]

    async def run_sealed(self, script: str, person: str, plan_for: Callable[[PersonKey], Plan]) -> list[Any]:
        """Runs a script whose plan is sealed with the person's key, which it creates where there is none.

        The key may be destroyed or made by others at any time; the script looks, and the plan is sealed again.
        """
        key = self._known_key(person)
        for _ in range(_KEY_TRIES):
            answer = await self.run(script, {**plan_for(key), "key": self.key_plan(person, key)})
            if not (answer and answer[0] == b"rekey"):
                self.note_key(person, key.wrapped)
                return answer
            key = self.key_of(person, answer[1]) or self.keyring.fresh_key(person)
        raise Conflict(f"{script}: the key changed")

    def key_plan(self, person: str, key: PersonKey) -> Plan:
        """What the scripts need to know of a person's key."""
        ttl_s = self.retention_s + KEY_MARGIN_S
        return {"name": self.keys.key(person), "wrapped": key.wrapped, "fresh": key.fresh, "ttl_s": ttl_s}

    def key_of(self, person: str, wrapped: bytes) -> PersonKey | None:
        """The person's key as a script gave it; None when there is none.

        Raises:
            StoreMismatch: It was wrapped under another master key.
        """
        if not wrapped:
            return None
        with translated():
            key = self.keyring.unwrap(person, wrapped)
        self.note_key(person, key.wrapped)
        return key

    def note_key(self, person: str, wrapped: str) -> None:
        """Keeps a wrapped key at hand, which spares a round trip; scripts check it every time."""
        self._wrapped.pop(person, None)
        self._wrapped[person] = wrapped
        if len(self._wrapped) > _KNOWN_KEYS:
            del self._wrapped[next(iter(self._wrapped))]

    def _known_key(self, person: str) -> PersonKey:
        wrapped = self._wrapped.get(person)
        return self.keyring.unwrap(person, wrapped) if wrapped else self.keyring.fresh_key(person)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Any]:
        """The client, for single commands that may be repeated; its replies are bytes, whatever its types say."""
        with translated():
            yield self._client

    async def wait_for(self, streams: Mapping[str, str], wait_s: float) -> list[Any]:
        """Entries behind the given ids, as soon as there are any; empty after waiting."""
        if wait_s <= 0:
            return []
        positions: dict[Any, Any] = {**streams}
        with translated():
            async with asyncio.timeout(wait_s + _GRACE_S):
                answer = await self._waiter.xread(positions, count=100, block=max(1, int(wait_s * 1000)))
        return list(answer or ())

    async def close(self) -> None:
        """Closes connections."""
        await self._client.aclose(close_connection_pool=True)
        await self._waiter.aclose(close_connection_pool=True)


@contextmanager
def translated() -> Iterator[None]:
    """Makes redis-py's errors ours."""
    try:
        yield
    except exceptions.OutOfMemoryError as error:
        raise StoreFull("the store takes no more: memory is full") from error
    except exceptions.ResponseError as error:
        raise _refusal(error) from error
    except (exceptions.RedisError, OSError, TimeoutError) as error:
        raise StoreUnavailable(f"no answer from the store ({type(error).__name__})") from error
    except Unreadable as error:
        raise StoreMismatch("the store was written under another master key, or is damaged") from error


def _refusal(error: exceptions.ResponseError) -> StoreError:
    text = str(error)
    if "MISCONF" in text or "OOM" in text:
        return StoreFull("the store takes no more: it cannot write to disk")
    if text.startswith(("READONLY", "LOADING", "MASTERDOWN", "NOREPLICAS")):
        return StoreUnavailable(f"the store takes no writes now ({text.split(maxsplit=1)[0]})")
    return StoreError(f"the store refused a command ({text.split(maxsplit=1)[0]})")


def opened(key: Seal | None, sealed: bytes, place: str, kind: type[T]) -> T:
    """A value that must be readable: it lies there only as long as its key.

    Raises:
        StoreMismatch: It is not.
    """
    with translated():
        if key is None:
            raise Unreadable("the key is gone")
        return key.open(sealed, place, kind)


def readable(key: Seal | None, sealed: bytes, place: str, kind: type[T]) -> T | None:
    """A value, or None for one that is damaged: it must not keep the rest from being read."""
    value = key.try_open(sealed, place, kind) if key else None
    if value is None:
        _log.error("a stored %s cannot be read and is left out", kind.__name__)
    return value


def request_id() -> str:
    """Names one request, so that asking again does nothing twice."""
    return secrets.token_hex(8)


def _command_pool(url: str) -> ConnectionPool:
    retry = Retry(ExponentialWithJitterBackoff(base=0.02, cap=0.2), RETRIES)
    return BlockingConnectionPool.from_url(
        url,
        protocol=_PROTOCOL,
        max_connections=_CONNECTIONS,
        timeout=COMMAND_TIMEOUT_S,
        socket_timeout=COMMAND_TIMEOUT_S,
        socket_connect_timeout=COMMAND_TIMEOUT_S,
        retry=retry,
    )


def _waiting_pool(url: str) -> ConnectionPool:
    return ConnectionPool.from_url(
        url,
        protocol=_PROTOCOL,
        socket_timeout=None,
        socket_connect_timeout=COMMAND_TIMEOUT_S,
        retry=Retry(NoBackoff(), 0),
    )
