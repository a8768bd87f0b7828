"""A case's page: the transcript as it grows, and the deeds of operators."""

from collections.abc import Callable
from functools import partial
from typing import Final

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions import takeover
from desk.transitions import OUTCOMES
from road.case import Case, CaseState, Ending
from road.errors import Conflict, NotAllowed
from road.outcome import Outcome
from road.session import Remembered
from road.text import kept
from web.case_view import case_view, entry_views
from web.console import console_page
from web.session import PATH, WORKERS, Visitor, staff_only
from web.site import site_of

Deed = Callable[..., Outcome]

TRIES: Final = 5
"""How often a deed is decided anew when the person, or a colleague, was faster. Five in a row is a fault elsewhere."""

LEADS_TO_QUEUE: Final = ("close", "release")


@staff_only(WORKERS)
async def show_case(request: Request, visitor: Visitor) -> Response:
    """The case's page; 404 for an account that may not see it, as if there were none."""
    return await _case_page(request, visitor)


@staff_only(WORKERS)
async def do_deed(request: Request, visitor: Visitor) -> Response:
    """Carries a deed out; what was typed comes back with the page when it can't be."""
    form, name = await request.form(), request.path_params["deed"]
    deed = _deed(name, form)
    if deed is None:
        raise HTTPException(404)
    typed = _typed(form)
    if name in ("answer", "note") and (fault := _text_fault(typed)):
        return await _case_page(request, visitor, notice=fault, status=422, drafts={name: typed})
    try:
        await _change(request, visitor, deed)
    except (NotAllowed, Conflict):
        return await _case_page(request, visitor, notice="not_done", status=409, drafts={name: typed})
    return RedirectResponse(PATH if name in LEADS_TO_QUEUE else _address(request), 303)


ROUTES: Final = [
    Route(PATH + "/cases/{case}", show_case),
    Route(PATH + "/cases/{case}/{deed}", do_deed, methods=["POST"]),
]


def _deed(name: str, form: FormData) -> Deed | None:
    match name:
        case "claim":
            return takeover.claim
        case "release":
            return takeover.release
        case "seen":
            return takeover.seen
        case "answer":
            return partial(takeover.answer, text=_typed(form))
        case "note":
            return partial(takeover.note, text=_typed(form))
        case "close":
            return partial(takeover.close, ending=Ending(outcome=str(form.get("outcome", ""))))
    return None


async def _change(request: Request, visitor: Visitor, deed: Deed) -> None:
    """Decides on the case as it is now, again when it has changed meanwhile.

    Raises:
        NotAllowed: As the case is now, the deed can't be done; a colleague was first, for one.
        Conflict: It changed faster than it could be decided on.
    """
    site = site_of(request)
    for _ in range(TRIES):
        case, remembered = await _found(request, visitor)
        outcome = deed(remembered, case, visitor.account, site.content(), site.clock())
        try:
            return await site.store.change(remembered, outcome)
        except Conflict:
            continue
    raise Conflict("the case kept changing")


async def _found(request: Request, visitor: Visitor) -> tuple[Case, Remembered]:
    found = await site_of(request).store.find_case(request.path_params["case"])
    if found is None or not visitor.account.sees(found[0].visibility):
        raise HTTPException(404)
    return found


async def _case_page(
    request: Request,
    visitor: Visitor,
    *,
    notice: str = "",
    status: int = 200,
    drafts: dict[str, str] | None = None,
) -> Response:
    site = site_of(request)
    case, _ = await _found(request, visitor)
    entries = await site.store.transcript(case.person, visitor.visibilities)
    content, now, locale = site.content(), site.clock(), visitor.account.locale
    return await console_page(
        request,
        visitor,
        "case.html",
        status=status,
        case=case_view(case, content, now, locale),
        case_locale=case.locale,
        entries=entry_views(entries, content, now, locale),
        notice=_what_happened(case, visitor) if notice == "not_done" else notice,
        drafts=drafts or {},
        outcomes=OUTCOMES,
        mine=case.state is CaseState.ACTIVE and case.operator == visitor.account.name,
        longest=takeover.MESSAGE_CHARACTERS,
    )


def _what_happened(case: Case, visitor: Visitor) -> str:
    """Why a deed was not done, from what the case is now."""
    if case.state is CaseState.ACTIVE and case.operator != visitor.account.name:
        return "colleague_first"
    return "closed_already" if case.state is CaseState.CLOSED else "not_done"


def _text_fault(text: str) -> str:
    if not text:
        return "empty"
    return "too_long" if len(text) > takeover.MESSAGE_CHARACTERS else ""


def _typed(form: FormData) -> str:
    """As written, without characters that can't be seen; not cut, since a fault is told."""
    text = form.get("text", "")
    return kept(text) if isinstance(text, str) else ""


def _address(request: Request) -> str:
    return f"{PATH}/cases/{request.path_params['case']}"
