"""Leases in the server: strings that run out by themselves, with a fence that only grows."""

from store.interface import Lease
from store.server import Plan, Server


def lease_plan(server: Server, lease: Lease) -> Plan:
    """What scripts need to check that a lease still holds."""
    return {"key": server.keys.lease(lease.name), "token": f"{lease.fence} {lease.holder}"}


class ValkeyLeases:
    """See `store.interface.Leases`."""

    _server: Server

    async def acquire(self, name: str, holder: str, *, ttl_s: float) -> Lease | None:
        """The lease, or None; the present holder gets its own again."""
        keys = self._server.keys
        plan = {"lease": keys.lease(name), "fence": keys.fence(name), "holder": holder, "ttl_ms": _ms(ttl_s)}
        fence = await self._server.run("acquire", plan)
        return Lease(name=name, holder=holder, fence=fence[0]) if fence else None

    async def renew(self, lease: Lease, *, ttl_s: float) -> bool:
        """False when it was lost."""
        plan = {"lease": lease_plan(self._server, lease), "ttl_ms": _ms(ttl_s)}
        return bool((await self._server.run("renew", plan))[0])

    async def release(self, lease: Lease) -> None:
        """Gives it back early."""
        await self._server.run("release", {"lease": lease_plan(self._server, lease)})


def _ms(seconds: float) -> int:
    return max(1, round(seconds * 1000))
