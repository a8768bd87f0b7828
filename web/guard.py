"""Around every request: security headers, a limit for bodies, and no posts from other sites."""

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.assets import style_hashes
from web.upload import POST_BYTES

BODY_LIMIT_BYTES: Final = 1_000_000
"""Fits 100,000 characters of any script in any encoding that a browser posts."""

FILES: Final = "/console/files/"
"""Where staff's files are posted: nobody else's request is read there (web.session)."""

HEADERS: Final = {
    "Content-Security-Policy": (
        f"default-src 'none'; script-src 'self'; style-src 'self' {style_hashes()}; img-src 'self'; media-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


HTTPS_ONLY: Final = "max-age=31536000"
"""A year (RFC 6797); said over https alone, since browsers do not believe it otherwise."""


class Guard:
    """ASGI middleware, outermost."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers refused requests itself; the others get its headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = POST_BYTES if scope["path"].startswith(FILES) else BODY_LIMIT_BYTES
        refusal = _refusal(scope["method"], Headers(scope=scope), limit)
        await (refusal or self.app)(scope, _limited(receive, limit), _with_headers(scope, send))


def is_foreign(headers: Headers) -> bool:
    """Whether a browser says that another site began this request.

    `Origin` is "null" for our own forms too, since our pages send no referrer; the token of the form judges those.
    """
    if site := headers.get("sec-fetch-site"):
        return site not in ("same-origin", "none")
    origin = headers.get("origin", "null")
    return origin != "null" and urlsplit(origin).netloc != headers.get("host")


def _refusal(method: str, headers: Headers, limit: int) -> PlainTextResponse | None:
    if method in ("GET", "HEAD"):
        return None
    if is_foreign(headers):
        return PlainTextResponse("This request came from another site.", 403)
    declared = headers.get("content-length", "0")
    if not declared.isdigit() or int(declared) > limit:
        return PlainTextResponse("Too large.", 413)
    return None


def _limited(receive: Receive, limit: int) -> Receive:
    received_bytes = 0

    async def limited() -> Message:
        nonlocal received_bytes
        message = await receive()
        received_bytes += len(message.get("body", b""))
        if received_bytes > limit:
            raise HTTPException(413)
        return message

    return limited


def _with_headers(scope: Scope, send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if scope["scheme"] == "https":
                headers.setdefault("Strict-Transport-Security", HTTPS_ONLY)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending
