"""What every page of the editors' desk is made with: the draft, the door, and the frame."""

import asyncio
from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from content.door import Change
from content.draft import Draft
from road.account import Right, holders
from web.console import console_page
from web.session import PATH as CONSOLE
from web.session import Visitor
from web.site import site_of

PATH: Final = f"{CONSOLE}/content"
EDITORS: Final = holders(Right.CONTENT)
"""Who works here, for `staff_only`."""


async def draft_of(request: Request) -> Draft:
    """The content folder as it is now; read in a thread, since that takes a second after a change."""
    return await asyncio.to_thread(site_of(request).door.draft)


async def save(request: Request, visitor: Visitor, decide: Callable[[Draft], Change]) -> Draft:
    """Lets a change in by the door, in the visitor's name.

    Raises:
        EditConflict, EditRefused: As `Door.save`.
    """
    return await asyncio.to_thread(site_of(request).door.save, decide, visitor.account.name)


async def desk_page(
    request: Request, visitor: Visitor, template: str, /, *, status: int = 200, **values: object
) -> Response:
    """A page of the desk; its template extends `editors/desk.html`.

    Values beside those given: `draft`, read anew unless it is given, and `content`, which is what is live.
    """
    if "draft" not in values:
        values["draft"] = await draft_of(request)
    return await console_page(request, visitor, f"editors/{template}", status=status, **values)
