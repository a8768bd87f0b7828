"""The record of what staff does: a list for each day and kind, sealed with the house key, which only grows."""

from collections.abc import Collection, Sequence
from datetime import date

from road.audit import AuditEntry, AuditKind
from road.clock import day_of
from store.keys import DAY_S, NOTED_S
from store.server import Server, readable, request_id


class ValkeyAudit:
    """See `store.interface.Audit`."""

    _server: Server
    _audit_days: int

    async def note(self, entry: AuditEntry, *, once: str = "") -> None:
        """Adds an entry."""
        server = self._server
        name = server.keys.audit(day_of(entry.at).isoformat(), entry.kind)
        plan = {
            "audit": name,
            "sealed": server.keyring.house.seal(entry, name),
            "ttl_s": (self._audit_days + 1) * DAY_S,
            "once": server.keys.once(server.keyring.name("note", once or request_id())),
            "once_ttl_s": NOTED_S,
        }
        await server.run("note", plan)

    async def audited(self, days: Collection[date], kinds: Collection[AuditKind]) -> Sequence[AuditEntry]:
        """Some days' entries of some kinds, oldest first."""
        server = self._server
        names = [
            server.keys.audit(day.isoformat(), kind) for day in sorted(days) for kind in AuditKind if kind in kinds
        ]
        async with server.reading() as client:
            pipeline = client.pipeline(transaction=False)
            for name in names:
                pipeline.lrange(name, 0, -1)
            lists = await pipeline.execute()
        rows = ((name, sealed) for name, each in zip(names, lists, strict=True) for sealed in each)
        found = [readable(server.keyring.house, sealed, name, AuditEntry) for name, sealed in rows]
        return sorted((entry for entry in found if entry), key=lambda entry: entry.at)
