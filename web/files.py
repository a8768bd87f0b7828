"""Files of a conversation: a person's, fetched when somebody looks at them, and those that the operator sends."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions import takeover
from road.audit import AuditKind
from road.case import Author, Case, Entry
from road.errors import Conflict, NotAllowed
from road.file import FileState, KeptFile, Wish
from road.media import SHOWN, saved_name
from road.turn import Attachment
from road.waiting import unless
from web.byte_range import asked_part
from web.conversation import case_page
from web.deeds import change, found_case, once_of, typed, why_not
from web.file_view import is_fetched
from web.noting import note_look
from web.session import PATH, WORKERS, Visitor, staff_only
from web.site import Site, site_of
from web.upload import uploaded

FETCHED_WITHIN_S: Final = 20.0
"""A file of 20 MB in the time that a browser's user waits for it."""

HEADERS: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    "Accept-Ranges": "bytes",
}
"""A person's file runs nothing, loads nothing, and is kept nowhere."""

STATUS: Final[Mapping[str, int]] = {
    FileState.TOO_LARGE: 413,
    FileState.WRONG_TYPE: 415,
    FileState.GONE: 410,
    FileState.FAILED: 502,
}


@staff_only(WORKERS)
async def show_file(request: Request, visitor: Visitor) -> Response:
    """The content of a person's file, or the part asked for; 404 for whoever may not see its case or its entry."""
    site = site_of(request)
    case, _ = await found_case(request, visitor, request.path_params["case"])
    file = await _persons_file(site, visitor, case, request.path_params["file"])
    await note_look(request, visitor, case, AuditKind.FILE)
    kept = await _copy(site, case, file)
    if kept.fault:
        raise HTTPException(STATUS[kept.fault])
    return await _response(request, site, case, file, kept)


@staff_only(WORKERS)
async def send_file(request: Request, visitor: Visitor) -> Response:
    """Sends the person a file; a refusal comes back with the page."""
    case_id = request.path_params["case"]
    case, _ = await found_case(request, visitor, case_id)
    form = await request.form()
    once = once_of(visitor, case_id, "send_file", form)
    try:
        if not (once and await site_of(request).store.is_written(once)):
            file, content = await uploaded(form)
            deed = partial(takeover.send_file, file=file, text=typed(form))
            async with _kept(site_of(request), case, file, content):
                await change(request, visitor, deed, case_id=case_id, once=once)
    except (NotAllowed, Conflict) as error:
        notice = await why_not(request, visitor, case, error)
        return await case_page(request, visitor, notice=notice, status=409)
    return RedirectResponse(f"{PATH}/cases/{case_id}", 303)


ROUTES: Final = [
    Route(PATH + "/files/{case}", send_file, methods=["POST"]),
    Route(PATH + "/files/{case}/{file}", show_file),
]


async def _persons_file(site: Site, visitor: Visitor, case: Case, file_id: str) -> Attachment:
    entries = await site.store.transcript(case.person, visitor.visibilities)
    for file in _persons_files(entries):
        if file.id == file_id and is_fetched(file, case):
            return file
    raise HTTPException(404)


def _persons_files(entries: Sequence[Entry]) -> Sequence[Attachment]:
    return [entry.file for entry in entries if entry.file and entry.author is Author.PERSON]


async def _copy(site: Site, case: Case, file: Attachment) -> KeptFile:
    """What the store has of a file, once the bot has fetched it."""
    kept = await site.store.find_file(case.person, file, wait_s=0)
    if kept is None:
        await site.store.want_file(Wish(person=case.person, file=file, case_id=case.id, visibility=case.visibility))
        kept = await unless(site.stop, site.store.find_file(case.person, file, wait_s=FETCHED_WITHIN_S))
    return kept or KeptFile(fault=FileState.FAILED)


async def _response(request: Request, site: Site, case: Case, file: Attachment, kept: KeptFile) -> Response:
    try:
        part = asked_part(request.headers.get("range", ""), kept.size_bytes)
    except ValueError:
        return Response(status_code=416, headers={**HEADERS, "Content-Range": f"bytes */{kept.size_bytes}"})
    start, stop = part or (0, kept.size_bytes)
    content = await site.store.read_file(case.person, file, start, stop)
    if len(content) != stop - start:  # its time has come between two questions
        raise HTTPException(STATUS[FileState.FAILED])
    headers = {**HEADERS, "Content-Disposition": _disposition(file.name, kept.media_type)}
    if part:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{kept.size_bytes}"
    return Response(content, 206 if part else 200, headers, media_type=kept.media_type)


def _disposition(name: str, media_type: str) -> str:
    """What is not shown in place is saved, under the ending of what it is."""
    way = "inline" if media_type in SHOWN else "attachment"
    return f"{way}; filename*=UTF-8''{quote(saved_name(name, media_type), safe='')}"


@asynccontextmanager
async def _kept(site: Site, case: Case, file: Attachment, content: bytes) -> AsyncIterator[None]:
    """The content first: what is in the outbox can be sent. It goes again where the deed is refused."""
    await site.store.keep_file(case.person, file, content)
    try:
        yield
    except (NotAllowed, Conflict, HTTPException):
        await site.store.drop_file(case.person, file)
        raise
