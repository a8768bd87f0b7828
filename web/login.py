"""The ways into the console: name and password, or a link that works once; then a code, where the account has one.

The way out is in `web.duty`.
"""

from typing import Final

from starlette.datastructures import FormData
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

LONGEST_CASE: Final = 40
"""Characters of a case's name that a login carries along."""

CODE_S: Final = 300.0
"""Between the password and the code: time to find the telephone."""


async def show_login(request: Request) -> Response:
    """The form; for somebody whose form came after the end of their session, with a word about that."""
    return _login_page(request, notice="ended" if request.query_params.get("ended") else "", case=_asked_case(request))


async def log_in(request: Request) -> Response:
    """Goes on with the right words, or says that they are wrong or that it is time to wait."""
    form = await request.form()
    name, password = str(form.get("name", "")).strip(), str(form.get("password", ""))
    case = _case_in(form)
    attempt = counted(name, request.client.host if request.client else "")
    throttle = site_of(request).throttle
    async with throttle.lock:
        if throttle.wait_s(attempt):
            return _must_wait(request, name, case)
        account = await _account(request, name, password)
        if account is not None:
            return await _first_step_done(request, account, case)
        await throttle.failed(attempt)
    if not throttle.wait_s(attempt):
        return _login_page(request, name, "wrong", 403, case=case)
    await note_guessing(request, name)
    return _must_wait(request, name, case)


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
    key, code, case = str(form.get("key", "")), str(form.get("code", "")), _case_in(form)
    account = await site_of(request).store.use_login_link(key) if key else None
    if account is None:
        return _login_page(request, "", "step_over", 403, case=case)
    if account.factor is None:
        return await _first_step_done(request, account, case)
    fault = await code_fault(request, account, code)
    if not fault:
        return await open_session(request, account, case=case)
    if fault == "wait":
        return _must_wait(request, account.name, case)
    return await _code_page(request, account, case, notice=fault)


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


def _asked_case(request: Request) -> str:
    return request.query_params.get("case", "")[:LONGEST_CASE]


def _case_in(form: FormData) -> str:
    """The case that the login leads back to; whether there is one, and for whom, its page says."""
    return str(form.get("case", ""))[:LONGEST_CASE]


async def _first_step_done(request: Request, account: Account, case: str = "") -> Response:
    """A session, or the form for the code. A link that works once carries the first step into it."""
    if account.factor:
        return await _code_page(request, account, case)
    return await open_session(request, account, case=case)


async def _code_page(request: Request, account: Account, case: str, *, notice: str = "") -> Response:
    key = await site_of(request).store.make_login_link(account.name, ttl_s=CODE_S)
    return page(
        request,
        "code.html",
        locale=asked_locale(request, CONSOLE_LOCALES),
        status=403 if notice else 200,
        key=key,
        case=case,
        notice=notice,
    )


def _must_wait(request: Request, name: str, case: str) -> Response:
    response = _login_page(request, name, "wait", 429, case=case)
    response.headers["Retry-After"] = str(int(WINDOW_S))
    return response


def _login_page(request: Request, name: str = "", notice: str = "", status: int = 200, *, case: str = "") -> Response:
    return page(
        request,
        "login.html",
        locale=asked_locale(request, CONSOLE_LOCALES),
        status=status,
        name=name,
        case=case,
        notice=notice,
        minutes=WAIT_MINUTES,
    )
