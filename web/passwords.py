"""Passwords of staff: argon2id, and the same time taken whether an account exists or not."""

import asyncio
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from road.account import Account

SHORTEST: Final = 12
LONGEST: Final = 200

_HASHER: Final = PasswordHasher()
_NOBODYS_HASH: Final = (
    "$argon2id$v=19$m=65536,t=3,p=4$Vr1JGCTp9lAFwvzg4ywGgQ$+++uIVZ1leWJsZMsBRmNoKxOnzgTueuP2cPv0bpTv8A"
)
"""Of a random password that nobody kept; made with the same parameters as `_HASHER`'s."""


async def hashed(password: str) -> str:
    """The argon2id hash to keep."""
    return await asyncio.to_thread(_HASHER.hash, password)


async def opens(account: Account | None, password: str) -> bool:
    """Whether the password is the account's. For no account the work is done all the same, and the answer is no."""
    known = account.password_hash if account else _NOBODYS_HASH
    return await asyncio.to_thread(_verified, known, password) and account is not None


def fits(password: str) -> bool:
    """Whether a new password is long enough, and not absurdly long."""
    return SHORTEST <= len(password) <= LONGEST


def _verified(known: str, password: str) -> bool:
    try:
        return _HASHER.verify(known, password)
    except (VerificationError, InvalidHashError):
        return False
