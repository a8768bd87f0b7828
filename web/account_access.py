"""What an administrator does about how a colleague gets in: a new password, an end to sessions, a lost telephone."""

from typing import Final
from urllib.parse import urlencode

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from road.account import Account, Right, holders
from road.audit import AuditKind
from web import passwords
from web.accounts import accounts_page
from web.deeds import word
from web.my_account import end_sessions
from web.noting import note_deed
from web.session import PATH, Visitor, staff_only
from web.site import site_of

ADMINISTRATORS: Final = holders(Right.ACCOUNTS)


@staff_only(ADMINISTRATORS)
async def reset_password(request: Request, visitor: Visitor) -> Response:
    """Gives an account a new password; its open sessions end with the old one."""
    password, account = str((await request.form()).get("password", "")), await _named(request)
    if account is None or not passwords.fits(password):
        return await accounts_page(request, visitor, notice="password_short" if account else "no_account")
    hashed = await passwords.hashed(password)
    return await _changed(request, visitor, replace(account, password_hash=hashed), AuditKind.PASSWORD)


@staff_only(ADMINISTRATORS)
async def reset_factor(request: Request, visitor: Visitor) -> Response:
    """For a colleague whose telephone is lost, and the recovery codes with it."""
    account = await _named(request)
    if account is None:
        return await accounts_page(request, visitor, notice="no_account")
    return await _changed(request, visitor, replace(account, factor=None), AuditKind.FACTOR_REMOVED)


@staff_only(ADMINISTRATORS)
async def end_colleagues_sessions(request: Request, visitor: Visitor) -> Response:
    """Ends one session of an account, or all where none is named."""
    account, session = await _named(request), word(await request.form(), "session")
    if account is None:
        return await accounts_page(request, visitor, notice="no_account")
    if session:
        await site_of(request).store.end_console(account.name, session)
    else:
        await end_sessions(request, account.name)
    await note_deed(request, visitor, AuditKind.SESSIONS_ENDED, about=account.name)
    return RedirectResponse(f"{PATH}/accounts?{urlencode({'edit': account.name})}", 303)


ROUTES: Final = [
    Route(f"{PATH}/accounts/password", reset_password, methods=["POST"]),
    Route(f"{PATH}/accounts/factor", reset_factor, methods=["POST"]),
    Route(f"{PATH}/accounts/sessions", end_colleagues_sessions, methods=["POST"]),
]


async def _named(request: Request) -> Account | None:
    return await site_of(request).store.find_account(word(await request.form(), "name"))


async def _changed(request: Request, visitor: Visitor, account: Account, kind: AuditKind) -> Response:
    await site_of(request).store.save_account(account)
    await note_deed(request, visitor, kind, about=account.name)
    return RedirectResponse(f"{PATH}/accounts", 303)
