"""Staff accounts, the count of failed logins, and words that count once.

Names and password hashes are sealed with the house key; what is counted lies under HMACs.
"""

from collections.abc import Sequence

from road.account import Account
from store.opened_once import OpenedOnce
from store.server import Server, opened, request_id


class ValkeyAccounts:
    """See `store.interface.Accounts`."""

    _server: Server
    _accounts_read: OpenedOnce[Account]

    async def save_account(self, account: Account) -> None:
        """Creates or replaces an account."""
        server = self._server
        field = server.keyring.name("account", account.name)
        async with server.reading() as client:
            await client.hset(server.keys.accounts, field, server.keyring.house.seal(account, server.keys.accounts))

    async def find_account(self, name: str) -> Account | None:
        """An account by its login name."""
        server = self._server
        async with server.reading() as client:
            sealed = await client.hget(server.keys.accounts, server.keyring.name("account", name))
        return self._account(sealed) if sealed else None

    async def accounts(self) -> Sequence[Account]:
        """All accounts, by name."""
        async with self._server.reading() as client:
            sealed = await client.hvals(self._server.keys.accounts)
        return sorted((self._account(each) for each in sealed), key=lambda account: account.name)

    def _account(self, sealed: bytes) -> Account:
        """An account; each sealed text is opened once, since a roster is asked for with every message."""
        server = self._server
        return self._accounts_read.get(
            sealed, lambda: opened(server.keyring.house, sealed, server.keys.accounts, Account)
        )

    async def count_login(self, key: str, *, window_s: float) -> int:
        """Counts a failed attempt and gives how many there were in the window."""
        server = self._server
        now = server.clock()
        plan = {
            "logins": server.keys.logins(server.keyring.name("login", key)),
            "request": request_id(),
            "now": str(now),
            "since": str(now - window_s),
            "ttl_s": max(1, round(window_s)),
        }
        return int((await server.run("count_login", plan))[0])

    async def spend(self, word: str, *, ttl_s: float) -> bool:
        """Whether this word is said for the first time in so long."""
        server, request = self._server, request_id()
        name = server.keys.once(server.keyring.name("once", word))
        async with server.reading() as client:
            first = await client.set(name, request, nx=True, get=True, px=max(1, round(ttl_s * 1000)))
        return first is None or first.decode() == request  # the second: asked again, since the answer was lost
