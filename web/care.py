"""Deeds of care at a case's page: call-backs, referrals, and what is asked for in danger to life."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Final

from msgspec.structs import replace
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions import call_back, referral, wishes
from desk.call_back import QUESTIONS
from road.care import CallBack, Wish
from road.clock import BUDAPEST
from road.errors import Conflict, NotAllowed
from web.conversation import KEPT_FIELDS, Draft, case_page
from web.deeds import Deed, change, found_case, once_of, why_not, word
from web.session import PATH, WORKERS, Visitor, staff_only

CARE_FIELDS: Final = (*KEPT_FIELDS, *QUESTIONS, "due", "again", "place", "asked", "agreed")


def _ask(form: FormData) -> Deed:
    return partial(call_back.ask, question=word(form, "question"))


def _agree(form: FormData) -> Deed:
    answers = {question: word(form, question)[:40] for question in QUESTIONS}
    return partial(call_back.agree, call=replace(CallBack(due_at=_moment(word(form, "due"))), **answers))


def _called(form: FormData) -> Deed:
    if word(form, "outcome") == "done":
        return call_back.reached
    return partial(call_back.not_reached, again_at=_moment(word(form, "again")))


def _wish(form: FormData) -> Deed:
    wish = word(form, "wish")
    if wish not in list(Wish):
        raise HTTPException(422)
    return partial(wishes.ask, wish=Wish(wish))


def _refer(form: FormData) -> Deed:
    to = word(form, "place") or word(form, "text")
    return partial(referral.refer, to=to, agreed=word(form, "agreed") == "1", asked=word(form, "asked"))


def _page(deed_of: Callable[[FormData], Deed]) -> Callable[[Request], Awaitable[Response]]:
    """A deed's address: done, or refused with a word and with what was filled in."""

    @staff_only(WORKERS)
    async def done(request: Request, visitor: Visitor) -> Response:
        form, case_id = await request.form(), request.path_params["case"]
        await found_case(request, visitor, case_id)
        once = once_of(visitor, case_id, request.url.path.rpartition("/")[2], form)
        try:
            await change(request, visitor, deed_of(form), case_id=case_id, once=once)
        except (NotAllowed, Conflict) as error:
            case, _ = await found_case(request, visitor, case_id)
            fields = {field: str(form[field]) for field in CARE_FIELDS if field in form}
            draft = Draft(deed=request.url.path.rpartition("/")[2], fields=fields)
            notice = await why_not(request, visitor, case, error)
            return await case_page(request, visitor, notice=notice, status=409, draft=draft)
        return RedirectResponse(f"{PATH}/cases/{case_id}", 303)

    return done


DEEDS: Final = {"ask_call": _ask, "call_back": _agree, "called": _called, "wish": _wish, "refer": _refer}

ROUTES: Final = [
    Route(f"{PATH}/cases/{{case}}/{name}", _page(deed_of), methods=["POST"]) for name, deed_of in DEEDS.items()
]


def _moment(local: str) -> float | None:
    """A time in Budapest as the browser's field gives it; None where it was left empty."""
    if not local:
        return None
    try:
        return datetime.fromisoformat(local).replace(tzinfo=BUDAPEST).timestamp()
    except ValueError:
        raise NotAllowed(f"{local!r} is no time", "wrong_time") from None
