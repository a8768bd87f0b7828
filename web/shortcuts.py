"""Where the keyboard's shortcuts lead that no link of a page does: the next of my cases, and the next that waits."""

from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions import takeover
from road.errors import Conflict, NotAllowed
from web.deeds import case_to_claim, change
from web.queue import mine_of, waiting_for
from web.session import PATH, WORKERS, Visitor, staff_only
from web.site import site_of

STEPS: Final = {"next": 1, "previous": -1}


@staff_only(WORKERS)
async def step(request: Request, visitor: Visitor) -> Response:
    """Leads from one of my cases to its neighbour, from the last to the first; to the queue where I have none."""
    mine = [case.id for case in await mine_of(visitor, site_of(request).board.snapshot())]
    way = STEPS.get(request.query_params.get("way", ""), 0)
    case_id = _neighbour(mine, request.query_params.get("from", ""), way)
    return RedirectResponse(f"{PATH}/cases/{case_id}" if case_id else PATH, 303)


@staff_only(WORKERS)
async def claim_next(request: Request, visitor: Visitor) -> Response:
    """Takes the first case of those that wait for this account; leads to the queue where none does."""
    site = site_of(request)
    waiting = await waiting_for(visitor, site.board.snapshot(), site.clock())
    if not waiting.offered:
        return RedirectResponse(PATH, 303)
    case_id = waiting.offered[0].id
    try:
        await change(request, visitor, takeover.claim, case_id=case_id, find=case_to_claim)
    except (NotAllowed, Conflict):
        return RedirectResponse(PATH, 303)  # a colleague was faster; the queue shows what there is now
    return RedirectResponse(f"{PATH}/cases/{case_id}", 303)


ROUTES: Final = [
    Route(PATH + "/step", step),
    Route(PATH + "/claim_next", claim_next, methods=["POST"]),
]


def _neighbour(mine: Sequence[str], case_id: str, way: int) -> str:
    if not mine:
        return ""
    if case_id not in mine:
        return mine[0 if way >= 0 else -1]
    return mine[(mine.index(case_id) + way) % len(mine)]
