"""Composes the site: routes, guard, plain pages for every error."""

import logging
from collections.abc import Callable
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from content.content import Content
from content.door import Door
from content.shelf import Shelf
from road.clock import Clock
from road.errors import StoreError, UnderstandingFailed
from road.settings import Settings
from road.understanding import Hints, Understanding
from store.interface import Store
from web import (
    account_access,
    accounts,
    assets,
    audit,
    care,
    chat,
    conversation,
    desk_stream,
    duty,
    files,
    identity,
    login,
    my_account,
    now,
    queue,
    shortcuts,
    statistics,
    unsent,
)
from web.board import Board
from web.case_row import CaseRows
from web.editors import routes as editors
from web.guard import Guard
from web.login_throttle import LoginThrottle
from web.message_pace import MessagePace
from web.pages import CONSOLE_LOCALES, asked_locale, page, templates
from web.presence import Presence
from web.site import Site, Understand, site_of

LOG: Final = logging.getLogger(__name__)

EXPLAINED: Final = (403, 404, 413, 503)
"""Statuses with a text of their own (`console.error.<status>`); the others share that of 500."""


COMPRESSION: Final = 4
"""A queue page of 60 kB becomes 7 kB in less than a millisecond. What stands in a page beside the form's token can't be
chosen by another site: no page is given to one (SameSite=strict), so that the sizes tell nobody anything."""


async def nobody_understands(_text: str, _hints: Hints) -> Understanding:
    """Stands where there is no box."""
    raise UnderstandingFailed("no Rasa box is known here; set HOTLINE_RASA_URL")


def create_app(
    settings: Settings,
    store: Store,
    content: Callable[[], Content],
    clock: Clock,
    understand: Understand = nobody_understands,
) -> Starlette:
    """The chat page, the console and the health check."""
    app = Starlette(
        routes=[
            Route("/healthz", show_health),
            *chat.ROUTES,
            *login.ROUTES,
            *queue.ROUTES,
            *duty.ROUTES,
            *accounts.ROUTES,
            *account_access.ROUTES,
            *my_account.ROUTES,
            *audit.ROUTES,
            *identity.ROUTES,
            *desk_stream.ROUTES,
            *care.ROUTES,
            *shortcuts.ROUTES,
            *unsent.ROUTES,
            *now.ROUTES,
            *statistics.ROUTES,
            *editors.ROUTES,
            *conversation.ROUTES,
            *files.ROUTES,
            *assets.ROUTES,
        ],
        middleware=[Middleware(Guard), Middleware(GZipMiddleware, compresslevel=COMPRESSION)],
        exception_handlers={
            HTTPException: _refused,
            StoreError: _store_gone,
            Exception: _failed,
        },
    )
    app.state.site = Site(
        settings=settings,
        store=store,
        content=content,
        door=Door(settings.content_dir, settings.data_dir, clock),
        shelf=Shelf(settings.data_dir),
        understand=understand,
        clock=clock,
        templates=templates(),
        throttle=LoginThrottle(store, clock),
        pace=MessagePace(clock),
        presence=Presence(store),
        board=Board(store),
        rows=CaseRows(templates()),
    )
    return app


async def show_health(request: Request) -> Response:
    """200 when the store answers and takes writes."""
    try:
        await site_of(request).store.ready()
    except StoreError as error:
        return PlainTextResponse(type(error).__name__, 503)
    return PlainTextResponse("ok")


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _error_page(request, status)


async def _store_gone(request: Request, error: Exception) -> Response:
    LOG.warning("store: %s at %s", type(error).__name__, request.scope.get("route", request.method))
    return _error_page(request, 503)


async def _failed(request: Request, _error: Exception) -> Response:
    return _error_page(request, 500)


def _error_page(request: Request, status: int) -> Response:
    if request.url.path.startswith("/chat/"):
        return JSONResponse({}, status)
    explained = status if status in EXPLAINED else 500
    return page(
        request, "error.html", locale=asked_locale(request, CONSOLE_LOCALES), status=status, explained=explained
    )
