"""On and off duty: nobody goes and leaves people behind who believe that somebody reads."""

from collections.abc import Sequence
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions import takeover
from road.account import Right, holders
from road.case import Case
from web.case_view import case_view
from web.console import console_page
from web.deeds import change, colleagues_for
from web.session import PATH, WORKERS, Visitor, end_session, staff_only
from web.site import site_of


@staff_only(WORKERS)
async def switch_duty(request: Request, visitor: Visitor) -> Response:
    """On duty; off duty only with nothing in hand."""
    form = await request.form()
    if form.get("on") == "1":
        await _set_duty(request, visitor.account.name, on=True)
        return RedirectResponse(PATH, 303)
    return await leave_duty(request, visitor) or RedirectResponse(PATH, 303)


@staff_only()
async def log_out(request: Request, visitor: Visitor) -> Response:
    """Ends the duty and then the session: nobody reads for somebody who has left."""
    kept = await leave_duty(request, visitor) if visitor.works else None
    return kept or await end_session(request, visitor)


@staff_only(WORKERS)
async def show_shift(request: Request, visitor: Visitor) -> Response:
    """The end of a shift: what is still in hand, and where it may go."""
    return await _shift_page(request, visitor, await _in_hand(request, visitor.account.name))


@staff_only(holders(Right.OVERSIGHT))
async def end_colleagues_duty(request: Request, visitor: Visitor) -> Response:
    """A supervisor ends somebody's duty; every case goes back to its place."""
    name = str((await request.form()).get("name", ""))
    cases = await _in_hand(request, name)
    if not all(visitor.account.sees(case.visibility) for case in cases):
        raise HTTPException(403)
    for case in cases:
        await change(request, visitor, takeover.take_back, case_id=case.id)
    await _set_duty(request, name, on=False)
    return RedirectResponse(f"{PATH}/now", 303)


ROUTES: Final = [
    Route(f"{PATH}/duty", show_shift),
    Route(f"{PATH}/duty", switch_duty, methods=["POST"]),
    Route(f"{PATH}/duty/colleague", end_colleagues_duty, methods=["POST"]),
    Route(f"{PATH}/logout", log_out, methods=["POST"]),
]


async def leave_duty(request: Request, visitor: Visitor) -> Response | None:
    """Ends the duty; the page with what is still in hand when something is."""
    cases = await _in_hand(request, visitor.account.name)
    if cases:
        return await _shift_page(request, visitor, cases, status=409)
    await _set_duty(request, visitor.account.name, on=False)
    return None


async def _in_hand(request: Request, account: str) -> Sequence[Case]:
    return await site_of(request).store.held_by([account])


async def _set_duty(request: Request, account: str, *, on: bool) -> None:
    await site_of(request).store.set_duty(account, on=on)
    site_of(request).board.changed()


async def _shift_page(request: Request, visitor: Visitor, cases: Sequence[Case], *, status: int = 200) -> Response:
    site = site_of(request)
    content, now, locale = site.content(), site.clock(), visitor.account.locale
    roster = await site.board.snapshot().roster()
    return await console_page(
        request,
        visitor,
        "duty.html",
        status=status,
        shift=[(case_view(case, content, now, locale), colleagues_for(case, roster)) for case in cases],
    )
