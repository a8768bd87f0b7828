"""Accounts of staff from the command line, and the one-time login of a first start."""

import secrets
import string

from argon2 import PasswordHasher

from road.account import Account, Role
from store.interface import Accounts

FIRST_ACCOUNT = "operator"
LOGIN_LINK_S = 3600.0
PASSWORD_CHARACTERS = 16


async def first_login_link(store: Accounts, console_url: str) -> str:
    """A link that logs in once; on an empty store it makes the first account, an operator with an unknown password."""
    account = await store.find_account(FIRST_ACCOUNT)
    if account is None:
        account = new_account(FIRST_ACCOUNT, Role.OPERATOR, new_password())
        await store.save_account(account)
    return await login_link(store, account.name, console_url)


async def login_link(store: Accounts, name: str, console_url: str) -> str:
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
