"""Updates by webhook, on a listener of its own: 200 means that the store has it, 503 that Telegram should repeat it."""

import asyncio
import hmac
import json
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.client import WRONG_TOKEN, Client, bot_id, open_client
from bot.intake import ALLOWED_UPDATES, turn_in, update_id
from bot.pulse import beating
from road.clock import Clock, system_clock
from road.errors import SetupError, StoreError
from road.settings import Settings
from road.waiting import happens
from store.interface import Inbox, Store

_log = logging.getLogger(__name__)

PATH: Final = "/telegram"
BODY_BYTES: Final = 1_000_000
"""An update is a few kilobytes; Telegram documents no limit."""

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
_SET_PAUSE_S: Final = 5.0


async def run_webhook(settings: Settings, store: Store, stop: asyncio.Event, *, clock: Clock = system_clock) -> None:
    """Listens on `webhook_port` and tells Telegram to come there, until `stop` is set. The webhook stays set.

    Raises:
        SetupError: There is no public address, the token is wrong, or the port is taken.
    """
    if not settings.public_url:
        raise SetupError("a webhook needs HOTLINE_PUBLIC_URL, the address where Telegram reaches this machine")
    app = webhook_app(store, secret=settings.webhook_secret, bot=bot_id(settings), clock=clock)
    listener = _listen(settings)
    server = _Server(_config(app))
    async with open_client(settings) as client, beating(store, "webhook"):
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            await _set_webhook(client, settings, stop)
            await _until_stopped(serving, stop)
        finally:
            server.should_exit = True
            await serving


def webhook_app(store: Inbox, *, secret: str, bot: int, clock: Clock = system_clock) -> Starlette:
    """The listener: one path, one method."""

    async def receive(request: Request) -> Response:
        status = await _received(request, store, secret=secret, bot=bot, now=clock())
        return Response(status_code=status)

    return Starlette(routes=[Route(PATH, receive, methods=["POST"])])


async def _received(request: Request, store: Inbox, *, secret: str, bot: int, now: float) -> HTTPStatus:
    if not _is_telegram(request, secret):
        return HTTPStatus.FORBIDDEN
    body = await _body(request)
    if body is None:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    update = _update(body)
    if update is None:
        return HTTPStatus.BAD_REQUEST
    return await _stored(update, store, bot=bot, now=now)


async def _stored(update: dict[str, Any], store: Inbox, *, bot: int, now: float) -> HTTPStatus:
    turn = turn_in(update, bot, now)
    if turn is None:
        return HTTPStatus.OK
    try:
        await store.accept(turn)
    except StoreError as error:
        _log.warning("the store does not take updates: %s", type(error).__name__)
        return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.OK


def _is_telegram(request: Request, secret: str) -> bool:
    given = request.headers.get(SECRET_HEADER, "")
    return bool(secret) and hmac.compare_digest(given.encode(), secret.encode())


async def _body(request: Request) -> bytes | None:
    """The body, or None as soon as it is too large, whatever its header says."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_BYTES:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return update if update_id(update) is not None else None


async def _set_webhook(client: Client, settings: Settings, stop: asyncio.Event) -> None:
    """Tells Telegram where to come, again and again while it can't be told."""
    while not stop.is_set():
        try:
            await client.set_webhook(
                f"{settings.public_url}{PATH}",
                secret_token=settings.webhook_secret,
                allowed_updates=list(ALLOWED_UPDATES),
            )
        except InvalidToken:
            raise SetupError(WRONG_TOKEN) from None
        except BadRequest as error:
            raise SetupError(f"Telegram refuses HOTLINE_PUBLIC_URL: {error.message}") from None
        except TelegramError as error:
            _log.warning("the webhook is not set: %s", type(error).__name__)
            await happens(stop, within_s=_SET_PAUSE_S)
        else:
            return


async def _until_stopped(serving: asyncio.Task[None], stop: asyncio.Event) -> None:
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()


def _listen(settings: Settings) -> socket.socket:
    """uvicorn would end the process when the port is taken."""
    try:
        return socket.create_server((settings.host, settings.webhook_port))
    except OSError as error:
        raise SetupError(
            f"port {settings.webhook_port} (HOTLINE_WEBHOOK_PORT) is not free: {error.strerror}"
        ) from error


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=5,
    )


class _Server(uvicorn.Server):
    """Leaves the signals to the process, which stops everything by one event."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
