"""Who is at the console: the session's cookie, its roles, and the token that every form carries."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Final
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from road.account import Account, Right, Role, holders
from road.case import Visibility
from road.console import console_id
from web.browser_kind import browser_kind
from web.site import site_of

COOKIE: Final = "hotline_console"
PATH: Final = "/console"
MINE: Final = f"{PATH}/me"
SESSION_S: Final = 12 * 3600.0
"""A long shift."""

WORKERS: Final = holders(Right.CASES)
"""Who works on cases; what each of them sees is `Account.sees`."""

FACTOR_ASKED: Final = holders(Right.OVERSIGHT) | holders(Right.REPORTS) | holders(Right.CONTENT)
"""Who is asked to set up a second factor: those who see more than an operator, and those who write what people read."""

WITHOUT_FACTOR: Final = (MINE, f"{PATH}/logout", f"{PATH}/locale")
"""What an account reaches that must have a second factor and has none yet: the way to one, and the way out."""

ROLES: Final[dict[object, frozenset[Role]]] = {}
"""The roles of each guarded page, by its endpoint; a test walks all routes with them."""

SUPERVISORS: Final = holders(Right.OVERSIGHT)
"""Who sees how the desk does."""


@dataclass(frozen=True)
class Visitor:
    """A member of staff with an open session."""

    account: Account
    secret: str

    @property
    def token(self) -> str:
        """The forms' token. Made from the session's secret, which no page and no other site can read."""
        return hmac.digest(self.secret.encode(), b"form token", hashlib.sha256).hex()

    @property
    def console(self) -> str:
        """The session's id in lists."""
        return console_id(self.secret)

    @property
    def visibilities(self) -> frozenset[Visibility]:
        """What may be asked for in this account's name."""
        return frozenset(v for v in Visibility if self.account.sees(v))

    @property
    def works(self) -> bool:
        """Whether cases are this account's business."""
        return self.account.may(Right.CASES)

    @property
    def asked_for_factor(self) -> bool:
        """Whether a second factor is missing that its role should have."""
        return self.account.factor is None and self.account.role in FACTOR_ASKED


Page = Callable[[Request, Visitor], Awaitable[Response]]


def staff_only(roles: frozenset[Role] = frozenset(Role)) -> Callable[[Page], Callable[[Request], Awaitable[Response]]]:
    """Makes a page one for these roles: others get 403, nobody at all is led to the login, posts need their token."""

    def guarded(show: Page) -> Callable[[Request], Awaitable[Response]]:
        @wraps(show)
        async def checked(request: Request) -> Response:
            visitor = await visitor_of(request)
            if visitor is None:
                return _led_to(request, login_address(request))
            if visitor.account.role not in roles:
                raise HTTPException(403)
            try:
                if request.method == "POST":
                    await _check_token(request, visitor)
                if _must_set_up(request, visitor.account):
                    return _led_to(request, MINE)
                return await show(request, visitor)
            finally:
                await request.close()  # what was sent with a form

        ROLES[checked] = roles
        return checked

    return guarded


def login_address(request: Request) -> str:
    """The login, which says what became of a form that came too late, and leads back to the case."""
    case = request.path_params.get("case", "")
    words = {"case": case} if case else {}
    if request.method == "POST":
        words["ended"] = "1"
    return f"{PATH}/login?{urlencode(words)}" if words else f"{PATH}/login"


async def visitor_of(request: Request) -> Visitor | None:
    """Whose session the cookie opens."""
    secret = request.cookies.get(COOKIE, "")
    account = await site_of(request).store.console_account(secret) if secret else None
    return Visitor(account, secret) if account else None


async def open_session(request: Request, account: Account, *, case: str = "") -> Response:
    """Leads to the queue with a new session, or back to a case."""
    address = f"{PATH}/cases/{quote(case, safe='')}" if case else PATH
    return with_cookie(request, RedirectResponse(address, 303), await fresh_secret(request, account))


async def fresh_secret(request: Request, account: Account) -> str:
    """A new session's secret; the one that the browser came with is over, whoever gave it to the browser."""
    store = site_of(request).store
    if before := request.cookies.get(COOKIE, ""):
        await store.close_console(before)
    return await store.open_console(
        account.name, ttl_s=SESSION_S, browser=browser_kind(request.headers.get("user-agent", ""))
    )


def with_cookie(request: Request, response: Response, secret: str) -> Response:
    """The response, which gives the browser its session."""
    response.set_cookie(
        COOKIE, secret, path=PATH, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )
    return response


async def end_session(request: Request, visitor: Visitor) -> Response:
    """Leads to the login; the session is gone from the store as well."""
    await site_of(request).store.close_console(visitor.secret)
    response = RedirectResponse(f"{PATH}/login", 303)
    response.delete_cookie(COOKIE, path=PATH)
    return response


def _must_set_up(request: Request, account: Account) -> bool:
    """Whether the page waits until the account has the second factor that its role must have."""
    must = account.factor is None and account.role in site_of(request).settings.second_factor_roles
    return must and not request.url.path.startswith(WITHOUT_FACTOR)


def _led_to(request: Request, path: str) -> Response:
    """A stream can't be led anywhere; its page asks again for itself and is led then."""
    if "text/event-stream" in request.headers.get("accept", ""):
        raise HTTPException(401)
    return RedirectResponse(path, 303)


async def _check_token(request: Request, visitor: Visitor) -> None:
    given = (await request.form()).get("token")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), visitor.token.encode()):
        raise HTTPException(403)
