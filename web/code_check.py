"""A code that somebody typed: right or wrong, used up or not, and who must wait."""

from typing import Final

from msgspec.structs import replace
from starlette.requests import Request

from road.account import Account, SecondFactor
from road.audit import AuditEntry, AuditKind
from web.login_throttle import counted_code
from web.noting import note_guessing
from web.second_factor import SPENT_S, hash_of, step_of
from web.site import site_of

CODE_CHARACTERS: Final = 40
"""A recovery code with its dashes has 19; longer input is no code."""


RECOVERY_SPENT_S: Final = 365 * 86_400.0
"""A recovery code that was used stays so, even where an older copy of its account is written back."""


async def code_fault(request: Request, account: Account, code: str) -> str:
    """The word for why a code does not count, or "" when it does; it is used up then."""
    attempt = counted_code(account.name, request.client.host if request.client else "")
    throttle = site_of(request).throttle
    async with throttle.lock:
        if throttle.wait_s(attempt):
            return "wait"
        if account.factor and await _is_spent_now(request, account, account.factor, code[:CODE_CHARACTERS]):
            return ""
        await throttle.failed(attempt)
        if not throttle.wait_s(attempt):
            return "code_wrong"
    await note_guessing(request, account.name)
    return "wait"


async def is_first_use(request: Request, account: Account, step: int) -> bool:
    """Whether a right code is used for the first time; it is used up then."""
    return await site_of(request).store.spend(f"code:{account.name}:{step}", ttl_s=SPENT_S)


async def _is_spent_now(request: Request, account: Account, factor: SecondFactor, code: str) -> bool:
    """Whether the code was right, and this is its first use."""
    site = site_of(request)
    step = step_of(factor.secret, code, site.clock())
    if step is not None:
        return await is_first_use(request, account, step)
    hashed = hash_of(code)
    if hashed not in factor.recovery or not await site.store.spend(f"recovery:{hashed}", ttl_s=RECOVERY_SPENT_S):
        return False
    left = tuple(each for each in factor.recovery if each != hashed)
    await site.store.save_account(replace(account, factor=replace(factor, recovery=left)))
    await site.store.note(AuditEntry(at=site.clock(), kind=AuditKind.RECOVERY_USED, by=account.name))
    return True
