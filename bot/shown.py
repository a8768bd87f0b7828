"""What the last deliveries showed, each by itself.

A wish to hide everything and the store's own afterthought (a delivery was under way when the wish was written: hide it
too) look the same on the way out. The afterthought names exactly what one delivery showed; a wish names more.
"""

from collections import deque
from typing import Final

from road.turn import Address

KEPT: Final = 1000


class Shown:
    """Message ids of the last deliveries."""

    def __init__(self) -> None:
        self._deliveries: deque[tuple[Address, frozenset[int]]] = deque(maxlen=KEPT)

    def add(self, address: Address, message_ids: list[int]) -> None:
        """Notes what a delivery showed."""
        self._deliveries.append((address, frozenset(message_ids)))

    def is_one_delivery(self, address: Address, message_ids: tuple[int, ...]) -> bool:
        """Whether these are the messages of one delivery."""
        return (address, frozenset(message_ids)) in self._deliveries
