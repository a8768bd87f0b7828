"""Accounts, console sessions and the record of what staff does, in this process."""

import secrets
from collections.abc import Collection, Sequence
from datetime import date

from msgspec.structs import replace

from road.account import Account
from road.audit import AuditEntry, AuditKind
from road.clock import day_of
from road.console import OpenConsole, console_id
from store.keys import NOTED_S, SEEN_EVERY_S
from store.memory_state import State


class MemoryStaff:
    """See `store.interface`: Accounts, Consoles and Audit."""

    _state: State

    async def save_account(self, account: Account) -> None:
        """Creates or replaces an account."""
        self._state.accounts[account.name] = account

    async def find_account(self, name: str) -> Account | None:
        """An account by its login name."""
        return self._state.accounts.get(name)

    async def accounts(self) -> Sequence[Account]:
        """All accounts, by name."""
        return sorted(self._state.accounts.values(), key=lambda account: account.name)

    async def count_login(self, key: str, *, window_s: float) -> int:
        """Counts a failed attempt and gives how many there were in the window."""
        now = self._state.clock()
        recent = [at for at in self._state.logins[key] if at > now - window_s]
        self._state.logins[key] = [*recent, now]
        return len(self._state.logins[key])

    async def spend(self, word: str, *, ttl_s: float) -> bool:
        """Whether this word is said for the first time in so long."""
        return self._state.says_first(word, ttl_s)

    async def open_console(self, account: str, *, ttl_s: float, browser: str = "") -> str:
        """A new console session's secret."""
        secret, now = secrets.token_urlsafe(32), self._state.clock()
        name = console_id(secret)
        self._keep(f"console:{name}", account, ttl_s)
        self._state.consoles[name] = OpenConsole(id=name, browser=browser, begun_at=now, seen_at=now)
        return secret

    async def console_account(self, secret: str) -> Account | None:
        """Whose console session this is."""
        name = console_id(secret)
        owner = self._owner(self._state.secrets.get(f"console:{name}"))
        now = self._state.clock()
        if owner and now - self._state.consoles[name].seen_at >= SEEN_EVERY_S:
            self._state.consoles[name] = replace(self._state.consoles[name], seen_at=now)
        return owner

    async def close_console(self, secret: str) -> None:
        """Ends a console session."""
        self._state.secrets.pop(f"console:{console_id(secret)}", None)

    async def consoles(self, account: str) -> Sequence[OpenConsole]:
        """An account's open sessions, the one last seen first."""
        alive = [console for console in self._state.consoles.values() if self._owns(account, console.id)]
        return sorted(alive, key=lambda console: (-console.seen_at, console.id))

    async def end_console(self, account: str, console: str) -> None:
        """Ends a session of this account by its id."""
        if self._owns(account, console):
            del self._state.secrets[f"console:{console}"]

    async def make_login_link(self, account: str, *, ttl_s: float) -> str:
        """A secret that logs in once."""
        secret = secrets.token_urlsafe(32)
        self._keep(f"link:{secret}", account, ttl_s)
        return secret

    async def use_login_link(self, secret: str) -> Account | None:
        """The account of a one-time login, which is then used up."""
        return self._owner(self._state.secrets.pop(f"link:{secret}", None))

    async def note(self, entry: AuditEntry, *, once: str = "") -> None:
        """Adds an entry."""
        if not once or self._state.says_first(f"note:{once}", NOTED_S):
            self._state.audit[day_of(entry.at)].append(entry)

    async def audited(self, days: Collection[date], kinds: Collection[AuditKind]) -> Sequence[AuditEntry]:
        """Some days' entries of some kinds, oldest first."""
        found = (entry for day in days for entry in self._state.audit[day] if entry.kind in kinds)
        return sorted(found, key=lambda entry: (entry.at, list(AuditKind).index(entry.kind)))

    def _keep(self, key: str, account: str, ttl_s: float) -> None:
        owner = self._state.accounts.get(account)
        password = owner.password_hash if owner else ""
        self._state.secrets[key] = (account, password, self._state.clock() + ttl_s)

    def _owner(self, kept: tuple[str, str, float] | None) -> Account | None:
        if kept is None or kept[2] <= self._state.clock():
            return None
        owner = self._state.accounts.get(kept[0])
        return owner if owner and owner.password_hash == kept[1] else None

    def _owns(self, account: str, console: str) -> bool:
        owner = self._owner(self._state.secrets.get(f"console:{console}"))
        return owner is not None and owner.name == account
