"""What every page works with, kept on the application."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import cast

from jinja2 import Environment
from starlette.requests import HTTPConnection

from content.content import Content
from content.door import Door
from content.shelf import Shelf
from road.clock import Clock
from road.settings import Settings
from road.understanding import Hints, Understanding
from store.interface import Store
from web.board import Board
from web.case_row import CaseRows
from web.login_throttle import LoginThrottle
from web.message_pace import MessagePace
from web.presence import Presence

Understand = Callable[[str, Hints], Awaitable[Understanding]]


@dataclass(frozen=True, kw_only=True)
class Site:
    """The parts of a running site.

    Attributes:
        content: Gives the content as it is served now.
        door: Gives the content as editors have it, and takes their changes.
        shelf: Gives what changes between what is served and what editors have.
        understand: What a text may mean.
        stop: Set when the process is to end; streams and long polls then end too.
    """

    settings: Settings
    store: Store
    content: Callable[[], Content]
    door: Door
    shelf: Shelf
    understand: Understand
    clock: Clock
    templates: Environment
    throttle: LoginThrottle
    pace: MessagePace
    presence: Presence
    board: Board
    rows: CaseRows
    stop: asyncio.Event = field(default_factory=asyncio.Event)


def site_of(connection: HTTPConnection) -> Site:
    """The site that a request came to."""
    return cast(Site, connection.app.state.site)
