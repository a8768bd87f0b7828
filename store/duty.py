"""Who is at work: on duty, and there."""

from collections.abc import Collection, Sequence

from road.account import OnDuty, Roster
from road.case import Visibility
from store.accounts import ValkeyAccounts
from store.desk import desk_plan
from store.interface import PRESENT_S
from store.server import Plan


class ValkeyDuty(ValkeyAccounts):
    """See `store.interface.Duty`."""

    async def set_duty(self, account: str, *, on: bool) -> None:
        """Puts an account on or off duty."""
        server = self._server
        plan = {
            "duty": server.keys.duty,
            "present": server.keys.present,
            "there_until": str(server.clock() + PRESENT_S),
            "account": server.keyring.name("account", account),
            "sealed": server.keyring.house.seal(account, server.keys.duty),
            "on": on,
            "desk": desk_plan(server, Visibility.ALL),
        }
        await server.run("set_duty", plan)

    async def be_present(self, accounts: Collection[str]) -> None:
        """Says that these accounts are there."""
        server = self._server
        if not accounts:
            return
        until = server.clock() + PRESENT_S
        async with server.reading() as client:
            await client.zadd(
                server.keys.present, {server.keyring.name("account", account): until for account in accounts}, gt=True
            )

    async def roster(self) -> Roster:
        """Who is on duty and there, who is not, and how long cases took lately."""
        server = self._server
        plan = {**self._absence_plan(), "service": server.keys.service}
        rows, service = await server.run("roster", plan)
        staff = [(self._account(sealed), on, holds) for sealed, on, holds in rows]
        staff.sort(key=lambda each: each[0].name)
        return Roster(
            on_duty=tuple(OnDuty(account=account, holds=holds) for account, on, holds in staff if on),
            others=tuple(account for account, on, _ in staff if not on),
            service_s=tuple(float(seconds) for seconds in service),
        )

    async def end_absences(self) -> Sequence[str]:
        """Takes those who are no longer there off duty; ids of the cases that they still hold."""
        plan = {**self._absence_plan(), "desk": desk_plan(self._server, Visibility.ALL)}
        (held,) = await self._server.run("end_absences", plan)
        return [case_id.decode() for case_id in held]

    def _absence_plan(self) -> Plan:
        keys = self._server.keys
        return {
            "accounts": keys.accounts,
            "duty": keys.duty,
            "present": keys.present,
            "held_prefix": keys.held(""),
            "now": str(self._server.clock()),
        }
