"""Who is behind a case: shown once, for a reason that is kept, on a page that no browser keeps."""

from typing import Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desk.identity import REASON_CHARACTERS, is_reason, may_reveal
from road.audit import AuditKind
from road.case import Case
from road.session import Remembered
from road.turn import Channel
from web.console import console_page
from web.deeds import found_case, word
from web.noting import note_on_case
from web.session import PATH, WORKERS, Visitor, staff_only


class Revealed(msgspec.Struct, frozen=True):
    """What the hotline knows of somebody.

    Attributes:
        telegram: The id of their Telegram chat; "" for a visitor of the chat page, of whom it knows nothing.
        why: The reason that was typed.
    """

    telegram: str
    why: str


@staff_only(WORKERS)
async def reveal(request: Request, visitor: Visitor) -> Response:
    """Answers the form itself: nothing of it stands in an address, and loading the page again asks for a reason again.

    A note of it stands in the record before anything is shown.
    """
    case, remembered = await found_case(request, visitor, request.path_params["case"])
    if not may_reveal(visitor.account, case):
        raise HTTPException(403)
    why = word(await request.form(), "why")
    if not is_reason(why):
        return await _identity_page(request, visitor, case, None)
    await note_on_case(request, visitor, case, AuditKind.REVEAL, why=why)
    return await _identity_page(request, visitor, case, Revealed(_telegram(remembered), why))


ROUTES: Final = [Route(PATH + "/cases/{case}/identity", reveal, methods=["POST"])]


def _telegram(remembered: Remembered) -> str:
    address = remembered.session.address if remembered.session else None
    return address.chat if address and address.channel is Channel.TELEGRAM else ""


async def _identity_page(request: Request, visitor: Visitor, case: Case, revealed: Revealed | None) -> Response:
    shortest, longest = REASON_CHARACTERS
    return await console_page(
        request,
        visitor,
        "identity.html",
        status=200 if revealed else 422,
        case_id=case.id,
        revealed=revealed,
        shortest=shortest,
        longest=longest,
    )
