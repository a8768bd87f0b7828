"""The store in this process: for other rooms' tests, and to read what the store promises without the server's words."""

from collections.abc import Mapping

from road.clock import Clock, system_clock
from road.turn import Address
from store.crypto import KEY_BYTES, Keyring
from store.keys import DAY_S
from store.memory_desk import MemoryDesk
from store.memory_files import MemoryFiles
from store.memory_road import MemoryRoad
from store.memory_state import State


class MemoryStore(MemoryRoad, MemoryDesk, MemoryFiles):
    """See `store.interface.Store`. Nothing is sealed, nothing outlives the process."""

    def __init__(
        self,
        *,
        keyring: Keyring | None = None,
        staff: Mapping[str, tuple[Address, ...]] | None = None,
        retention_days: int = 30,
        clock: Clock = system_clock,
    ) -> None:
        """An empty store."""
        self._keyring = keyring or Keyring(bytes(KEY_BYTES))
        self._state = State(clock=clock, staff=dict(staff or {}), retention_s=retention_days * DAY_S)

    def person(self, address: Address) -> str:
        """The person's name in every key."""
        return self._keyring.person(address)

    async def close(self) -> None:
        """Nothing to close."""
