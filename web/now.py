"""The supervisor's page of this moment: what needs somebody, at a glance; kept current by the stream."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.audit import lately_revealed
from web.console import console_page
from web.oversight import oversight
from web.session import PATH, SUPERVISORS, Visitor, staff_only
from web.site import site_of
from web.times import age


@staff_only(SUPERVISORS)
async def show_now(request: Request, visitor: Visitor) -> Response:
    """Who waits and how long, who is on duty, what nobody has taken."""
    site = site_of(request)
    now = site.clock()
    found = await oversight(visitor, site.board.snapshot(), site.content(), now)
    revealed = await lately_revealed(site.store, visitor.account, now)
    longest = age(found.since, now, visitor.account.locale) if found.since is not None else ""
    return await console_page(request, visitor, "now.html", oversight=found, longest=longest, revealed=revealed)


ROUTES: Final = [Route(f"{PATH}/now", show_now)]
