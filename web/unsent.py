"""Undo of a message that has not gone out yet, and taking back one that has."""

from functools import partial
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions import unsent
from road.errors import Conflict, NotAllowed
from web.conversation import Draft, case_page
from web.deeds import change, change_quietly, found_case, why_not, word
from web.session import PATH, WORKERS, Visitor, staff_only
from web.site import site_of


@staff_only(WORKERS)
async def undo(request: Request, visitor: Visitor) -> Response:
    """Sends nothing, and gives the text back into the box."""
    case, _ = await found_case(request, visitor, request.path_params["case"])
    waits = case.care.unsent
    try:
        await change_quietly(request, visitor, unsent.undo, case_id=case.id)
    except (NotAllowed, Conflict) as error:
        return await _refused(request, visitor, error)
    draft = Draft(deed="answer", fields={"text": waits.text if waits else ""})
    return await case_page(request, visitor, notice="undone", draft=draft)


@staff_only(WORKERS)
async def take_back(request: Request, visitor: Visitor) -> Response:
    """Deletes a message in the person's chat; the transcript goes on saying that it was there."""
    case, _ = await found_case(request, visitor, request.path_params["case"])
    name = word(await request.form(), "message")
    entries = await site_of(request).store.transcript(case.person, visitor.visibilities)
    said = next((entry for entry in entries if entry.name and entry.name == name), None)
    if said is None:
        raise HTTPException(404)
    try:
        deed = partial(unsent.take_back, name=name, said_at=said.at)
        await change(request, visitor, deed, case_id=case.id)
    except (NotAllowed, Conflict) as error:
        return await _refused(request, visitor, error)
    return RedirectResponse(f"{PATH}/cases/{case.id}", 303)


ROUTES: Final = [
    Route(PATH + "/cases/{case}/undo", undo, methods=["POST"]),
    Route(PATH + "/cases/{case}/take_back_message", take_back, methods=["POST"]),
]


async def _refused(request: Request, visitor: Visitor, error: NotAllowed | Conflict) -> Response:
    case, _ = await found_case(request, visitor, request.path_params["case"])
    notice = await why_not(request, visitor, case, error)
    return await case_page(request, visitor, notice=notice, status=409)
