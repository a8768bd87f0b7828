"""Who is at the console: the session's cookie, its roles, and the token that every form carries."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from road.account import Account, Role
from road.case import Visibility
from web.site import site_of

COOKIE: Final = "hotline_console"
PATH: Final = "/console"
SESSION_S: Final = 12 * 3600.0
"""A long shift."""

WORKERS: Final = frozenset(Role) - {Role.EDITOR}
"""Who works on cases; what each of them sees is `Account.sees`."""

SUPERVISORS: Final = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
"""Who sees how the desk does (`Account.supervises`)."""


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
    def visibilities(self) -> frozenset[Visibility]:
        """What may be asked for in this account's name."""
        return frozenset(v for v in Visibility if self.account.sees(v))

    @property
    def works(self) -> bool:
        """Whether cases are this account's business."""
        return self.account.role in WORKERS


Page = Callable[[Request, Visitor], Awaitable[Response]]


def staff_only(roles: frozenset[Role] = frozenset(Role)) -> Callable[[Page], Callable[[Request], Awaitable[Response]]]:
    """Makes a page one for these roles: others get 403, nobody at all is led to the login, posts need their token."""

    def guarded(show: Page) -> Callable[[Request], Awaitable[Response]]:
        @wraps(show)
        async def checked(request: Request) -> Response:
            visitor = await visitor_of(request)
            if visitor is None:
                return _to_login(request)
            if visitor.account.role not in roles:
                raise HTTPException(403)
            if request.method == "POST":
                await _check_token(request, visitor)
            return await show(request, visitor)

        return checked

    return guarded


async def visitor_of(request: Request) -> Visitor | None:
    """Whose session the cookie opens."""
    secret = request.cookies.get(COOKIE, "")
    account = await site_of(request).store.console_account(secret) if secret else None
    return Visitor(account, secret) if account else None


async def open_session(request: Request, account: Account) -> Response:
    """Leads to the queue with a new session."""
    secret = await site_of(request).store.open_console(account.name, ttl_s=SESSION_S)
    response = RedirectResponse(PATH, 303)
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


def _to_login(request: Request) -> Response:
    """A stream can't be led anywhere; its page asks again for itself and is led then."""
    if "text/event-stream" in request.headers.get("accept", ""):
        raise HTTPException(401)
    return RedirectResponse(f"{PATH}/login", 303)


async def _check_token(request: Request, visitor: Visitor) -> None:
    given = (await request.form()).get("token")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), visitor.token.encode()):
        raise HTTPException(403)
