"""The ways into the console: name and password, or a link that works once; then a code, where the account has one.

The way out is in `web.duty`.
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from road.account import Account
from web import passwords
from web.code_check import code_fault
from web.login_throttle import WINDOW_S, counted
from web.noting import note_guessing
from web.pages import CONSOLE_LOCALES, asked_locale, page
from web.session import PATH, open_session
from web.site import site_of

WAIT_MINUTES: Final = int(WINDOW_S / 60)

CODE_S: Final = 300.0
"""Between the password and the code: time to find the telephone."""


async def show_login(request: Request) -> Response:
    """The form."""
    return _login_page(request)


async def log_in(request: Request) -> Response:
    """Goes on with the right words, or says that they are wrong or that it is time to wait."""
    form = await request.form()
    name, password = str(form.get("name", "")).strip(), str(form.get("password", ""))
    attempt = counted(name, request.client.host if request.client else "")
    throttle = site_of(request).throttle
    async with throttle.lock:
        if throttle.wait_s(attempt):
            return _must_wait(request, name)
        account = await _account(request, name, password)
        if account is not None:
            return await _first_step_done(request, account)
        await throttle.failed(attempt)
    if not throttle.wait_s(attempt):
        return _login_page(request, name, "wrong", 403)
    await note_guessing(request, name)
    return _must_wait(request, name)


async def show_enter(request: Request) -> Response:
    """Asks for a click: a preview that only loads the link uses nothing up."""
    return page(
        request,
        "enter.html",
        locale=asked_locale(request, CONSOLE_LOCALES),
        key=request.query_params.get("key", ""),
    )


async def enter(request: Request) -> Response:
    """Uses the link up and goes on."""
    key = str((await request.form()).get("key", ""))
    account = await site_of(request).store.use_login_link(key) if key else None
    return await _first_step_done(request, account) if account else _login_page(request, "", "link_used", 403)


async def check_code(request: Request) -> Response:
    """The second step; there is no session, and so no cookie, before it has succeeded."""
    form = await request.form()
    key, code = str(form.get("key", "")), str(form.get("code", ""))
    account = await site_of(request).store.use_login_link(key) if key else None
    if account is None:
        return _login_page(request, "", "step_over", 403)
    if account.factor is None:
        return await _first_step_done(request, account)
    fault = await code_fault(request, account, code)
    if not fault:
        return await open_session(request, account)
    return _must_wait(request, account.name) if fault == "wait" else await _code_page(request, account, fault)


ROUTES: Final = [
    Route(f"{PATH}/login", show_login),
    Route(f"{PATH}/login", log_in, methods=["POST"]),
    Route(f"{PATH}/login/code", check_code, methods=["POST"]),
    Route(f"{PATH}/enter", show_enter),
    Route(f"{PATH}/enter", enter, methods=["POST"]),
]


async def _account(request: Request, name: str, password: str) -> Account | None:
    account = await site_of(request).store.find_account(name)
    return account if await passwords.opens(account, password) else None


async def _first_step_done(request: Request, account: Account) -> Response:
    """A session, or the form for the code. A link that works once carries the first step into it."""
    return await _code_page(request, account) if account.factor else await open_session(request, account)


async def _code_page(request: Request, account: Account, notice: str = "") -> Response:
    key = await site_of(request).store.make_login_link(account.name, ttl_s=CODE_S)
    return page(
        request,
        "code.html",
        locale=asked_locale(request, CONSOLE_LOCALES),
        status=403 if notice else 200,
        key=key,
        notice=notice,
    )


def _must_wait(request: Request, name: str) -> Response:
    response = _login_page(request, name, "wait", 429)
    response.headers["Retry-After"] = str(int(WINDOW_S))
    return response


def _login_page(request: Request, name: str = "", notice: str = "", status: int = 200) -> Response:
    return page(
        request,
        "login.html",
        locale=asked_locale(request, CONSOLE_LOCALES),
        status=status,
        name=name,
        notice=notice,
        minutes=WAIT_MINUTES,
    )
