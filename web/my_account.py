"""One's own account: language, password, second factor, open sessions."""

from typing import Final

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from road.account import Account
from road.audit import AuditKind
from web import passwords
from web.code_check import code_fault, is_first_use
from web.console import console_page
from web.deeds import word
from web.login_throttle import counted
from web.noting import note_deed
from web.second_factor import in_groups, offered_secret, qr_code, recovery_codes, step_of, with_factor
from web.session import MINE, Visitor, fresh_secret, staff_only, with_cookie
from web.site import site_of
from web.times import clock_time

DONE: Final = ("password", "factor_removed", "session", "sessions")
"""What the page says that was done, by the word in its address."""


@staff_only()
async def show_mine(request: Request, visitor: Visitor) -> Response:
    """The page; it says what was just done, and what is still asked for."""
    done = request.query_params.get("done", "")
    return await _mine(request, visitor, done=done if done in DONE else "")


@staff_only()
async def change_password(request: Request, visitor: Visitor) -> Response:
    """A new password for the old one; every other session ends with the old one."""
    form = await request.form()
    old, new = str(form.get("old", "")), str(form.get("password", ""))
    if fault := await _password_fault(request, visitor.account, old, new):
        return await _mine(request, visitor, fault=fault)
    await _save(request, visitor, password_hash=await passwords.hashed(new))
    await note_deed(request, visitor, AuditKind.PASSWORD, about=visitor.account.name)
    secret = await fresh_secret(request, visitor.account)
    return with_cookie(request, _done("password"), secret)


@staff_only()
async def show_factor(request: Request, visitor: Visitor) -> Response:
    """What the authenticator app scans, and the field for its first code."""
    return _done("") if visitor.account.factor else await _factor_page(request, visitor)


@staff_only()
async def show_qr_code(_request: Request, visitor: Visitor) -> Response:
    """The picture of `show_factor`; an account that has a second factor is offered none."""
    if visitor.account.factor:
        return Response(status_code=404)
    drawn = qr_code(offered_secret(visitor.secret, visitor.account), visitor.account.name)
    return Response(drawn, media_type="image/svg+xml")


@staff_only()
async def confirm_factor(request: Request, visitor: Visitor) -> Response:
    """Counts from the first right code on; the other sessions, begun without it, end, and this one gets a new id."""
    if visitor.account.factor:
        return _done("")
    secret, now = offered_secret(visitor.secret, visitor.account), site_of(request).clock()
    step = step_of(secret, word(await request.form(), "code"), now)
    if step is None or not await is_first_use(request, visitor.account, step):
        return await _factor_page(request, visitor, fault="code_wrong")
    codes = recovery_codes()
    account = await _save(request, visitor, factor=with_factor(secret, codes))
    await note_deed(request, visitor, AuditKind.FACTOR_SET, about=account.name)
    await end_sessions(request, account.name)
    risen = Visitor(account, await fresh_secret(request, account))
    return with_cookie(request, await console_page(request, risen, "recovery.html", codes=codes), risen.secret)


@staff_only()
async def remove_factor(request: Request, visitor: Visitor) -> Response:
    """Needs a code, so that an unlocked screen is not enough."""
    if fault := await code_fault(request, visitor.account, word(await request.form(), "code")):
        return await _mine(request, visitor, fault=fault)
    await _save(request, visitor, factor=None)
    await note_deed(request, visitor, AuditKind.FACTOR_REMOVED, about=visitor.account.name)
    return _done("factor_removed")


@staff_only()
async def end_one_session(request: Request, visitor: Visitor) -> Response:
    """Ends one of one's own sessions."""
    await site_of(request).store.end_console(visitor.account.name, word(await request.form(), "session"))
    await note_deed(request, visitor, AuditKind.SESSIONS_ENDED, about=visitor.account.name)
    return _done("session")


@staff_only()
async def end_other_sessions(request: Request, visitor: Visitor) -> Response:
    """Ends all but this one."""
    await end_sessions(request, visitor.account.name, but=visitor.console)
    await note_deed(request, visitor, AuditKind.SESSIONS_ENDED, about=visitor.account.name)
    return _done("sessions")


ROUTES: Final = [
    Route(MINE, show_mine),
    Route(f"{MINE}/password", change_password, methods=["POST"]),
    Route(f"{MINE}/factor", show_factor),
    Route(f"{MINE}/factor.svg", show_qr_code),
    Route(f"{MINE}/factor", confirm_factor, methods=["POST"]),
    Route(f"{MINE}/factor/remove", remove_factor, methods=["POST"]),
    Route(f"{MINE}/session", end_one_session, methods=["POST"]),
    Route(f"{MINE}/sessions", end_other_sessions, methods=["POST"]),
]


async def end_sessions(request: Request, account: str, *, but: str = "") -> None:
    """Ends an account's sessions, all or all but one."""
    store = site_of(request).store
    for console in await store.consoles(account):
        if console.id != but:
            await store.end_console(account, console.id)


async def _mine(request: Request, visitor: Visitor, *, done: str = "", fault: str = "") -> Response:
    site = site_of(request)
    now, locale = site.clock(), visitor.account.locale
    consoles = await site.store.consoles(visitor.account.name)
    sessions = [
        (each, clock_time(each.begun_at, now, locale), clock_time(each.seen_at, now, locale)) for each in consoles
    ]
    return await console_page(
        request,
        visitor,
        "my_account.html",
        status=422 if fault else 200,
        sessions=sessions,
        done=done,
        fault=fault,
        must=visitor.account.factor is None and visitor.account.role in site.settings.second_factor_roles,
        shortest=passwords.SHORTEST,
    )


async def _factor_page(request: Request, visitor: Visitor, *, fault: str = "") -> Response:
    typed = in_groups(offered_secret(visitor.secret, visitor.account))
    return await console_page(
        request, visitor, "second_factor.html", status=422 if fault else 200, typed=typed, fault=fault
    )


async def _password_fault(request: Request, account: Account, old: str, new: str) -> str:
    """The word for why the password stays, or ""; wrong guesses count as at the login."""
    attempt = counted(account.name, request.client.host if request.client else "")
    throttle = site_of(request).throttle
    async with throttle.lock:
        if throttle.wait_s(attempt):
            return "wait"
        if not await passwords.opens(account, old):
            await throttle.failed(attempt)
            return "password_wrong"
    return "" if passwords.fits(new) else "password_short"


async def _save(request: Request, visitor: Visitor, **changed: object) -> Account:
    """Changes the account as it is now: an administrator may have been at it since the page was asked for."""
    store = site_of(request).store
    account = replace(await store.find_account(visitor.account.name) or visitor.account, **changed)
    await store.save_account(account)
    return account


def _done(what: str) -> Response:
    return RedirectResponse(f"{MINE}?done={what}" if what else MINE, 303)
