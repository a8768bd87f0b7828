"""The store in a Valkey or Redis server. Each concern is a module; this one puts them together."""

from collections.abc import Mapping
from typing import Final

from road.clock import Clock, system_clock
from road.turn import Address
from store.audit import ValkeyAudit
from store.commit import ValkeyCommit
from store.consoles import ValkeyConsoles
from store.crypto import Keyring
from store.desk import ValkeyDesk
from store.duty import ValkeyDuty
from store.erasure import ValkeyUpkeep
from store.files import ValkeyFiles
from store.health import ValkeyHealth
from store.inbox import ValkeyInbox
from store.keys import DAY_S
from store.leases import ValkeyLeases
from store.opened_once import OpenedOnce
from store.outbox import ValkeyOutbox
from store.server import Server
from store.unanswered import ValkeyUnanswered
from store.webchat import ValkeyWebChat

_KEPT_OPEN: Final = 2000


class ValkeyStore(
    ValkeyInbox,
    ValkeyCommit,
    ValkeyLeases,
    ValkeyOutbox,
    ValkeyDesk,
    ValkeyDuty,
    ValkeyConsoles,
    ValkeyAudit,
    ValkeyWebChat,
    ValkeyFiles,
    ValkeyHealth,
    ValkeyUpkeep,
    ValkeyUnanswered,
):
    """See `store.interface.Store`."""

    def __init__(  # noqa: PLR0913 - what a store is made of
        self,
        url: str,
        *,
        keyring: Keyring,
        staff: Mapping[str, tuple[Address, ...]] | None = None,
        retention_days: int = 30,
        audit_days: int = 365,
        clock: Clock = system_clock,
        prefix: str = "hotline:",
    ) -> None:
        """Connects at first use.

        Args:
            url: `unix://`, `redis://` or `rediss://`.
            staff: Chats to call, by the topic's `page` column.
            prefix: In front of every key, where a server is shared.
        """
        retention_s = retention_days * DAY_S
        self._server = Server(url, keyring=keyring, clock=clock, retention_s=retention_s, prefix=prefix)
        self._audit_days = audit_days
        self._staff = dict(staff or {})
        self._asks = {}
        self._owners = {}
        self._accounts_read = OpenedOnce(_KEPT_OPEN)
        self._cases_read = OpenedOnce(_KEPT_OPEN)

    def person(self, address: Address) -> str:
        """The person's name in every key."""
        return self._server.keyring.person(address)

    async def close(self) -> None:
        """Closes connections."""
        await self._server.close()
