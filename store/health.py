"""Whether the store may be used, and which processes of ours are alive."""

import logging
import re
from collections.abc import Sequence
from typing import Any, Final

from road.errors import StoreMismatch
from store.keys import READY_S
from store.server import Server, opened

_OLDEST: Final = (7, 2)  # Valkey's first release; scripts with flags need Redis 7.0
_WORD: Final = "hotline"

_log = logging.getLogger(__name__)


class ValkeyHealth:
    """See `Store.ready` and `store.interface.Health`."""

    _server: Server

    async def ready(self) -> None:
        """Returns when the server answers, takes writes, keeps them, and was written under this master key."""
        server = self._server
        async with server.reading() as client:
            _check(await client.info())
        master = server.keys.master
        plan = {
            "master": master,
            "sealed": server.keyring.house.seal(_WORD, master),
            "ready": server.keys.ready,
            "ttl_s": READY_S,
        }
        opened(server.keyring.house, (await server.run("ready", plan))[0], master, str)

    async def beat(self, process: str, *, ttl_s: float) -> None:
        """Says that a process is alive for so long."""
        await self._server.run(
            "beat", {"alive": self._server.keys.alive, "process": process, "ttl_ms": round(ttl_s * 1000)}
        )

    async def alive(self) -> Sequence[str]:
        """Names of the processes that are."""
        (names,) = await self._server.run("alive", {"alive": self._server.keys.alive})
        return sorted(name.decode() for name in names)


def _check(facts: dict[str, Any]) -> None:
    version = str(facts.get("valkey_version") or facts["redis_version"])
    if tuple(int(part) for part in re.findall(r"\d+", version)[:2]) < _OLDEST:
        raise StoreMismatch(
            f"the store's server is version {version}; at least {'.'.join(map(str, _OLDEST))} is needed"
        )
    policy = facts.get("maxmemory_policy", "noeviction")
    if policy != "noeviction":
        raise StoreMismatch(
            f"the store's server throws data away when it is full: set maxmemory-policy noeviction, not {policy}"
        )
    if not facts.get("aof_enabled"):
        _log.warning("the store's server keeps no append-only file: a power cut loses messages")
