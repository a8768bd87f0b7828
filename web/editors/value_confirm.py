"""One fact, line or place is still true: confirmed in one step, and taken back in one."""

from collections.abc import Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from content.door import Change
from content.draft import Draft
from content.value_edit import HOW, Vow, confirmed, taken_back
from road.clock import day_of
from road.errors import EditRefused, ValueConflict
from web.deeds import word
from web.editors.desk import EDITORS, draft_of, save
from web.editors.value_page import Told, entry_of, value_page
from web.editors.value_row import BEFORE, row_of
from web.editors.values import VALUES, asked_for, work_address
from web.session import Visitor, staff_only
from web.site import site_of


@staff_only(EDITORS)
async def confirm(request: Request, visitor: Visitor) -> Response:
    """The visitor has called, visited or looked at the official page today, and it is as the page said."""
    form, draft = await request.form(), await draft_of(request)
    entry, vow = entry_of(request, draft), vow_of(request, visitor, word(form, "how"))
    if vow.how not in HOW:
        return await value_page(request, visitor, Told(notice="no_how", status=422))
    seen, before = word(form, "seen"), row_of(entry, draft, visitor.account.locale, 0.0).before
    led = {"entry": word(form, "next"), "done": entry, **before}
    return await _saved(request, visitor, lambda now: confirmed(now, entry, seen, vow), led)


@staff_only(EDITORS)
async def take_back(request: Request, visitor: Visitor) -> Response:
    """The visitor's own confirmation of today was a slip."""
    form, draft = await request.form(), await draft_of(request)
    entry, vow = entry_of(request, draft), vow_of(request, visitor, "")
    before = {column: word(form, column) for column in BEFORE}
    return await _saved(request, visitor, lambda now: taken_back(now, entry, before, vow), {"entry": entry})


ROUTES: Final = [
    Route(f"{VALUES}/{{kind}}/{{id}}/confirm", confirm, methods=["POST"]),
    Route(f"{VALUES}/{{kind}}/{{id}}/take_back", take_back, methods=["POST"]),
]


async def _saved(
    request: Request, visitor: Visitor, decide: Callable[[Draft], Change], led: Mapping[str, str]
) -> Response:
    """Leads on; the page's script, which leads itself, gets an empty answer. Refused, the entry comes back."""
    form = await request.form()
    try:
        await save(request, visitor, decide)
    except ValueConflict:
        return await value_page(request, visitor, Told(notice="meanwhile", status=409))
    except EditRefused as error:
        return await value_page(request, visitor, Told(faults=error.faults, notice="refused", status=422))
    if word(form, "quiet"):
        return Response(status_code=204)
    return RedirectResponse(work_address(asked_for(form), led), 303)


def vow_of(request: Request, visitor: Visitor, how: str) -> Vow:
    """What the visitor says today."""
    return Vow(by=visitor.account.name, today=day_of(site_of(request).clock()), how=how)
