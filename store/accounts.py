"""Staff accounts, console sessions, login links and the count of failed logins.

Secrets lie here only as HMACs, names and password hashes sealed with the house key.
"""

import secrets
from collections.abc import Sequence
from typing import Final

import msgspec

from road.account import Account
from store.opened_once import OpenedOnce
from store.server import Server, opened, readable, request_id

_USED_LINK_S: Final = 60  # long enough for a client to ask again whose answer was lost


class Pass(msgspec.Struct, frozen=True):
    """Whom a session or a link lets in, for as long as the account has the password that it had.

    Attributes:
        password: HMAC of the password's hash.
    """

    account: str
    password: str


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

    async def open_console(self, account: str, *, ttl_s: float) -> str:
        """A new console session's secret."""
        secret = secrets.token_urlsafe(32)
        await self._keep(self._server.keys.console(self._name(secret)), account, ttl_s)
        return secret

    async def console_account(self, secret: str) -> Account | None:
        """Whose console session this is."""
        key = self._server.keys.console(self._name(secret))
        async with self._server.reading() as client:
            sealed = await client.get(key)
        return await self._owner(sealed, key)

    async def close_console(self, secret: str) -> None:
        """Ends a console session."""
        async with self._server.reading() as client:
            await client.delete(self._server.keys.console(self._name(secret)))

    async def make_login_link(self, account: str, *, ttl_s: float) -> str:
        """A secret that logs in once."""
        secret = secrets.token_urlsafe(32)
        await self._keep(self._server.keys.link(self._name(secret)), account, ttl_s)
        return secret

    async def use_login_link(self, secret: str) -> Account | None:
        """The account of a one-time login, which is then used up."""
        key = self._server.keys.link(self._name(secret))
        plan = {"link": key, "request": request_id(), "used_ttl_s": _USED_LINK_S}
        answer = await self._server.run("use_link", plan)
        return await self._owner(answer[0] if answer else None, key)

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

    def _name(self, secret: str) -> str:
        return self._server.keyring.name("secret", secret)

    async def _keep(self, key: str, account: str, ttl_s: float) -> None:
        owner = await self.find_account(account)
        kept = Pass(account, self._password_of(owner) if owner else "")
        sealed = self._server.keyring.house.seal(kept, key)
        async with self._server.reading() as client:
            await client.set(key, sealed, px=max(1, round(ttl_s * 1000)))

    async def _owner(self, sealed: bytes | None, key: str) -> Account | None:
        kept = readable(self._server.keyring.house, sealed, key, Pass) if sealed else None
        owner = await self.find_account(kept.account) if kept else None
        return owner if owner and kept and kept.password == self._password_of(owner) else None

    def _password_of(self, account: Account) -> str:
        return self._server.keyring.name("password", account.password_hash)
