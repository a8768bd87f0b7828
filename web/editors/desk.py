"""What every page of the editors' desk is made with: the draft, the door, and the frame."""

import asyncio
from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from content import proposal, snapshot
from content.door import Change
from content.draft import Draft
from content.history import are_two
from content.proposal import Proposal
from road.account import Right, holders
from web.console import console_page
from web.session import PATH as CONSOLE
from web.session import Visitor
from web.site import Site, site_of

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
    request: Request,
    visitor: Visitor,
    template: str,
    /,
    *,
    status: int = 200,
    draft: Draft | None = None,
    **values: object,
) -> Response:
    """A page of the desk; its template extends `editors/desk.html`.

    Args:
        draft: The draft, where it was just asked for.

    Values beside those given: `draft`, `content`, which is what is live, and `asking`, a colleague's proposal.
    """
    draft = draft or await draft_of(request)
    asking = _asking(site_of(request), visitor, draft)
    return await console_page(
        request, visitor, f"editors/{template}", status=status, draft=draft, asking=asking, **values
    )


def _asking(site: Site, visitor: Visitor, draft: Draft) -> Proposal | None:
    """The proposal for which this account may be the second person."""
    data_dir = site.settings.data_dir
    waiting, live = proposal.waiting(data_dir), snapshot.current(data_dir) or ""
    fits = waiting is not None and waiting.fits(live=live, draft=draft.content.version)
    return waiting if waiting and fits and are_two(waiting.by, visitor.account.name) else None
