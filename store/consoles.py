"""Console sessions and login links. Secrets lie here only as HMACs; what they open is sealed with the house key."""

import secrets
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from road.account import Account
from road.console import OpenConsole, console_id
from store.accounts import ValkeyAccounts
from store.keys import SEEN_EVERY_S
from store.server import readable, request_id

KNOWN_OWNERS: Final = 2000
"""So many sessions are known by their account; then all are let go."""

_USED_LINK_S: Final = 60  # long enough for a client to ask again whose answer was lost


class Pass(msgspec.Struct, frozen=True):
    """Whom a session or a link lets in, for as long as the account has the password that it had.

    Attributes:
        password: HMAC of the password's hash.
        console: What is known of a session; None for a link.
    """

    account: str
    password: str
    console: OpenConsole | None = None


class ValkeyConsoles(ValkeyAccounts):
    """See `store.interface.Consoles`."""

    _owners: dict[str, str]

    async def open_console(self, account: str, *, ttl_s: float, browser: str = "") -> str:
        """A new console session's secret."""
        server, secret = self._server, secrets.token_urlsafe(32)
        now, name = server.clock(), console_id(secret)
        console = OpenConsole(id=name, browser=browser, begun_at=now, seen_at=now)
        await self._keep(self._console_key(name), await self._pass(account, console), ttl_s)
        async with server.reading() as client:
            await client.sadd(self._consoles_key(account), name)
            await client.expire(self._consoles_key(account), max(1, round(ttl_s)))
        return secret

    async def console_account(self, secret: str) -> Account | None:
        """Whose console session this is."""
        key = self._console_key(console_id(secret))
        passed, known = await self._session(key)
        owner = self._let_in(passed, known) if known else await self._owner(passed)
        if owner and passed:
            await self._note_sight(key, passed)
            self._note_owner(key, owner)
        return owner

    async def close_console(self, secret: str) -> None:
        """Ends a console session."""
        async with self._server.reading() as client:
            await client.delete(self._console_key(console_id(secret)))

    async def consoles(self, account: str) -> Sequence[OpenConsole]:
        """An account's open sessions, the one last seen first."""
        server = self._server
        async with server.reading() as client:
            names = [name.decode() for name in await client.smembers(self._consoles_key(account))]
        passes = [await self._passed(self._console_key(name)) for name in names]
        alive = [passed.console for passed in passes if passed and passed.console and await self._owner(passed)]
        return sorted(alive, key=lambda console: (-console.seen_at, console.id))

    async def end_console(self, account: str, console: str) -> None:
        """Ends a session of this account by its id."""
        async with self._server.reading() as client:
            if await client.sismember(self._consoles_key(account), console):
                await client.delete(self._console_key(console))
                await client.srem(self._consoles_key(account), console)

    async def make_login_link(self, account: str, *, ttl_s: float) -> str:
        """A secret that logs in once."""
        secret = secrets.token_urlsafe(32)
        await self._keep(self._link_key(secret), await self._pass(account, None), ttl_s)
        return secret

    async def use_login_link(self, secret: str) -> Account | None:
        """The account of a one-time login, which is then used up."""
        key = self._link_key(secret)
        plan = {"link": key, "request": request_id(), "used_ttl_s": _USED_LINK_S}
        answer = await self._server.run("use_link", plan)
        sealed = answer[0] if answer else None
        return await self._owner(readable(self._server.keyring.house, sealed, key, Pass) if sealed else None)

    def _console_key(self, console: str) -> str:
        return self._server.keys.console(self._server.keyring.name("console", console))

    def _consoles_key(self, account: str) -> str:
        return self._server.keys.consoles(self._server.keyring.name("account", account))

    def _link_key(self, secret: str) -> str:
        return self._server.keys.link(self._server.keyring.name("secret", secret))

    async def _pass(self, account: str, console: OpenConsole | None) -> Pass:
        owner = await self.find_account(account)
        return Pass(account, self._password_of(owner) if owner else "", console)

    async def _keep(self, key: str, passed: Pass, ttl_s: float) -> None:
        sealed = self._server.keyring.house.seal(passed, key)
        async with self._server.reading() as client:
            await client.set(key, sealed, px=max(1, round(ttl_s * 1000)))

    async def _passed(self, key: str) -> Pass | None:
        async with self._server.reading() as client:
            sealed = await client.get(key)
        return readable(self._server.keyring.house, sealed, key, Pass) if sealed else None

    async def _session(self, key: str) -> tuple[Pass | None, Account | None]:
        """A session, and in the same question the account, where it is known whose it is: sessions change no hands."""
        server = self._server
        plan = {"session": key, "accounts": server.keys.accounts, "account": self._owners.get(key, "")}
        sealed, account = await server.run("session", plan)
        passed = readable(server.keyring.house, sealed, key, Pass) if sealed else None
        return passed, self._account(account) if account else None

    async def _owner(self, passed: Pass | None) -> Account | None:
        return self._let_in(passed, await self.find_account(passed.account)) if passed else None

    def _let_in(self, passed: Pass | None, owner: Account | None) -> Account | None:
        return owner if owner and passed and passed.password == self._password_of(owner) else None

    def _note_owner(self, key: str, owner: Account) -> None:
        if len(self._owners) >= KNOWN_OWNERS:
            self._owners.clear()
        self._owners[key] = self._server.keyring.name("account", owner.name)

    async def _note_sight(self, key: str, passed: Pass) -> None:
        """Only where the session is there still: one that is ended meanwhile stays ended."""
        now = self._server.clock()
        if passed.console is None or now - passed.console.seen_at < SEEN_EVERY_S:
            return
        seen = replace(passed, console=replace(passed.console, seen_at=now))
        async with self._server.reading() as client:
            await client.set(key, self._server.keyring.house.seal(seen, key), xx=True, keepttl=True)

    def _password_of(self, account: Account) -> str:
        return self._server.keyring.name("password", account.password_hash)
