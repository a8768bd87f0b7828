"""One service's trial: slow rates first, then flat out, the same for all that are compared."""

from collections.abc import Callable
from statistics import median
from typing import Protocol

import msgspec

from bench.figures import Flow
from bench.load import Watch, send_at, send_flat_out
from bench.question import Message, Supply

BUSY_PER_S = 20.0
RATES = {5.0: 60, 10.0: 120, BUSY_PER_S: 300}
"""Messages a second, and how many at that rate."""

WARM_UP = 20
WARM_UP_PER_S = 10.0

ROUNDS = 3
"""Flat-out rounds; the median counts."""

Say = Callable[[str], None]
"""Shows what is being done."""


class Load(msgspec.Struct, frozen=True):
    """How many messages a service is sent at each rate, and in each round flat out."""

    rates: dict[float, int]
    flat_out: int


class Way(Protocol):
    """How messages get to a service; it tells `watch` of the answers."""

    watch: Watch

    async def send(self, message: Message) -> None:
        """Returns when the service has taken the message."""


async def trial(way: Way, supply: Supply, say: Say, load: Load) -> list[Flow]:
    """The flow at each rate, and flat out last."""
    await _rate(way, supply, WARM_UP_PER_S, WARM_UP)
    flows = []
    for per_s, count in load.rates.items():
        say(f"{per_s:g} messages/s")
        flows.append(await _rate(way, supply, per_s, count))
    rounds = []
    for number in range(1, ROUNDS + 1):
        say(f"flat out, round {number} of {ROUNDS}")
        rounds.append(await _flat_out(way, supply, load.flat_out))
    return [*flows, _middle(rounds)]


async def _rate(way: Way, supply: Supply, per_s: float, count: int) -> Flow:
    way.watch = Watch()
    await send_at(per_s, supply.take(count), way.send, way.watch)
    await way.watch.until_answered()
    return way.watch.flow(per_s)


async def _flat_out(way: Way, supply: Supply, count: int) -> Flow:
    way.watch = Watch()
    await send_flat_out(supply.take(count), way.send, way.watch)
    await way.watch.until_answered()
    return way.watch.flow(0.0)


def _middle(rounds: list[Flow]) -> Flow:
    """The median of each figure; what was lost in any round was lost."""
    return Flow(
        asked_per_s=0.0,
        answered_per_s=median(flow.answered_per_s for flow in rounds),
        p50_ms=median(flow.p50_ms for flow in rounds),
        p95_ms=median(flow.p95_ms for flow in rounds),
        sent=sum(flow.sent for flow in rounds),
        lost=sum(flow.lost for flow in rounds),
    )
