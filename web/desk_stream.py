"""Tells open console pages that something has changed. It carries case ids and kinds, never a text."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any, Final

import msgspec
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from road.errors import StoreError
from store.interface import DeskEvent
from web.session import PATH, WORKERS, Visitor, staff_only, visitor_of
from web.site import site_of

PING_S: Final = 10
"""A stream that is silent can't be told from a dead one: how often it says something (web/server.py, UNHEARD_MS)."""

CHECK_S: Final = 20.0
"""How often an idle stream looks whether its session is still open, and its role still the same."""


@staff_only(WORKERS)
async def stream(request: Request, visitor: Visitor) -> Response:
    """Desk events that this account may see, until its session or the process ends."""
    return EventSourceResponse(desk_events(request, visitor), ping=PING_S)


async def desk_events(request: Request, visitor: Visitor) -> AsyncIterator[ServerSentEvent]:
    """The events as the page reads them. The account counts as present for as long as it reads them."""
    site = site_of(request)
    with site.presence.present(visitor.account.name):
        await site.presence.say()
        async with (
            aclosing(site.board.events(visitor.visibilities)) as events,
            aclosing(_until_stopped(request, visitor, events)) as wanted,
        ):
            async for event in wanted:
                yield _told(event)


ROUTES: Final = [Route(f"{PATH}/events", stream)]


async def _until_stopped(
    request: Request, visitor: Visitor, events: AsyncIterator[DeskEvent]
) -> AsyncGenerator[DeskEvent, None]:
    coming: asyncio.Future[Any] = asyncio.ensure_future(anext(events))
    stopping: asyncio.Future[Any] = asyncio.ensure_future(site_of(request).stop.wait())
    try:
        while await _goes_on(request, visitor):
            await asyncio.wait({coming, stopping}, timeout=CHECK_S, return_when=asyncio.FIRST_COMPLETED)
            if stopping.done():
                return
            if coming.done():
                yield coming.result()
                coming = asyncio.ensure_future(anext(events))
    except (StoreError, StopAsyncIteration):
        return  # the page connects again
    finally:
        await _end(coming, stopping)


async def _goes_on(request: Request, visitor: Visitor) -> bool:
    """The session is open still and the account may see what it saw when the stream began."""
    now = await visitor_of(request)
    return now is not None and now.account.role is visitor.account.role


async def _end(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _told(event: DeskEvent) -> ServerSentEvent:
    return ServerSentEvent(msgspec.json.encode({"kind": event.kind, "case": event.case_id}).decode(), event="desk")
