"""The chat page: the whole road behind a small page, for trying the hotline without Telegram."""

import asyncio
import re
import secrets
from typing import Annotated, Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from road.reply import Reply
from road.text import kept
from road.turn import Address, Channel, Turn, TurnKind
from web.chat_reply import shown_reply
from web.pages import asked_locale, page
from web.site import Site, site_of

COOKIE: Final = "hotline_chat"
POLL_S: Final = 20.0

LOWEST_NUMBER: Final = 10**13
"""Numbers of own messages lie above every id of a reply; those are times in milliseconds."""

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_LANGUAGE: Final = r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,4}$"


class Posted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the page posts.

    Attributes:
        number: The page's own number for it: the same again when it is sent again, so that it counts once. It is also
            the message's id, so that the page's own messages can be hidden.
        message: The message whose button was tapped.
        language: The language of the person's app, as the page simulates it.
    """

    number: Annotated[int, msgspec.Meta(ge=LOWEST_NUMBER, le=2**52)]
    language: Annotated[str, msgspec.Meta(pattern=_LANGUAGE)]
    text: str = ""
    button: Annotated[str, msgspec.Meta(max_length=64)] = ""
    message: int | None = None


async def show_chat(request: Request) -> Response:
    """The page; its first visit gives the browser a random token, which is all that names this person."""
    _check_open(site_of(request))
    chosen = request.query_params.get("locale", "")
    names = site_of(request).content().languages
    locale = chosen if chosen in names else asked_locale(request, names)
    shown = page(request, "chat.html", locale=locale, chosen=chosen if chosen in names else "", names=names)
    if _token(request) is None:
        _give_token(request, shown)
    return shown


async def post_turn(request: Request) -> Response:
    """Stores what the person did; 202 says that the hotline has it."""
    site, address = site_of(request), _address(request)
    posted = await _posted(request)
    if not site.pace.allows(address.chat):
        raise HTTPException(429)
    await site.store.accept(turn_of(posted, address, person=site.store.person(address), at=site.clock()))
    return JSONResponse({}, 202)


async def poll_replies(request: Request) -> Response:
    """Replies after a message id; waits a while for the first, unless told `wait=no`."""
    site, address = site_of(request), _address(request)
    after = request.query_params.get("after", "0")
    if not after.isdigit() or len(after) > 16:
        raise HTTPException(422)
    wait_s = 0.0 if request.query_params.get("wait") == "no" else POLL_S
    replies = await _shown(site, address, after=int(after), wait_s=wait_s)
    return JSONResponse({"replies": [shown_reply(message_id, reply) for message_id, reply in replies]})


ROUTES: Final = [
    Route("/", show_chat),
    Route("/chat/turns", post_turn, methods=["POST"]),
    Route("/chat/replies", poll_replies),
]


def turn_of(posted: Posted, address: Address, *, person: str, at: float) -> Turn:
    """A turn of the channel "web"."""
    tapped = bool(posted.button)
    return Turn(
        id=f"web:{person}:{posted.number}",
        address=address,
        kind=TurnKind.BUTTON if tapped else TurnKind.TEXT,
        at=at,
        text="" if tapped else kept(posted.text),
        button=posted.button,
        callback_id=str(posted.number) if tapped else "",
        message_id=posted.message if tapped else posted.number,
        client_locale=posted.language,
    )


async def _shown(site: Site, address: Address, *, after: int, wait_s: float) -> list[tuple[int, Reply]]:
    """What there is to show, or nothing when the wait or the process ends."""
    showing = asyncio.ensure_future(site.store.shown(address, after=after, wait_s=wait_s))
    stopping = asyncio.ensure_future(site.stop.wait())
    try:
        await asyncio.wait({showing, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return list(showing.result()) if showing.done() else []
    finally:
        showing.cancel()
        stopping.cancel()
        await asyncio.gather(showing, stopping, return_exceptions=True)


async def _posted(request: Request) -> Posted:
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise HTTPException(415)
    try:
        return msgspec.json.decode(await request.body(), type=Posted)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise HTTPException(422) from None


def _check_open(site: Site) -> None:
    """With a public address set there is no chat page."""
    if site.settings.public_url:
        raise HTTPException(404)


def _address(request: Request) -> Address:
    _check_open(site_of(request))
    token = _token(request)
    if token is None:
        raise HTTPException(401)
    return Address(Channel.WEB, token)


def _token(request: Request) -> str | None:
    token = request.cookies.get(COOKIE, "")
    return token if _TOKEN.fullmatch(token) else None


def _give_token(request: Request, response: Response) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, secrets.token_urlsafe(32), httponly=True, samesite="lax", secure=secure)
