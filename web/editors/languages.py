"""Languages: how far each one is, and its answers out to a translator and back."""

import asyncio
from functools import partial
from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from content import exchange
from content.coverage import coverage
from road.errors import ContentError, EditConflict, EditRefused, NotATranslation
from road.media import clean_name
from web.editors.desk import EDITORS, PATH, desk_page, draft_of
from web.editors.todo import answer_address
from web.guard import BODY_LIMIT_BYTES
from web.session import Visitor, staff_only
from web.site import site_of

LANGUAGES: Final = f"{PATH}/languages"
REFUSED: Final = ("no_file", "no_po_file", "locale", "faults", "conflict", "no_toolkit")
"""Why nothing was taken from a file, or given out; each has a text."""

FORM_BYTES: Final = 2_000
"""What a form adds to its file; all answers of a language are 400,000 bytes."""


@staff_only(EDITORS)
async def show_languages(request: Request, visitor: Visitor) -> Response:
    """How far each language is, and the two ways."""
    return await _page(request, visitor)


@staff_only(EDITORS)
async def download(request: Request, visitor: Visitor) -> Response:
    """A language's answers as a PO file."""
    draft, site = await draft_of(request), site_of(request)
    locale = request.path_params["locale"]
    if locale not in exchange.translated(draft.content):
        raise HTTPException(404)
    if not exchange.is_possible():
        return await _page(request, visitor, status=503, refused="no_toolkit")
    try:
        data = await asyncio.to_thread(exchange.export, draft, locale, site.settings.content_dir, site.clock())
    except EditRefused as error:
        return await _page(request, visitor, status=409, refused="faults", faults=error.faults)
    headers = {"Content-Disposition": f'attachment; filename="{locale}.po"'}
    return Response(data, media_type="text/x-gettext-translation; charset=utf-8", headers=headers)


@staff_only(EDITORS)
async def upload(request: Request, visitor: Visitor) -> Response:
    """Takes a translation in and says what it has changed; all that it brings, or nothing.

    The answer to the form says it, and no address does: what was left out is known to nobody else. Sent again, the same
    file changes nothing.
    """
    if not exchange.is_possible():
        return await _page(request, visitor, status=503, refused="no_toolkit")
    sent = await _sent(await request.form())
    if not sent.data:
        return await _page(request, visitor, status=422, refused="no_file")
    site = site_of(request)
    take_in = partial(exchange.take_in, site.door, site.settings.content_dir, sent, by=visitor.account.name)
    try:
        taken = await asyncio.to_thread(take_in)
    except NotATranslation as error:
        return await _page(request, visitor, status=422, refused=error.why, faults=[error])
    except ContentError as error:
        return await _page(request, visitor, status=422, refused="faults", faults=[error])
    except EditRefused as error:
        return await _page(request, visitor, status=422, refused="faults", faults=error.faults)
    except EditConflict:
        return await _page(request, visitor, status=409, refused="conflict")
    return await _page(request, visitor, taken=taken)


ROUTES: Final = [
    Route(LANGUAGES, show_languages),
    Route(LANGUAGES, upload, methods=["POST"]),
    Route(f"{LANGUAGES}/{{locale:str}}.po", download),
]


async def _page(request: Request, visitor: Visitor, *, status: int = 200, **said: object) -> Response:
    """The page, with what became of a file.

    Args:
        said: `refused`, one of REFUSED, with `faults`; or `taken`.
    """
    draft = await draft_of(request)
    return await desk_page(
        request,
        visitor,
        "languages.html",
        status=status,
        draft=draft,
        coverage=coverage(draft.content),
        translated=exchange.translated(draft.content),
        possible=exchange.is_possible(),
        answer_address=answer_address,
        limit_bytes=BODY_LIMIT_BYTES - FORM_BYTES,
        **{"refused": "", "faults": (), "taken": None, **said},
    )


async def _sent(form: FormData) -> exchange.Sent:
    """The form's file; empty where there is none."""
    given = form.get("file")
    if not isinstance(given, UploadFile):
        return exchange.Sent("", b"")
    return exchange.Sent(clean_name(given.filename or "") or "file", await given.read())
