"""Accounts of staff from the command line, and the one-time login of a first start."""

import secrets
import string
from collections.abc import Collection, Sequence

import msgspec
from argon2 import PasswordHasher
from msgspec.structs import replace

from content.content import Content
from road.account import Account, Role
from road.audit import AuditEntry, AuditKind
from road.clock import system_clock
from road.errors import HotlineError
from store.interface import Store

FIRST_ACCOUNTS = (Role.OPERATOR, Role.EDITOR)
"""Whose one-time links the first start prints; their names are those of the roles."""

LOGIN_LINK_S = 3600.0
PASSWORD_CHARACTERS = 16


ALL = "all"
"""Stands for every language, or every group of topics."""


class Skills(msgspec.Struct, frozen=True, kw_only=True):
    """What is to change of an account; None: stays as it is."""

    role: Role | None = None
    locales: Sequence[str] | None = None
    groups: Sequence[str] | None = None
    capacity: int | None = None
    chat: str | None = None
    on_call: bool | None = None


def with_skills(account: Account, skills: Skills, content: Content) -> Account:
    """The account with what has changed.

    Raises:
        HotlineError: A language or a group that the hotline does not have, or a chat id that is no number.
    """
    groups = {topic.group for topic in content.topics.values()}
    if skills.chat and not skills.chat.removeprefix("-").isdigit():
        raise HotlineError(f"chat: {skills.chat!r} is not a number")
    named = {
        "role": skills.role,
        "locales": _known("speaks", skills.locales, content.languages),
        "groups": _known("knows", skills.groups, groups),
        "capacity": skills.capacity,
        "chat": skills.chat,
        "on_call": skills.on_call,
    }
    return replace(account, **{field: value for field, value in named.items() if value is not None})


def _known(option: str, words: Sequence[str] | None, known: Collection[str]) -> tuple[str, ...] | None:
    """The words, once each; none for all."""
    if not words:
        return None
    if ALL in words:
        return ()
    for word in words:
        if word not in known:
            raise HotlineError(f"{option}: {word!r} is not one of {', '.join(sorted(known))}, {ALL}")
    return tuple(dict.fromkeys(words))


async def noted(store: Store, account: Account, kind: AuditKind) -> None:
    """Saves an account, and notes in the record that the command line did."""
    await store.save_account(account)
    await store.note(AuditEntry(at=system_clock(), kind=kind, about=account.name))


async def end_sessions(store: Store, account: Account) -> int:
    """Ends all sessions of an account; how many there were."""
    consoles = await store.consoles(account.name)
    for console in consoles:
        await store.end_console(account.name, console.id)
    await store.note(AuditEntry(at=system_clock(), kind=AuditKind.SESSIONS_ENDED, about=account.name))
    return len(consoles)


async def first_login_link(store: Store, role: Role, console_url: str) -> str:
    """A link that logs in once; where there is no first account of this role yet, it is made, its password unknown."""
    account = await store.find_account(role)
    if account is None:
        account = new_account(role, role, new_password())
        await noted(store, account, AuditKind.ACCOUNT_MADE)
    return await login_link(store, account.name, console_url)


async def login_link(store: Store, name: str, console_url: str) -> str:
    """A link that logs this account in once, within the hour."""
    secret = await store.make_login_link(name, ttl_s=LOGIN_LINK_S)
    return f"{console_url}/enter?key={secret}"


def new_account(name: str, role: Role, password: str) -> Account:
    """An account with its password hashed by argon2id."""
    return Account(name=name, role=role, password_hash=PasswordHasher().hash(password))


def new_password() -> str:
    """A random password that can be read over the telephone."""
    letters = "".join(c for c in string.ascii_lowercase + string.digits if c not in "l1o0")
    return "".join(secrets.choice(letters) for _ in range(PASSWORD_CHARACTERS))
