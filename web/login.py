"""The ways into the console: name and password, or a link that works once. The way out is in `web.duty`."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from road.account import Account
from web import passwords
from web.login_throttle import WINDOW_S, counted
from web.pages import CONSOLE_LOCALES, asked_locale, page
from web.session import PATH, open_session
from web.site import site_of

WAIT_MINUTES: Final = int(WINDOW_S / 60)


async def show_login(request: Request) -> Response:
    """The form."""
    return _login_page(request)


async def log_in(request: Request) -> Response:
    """Opens a session, or says that the words are wrong or that it is time to wait."""
    form = await request.form()
    name, password = str(form.get("name", "")).strip(), str(form.get("password", ""))
    attempt = counted(name, request.client.host if request.client else "")
    throttle = site_of(request).throttle
    async with throttle.lock:
        if throttle.wait_s(attempt):
            return _must_wait(request, name)
        account = await _account(request, name, password)
        if account is not None:
            return await open_session(request, account)
        await throttle.failed(attempt)
        return _must_wait(request, name) if throttle.wait_s(attempt) else _login_page(request, name, "wrong", 403)


async def show_enter(request: Request) -> Response:
    """Asks for a click: a preview that only loads the link uses nothing up."""
    return page(
        request,
        "enter.html",
        locale=asked_locale(request, CONSOLE_LOCALES),
        key=request.query_params.get("key", ""),
    )


async def enter(request: Request) -> Response:
    """Uses the link up and opens a session."""
    key = str((await request.form()).get("key", ""))
    account = await site_of(request).store.use_login_link(key) if key else None
    return await open_session(request, account) if account else _login_page(request, "", "link_used", 403)


ROUTES: Final = [
    Route(f"{PATH}/login", show_login),
    Route(f"{PATH}/login", log_in, methods=["POST"]),
    Route(f"{PATH}/enter", show_enter),
    Route(f"{PATH}/enter", enter, methods=["POST"]),
]


async def _account(request: Request, name: str, password: str) -> Account | None:
    account = await site_of(request).store.find_account(name)
    return account if await passwords.opens(account, password) else None


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
