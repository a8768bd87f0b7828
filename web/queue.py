"""The queue page: what is mine, what is for me, and what waits for others."""

from collections.abc import Sequence
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from desk.rank import rank_of
from road.case import Case
from web.console import console_page
from web.editors.desk import PATH as EDITORS_PATH
from web.session import PATH, Visitor, staff_only
from web.site import site_of
from web.snapshot import Snapshot

FOR_ME: Final = 50
OTHERS: Final = 20


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Cases that wait, as one account sees them.

    Attributes:
        offered: The first that are for this account, by rank.
        offered_total: How many there are in its lines, with those looked at that have waited too long in others.
        others: The first that others are asked first.
    """

    offered: Sequence[Case]
    offered_total: int
    others: Sequence[Case]
    others_total: int


@staff_only()
async def show_queue(request: Request, visitor: Visitor) -> Response:
    """My cases, those for me, the others; editors, who have none, are led to their own desk."""
    if not visitor.works:
        return RedirectResponse(EDITORS_PATH, 303)
    site = site_of(request)
    snapshot, now = site.board.snapshot(), site.clock()
    return await console_page(
        request,
        visitor,
        "queue.html",
        mine=await mine_of(visitor, snapshot),
        waiting=await waiting_for(visitor, snapshot, now),
    )


ROUTES: Final = [Route(PATH, show_queue)]


async def mine_of(visitor: Visitor, snapshot: Snapshot) -> Sequence[Case]:
    """Cases in this account's hands that it may still see."""
    held = await snapshot.held_by([visitor.account.name])
    return [case for case in held if visitor.account.sees(case.visibility)]


async def waiting_for(visitor: Visitor, snapshot: Snapshot, now: float) -> Waiting:
    """Asks for as many cases as are shown, however many wait."""
    hands, counts, lines = await snapshot.hands(), await snapshot.lines(), await snapshot.lines_for(visitor.account)
    first = await snapshot.waiting(lines.served, FOR_ME)
    rest = await snapshot.waiting(lines.others, FOR_ME + OTHERS)
    widened = [case for case in rest if hands.offers(case, visitor.account, now)]
    return Waiting(
        offered=sorted((*first, *widened), key=rank_of)[:FOR_ME],
        offered_total=sum(counts[name] for name in lines.served) + len(widened),
        others=[case for case in rest if case not in widened][:OTHERS],
        others_total=sum(counts[name] for name in lines.others) - len(widened),
    )
