"""The page of an answer: English and translation side by side, an editor with checks and preview, and saving."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import msgspec
from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from content.answer_edit import words_of
from road.clock import day_of
from road.errors import ContentError, EditConflict, EditRefused
from web.editors import answer_view
from web.editors.answer_change import change_of
from web.editors.answer_form import SPARE, Attempt, form_of, read_form, translations_of
from web.editors.cell import cell_of
from web.editors.desk import EDITORS, PATH, desk_page, draft_of, save
from web.editors.kept import Kept, KeptForms
from web.editors.placeholder_list import choices, choices_in
from web.pages import direction, page
from web.session import Visitor, staff_only
from web.site import site_of
from web.texts import translator
from web.times import clock_time


class Return(msgspec.Struct, frozen=True, kw_only=True):
    """Why a form is on the page again.

    Attributes:
        notice: The word for it (`console.content.answer.notice.<notice>`), or "".
        kept_at: When the form was kept without being saved; None for one that was posted.
        elsewhere: Faults in other files, for which a save was refused.
    """

    notice: str = ""
    status: int = 200
    kept_at: float | None = None
    elsewhere: Sequence[ContentError] = ()


_FRESH: Final = Return()


@staff_only(EDITORS)
async def show_answer(request: Request, visitor: Visitor) -> Response:
    """The answer as it is, or as the editor left it without saving."""
    draft = await draft_of(request)
    cell = cell_of(request, draft)
    kept = _kept(request).find(visitor.account.name, cell.path(draft))
    attempt = Attempt(cell=cell, draft=draft, form=kept.form if kept else form_of(cell, draft))
    fresh = Return(notice="saved" if "saved" in request.query_params else "")
    return await _page(request, visitor, attempt, Return(notice="kept", kept_at=kept.at) if kept else fresh)


@staff_only(EDITORS)
async def post_answer(request: Request, visitor: Visitor) -> Response:
    """Saves what was filled in; with another button than "Save", or none, only looks at it."""
    attempt = await _attempt(request)
    if (await request.form()).get("act") != "save":
        return await _page(request, visitor, attempt)
    if attempt.must_say_meaning:
        _keep(request, visitor, attempt)
        return await _page(request, visitor, attempt, Return(notice="meaning_unsaid", status=422))
    return await _saved(request, visitor, attempt)


@staff_only(EDITORS)
async def check_answer(request: Request, visitor: Visitor) -> Response:
    """Faults, warnings and preview of what is typed."""
    attempt = await _attempt(request)
    return page(
        request,
        "editors/answer_checks.html",
        locale=visitor.account.locale,
        checked=_checked(request, visitor, attempt),
        cell=attempt.cell,
        text_direction=direction(attempt.cell.locale),
    )


@staff_only(EDITORS)
async def keep_answer(request: Request, visitor: Visitor) -> Response:
    """Keeps what is typed without saving it; what is no more than the file says is not worth it."""
    attempt = await _attempt(request)
    if attempt.form.words == form_of(attempt.cell, attempt.draft).words:
        _kept(request).drop(visitor.account.name, attempt.path)
        return JSONResponse({"kept": ""})
    now = _keep(request, visitor, attempt)
    return JSONResponse({"kept": clock_time(now, now, visitor.account.locale)})


@staff_only(EDITORS)
async def drop_answer(request: Request, visitor: Visitor) -> Response:
    """Throws away what was kept, and shows what is saved."""
    draft = await draft_of(request)
    cell = cell_of(request, draft)
    _kept(request).drop(visitor.account.name, cell.path(draft))
    return RedirectResponse(cell.address, 303)


@staff_only(EDITORS)
async def list_placeholders(request: Request, visitor: Visitor) -> Response:
    """Everything that can be put into a text of a locale."""
    draft, locale = await draft_of(request), request.path_params["locale"]
    if locale not in draft.content.languages:
        raise HTTPException(404)
    found = choices(draft.content, locale, visitor.account.locale, site_of(request).clock())
    return Response(msgspec.json.encode(found), media_type="application/json")


ROUTES: Final = [
    Route(f"{PATH}/answers/{{locale}}/{{topic}}", show_answer),
    Route(f"{PATH}/answers/{{locale}}/{{topic}}", post_answer, methods=["POST"]),
    Route(f"{PATH}/answers/{{locale}}/{{topic}}/check", check_answer, methods=["POST"]),
    Route(f"{PATH}/answers/{{locale}}/{{topic}}/keep", keep_answer, methods=["POST"]),
    Route(f"{PATH}/answers/{{locale}}/{{topic}}/drop", drop_answer, methods=["POST"]),
    Route(f"{PATH}/placeholders/{{locale}}", list_placeholders),
]


async def _attempt(request: Request) -> Attempt:
    """What was posted."""
    draft = await draft_of(request)
    cell = cell_of(request, draft)
    return Attempt(cell=cell, draft=draft, form=read_form(await request.form(), cell))


async def _saved(request: Request, visitor: Visitor, attempt: Attempt) -> Response:
    """Leads to the answer as it is now; or shows the form again, which is then kept, with what stands against it."""
    site, cell, name = site_of(request), attempt.cell, visitor.account.name
    decide = partial(change_of, by=name, today=day_of(site.clock()), folder=site.settings.content_dir)
    try:
        await save(request, visitor, lambda draft: decide(replace(attempt, draft=draft)))
    except EditConflict:
        back = Return(status=409)
    except EditRefused as error:
        back = Return(notice="refused", status=422, elsewhere=error.faults)
    else:
        _kept(request).drop(name, attempt.path)
        return RedirectResponse(f"{cell.address}{'&' if '?' in cell.address else '?'}saved=1", 303)
    _keep(request, visitor, attempt)
    return await _page(request, visitor, replace(attempt, draft=await draft_of(request)), back)


async def _page(request: Request, visitor: Visitor, attempt: Attempt, back: Return = _FRESH) -> Response:
    """The page; the editor sees what the files are now, so the form's marks are those of today."""
    cell, draft, form = attempt.cell, attempt.draft, attempt.form
    article, content = cell.article(draft), draft.content
    return await desk_page(
        request,
        visitor,
        "answer.html",
        status=back.status,
        draft=draft,
        part="overview",
        cell=cell,
        form=form,
        attempt=attempt,
        back=back,
        marks={"mark": draft.mark(attempt.path), "english_mark": draft.mark(cell.english.path(draft))},
        topic=content.topics[cell.topic],
        group=content.group_title(content.topics[cell.topic].group, visitor.account.locale),
        review=article.front.reviewed if article else None,
        state=answer_view.state(cell, draft),
        others=answer_view.others(cell, draft),
        translations=translations_of(cell, draft) if cell.is_source else (),
        english=words_of(draft.texts.get(cell.english.path(draft))),
        sources=content.sources,
        pairs=[*form.words.literals.items(), *[("", "")] * SPARE],
        text_direction=direction(cell.locale),
        lines_of=answer_view.lines_of,
        pieces=answer_view.pieces,
        checked=_checked(request, visitor, attempt, elsewhere=back.elsewhere),
        **await _beside(request, visitor, attempt, back),
    )


async def _beside(request: Request, visitor: Visitor, attempt: Attempt, back: Return) -> dict[str, Any]:
    """What the page tells of the past, and of the values in the text."""
    site, locale, cell, draft = site_of(request), visitor.account.locale, attempt.cell, attempt.draft
    saves, now = await asyncio.to_thread(site.door.saves), site.clock()
    stale = answer_view.state(cell, draft) == "stale"
    names = answer_view.names_in(attempt.form.words.body)
    return {
        "saved": answer_view.last_save(cell, draft, saves, now, locale),
        "kept": clock_time(back.kept_at, now, locale) if back.kept_at is not None else "",
        "theirs": answer_view.theirs(attempt) if attempt.moved else (),
        "changed": answer_view.changed_english(cell, draft, site.settings.content_dir) if stale else None,
        "values": choices_in(draft.content, names, cell.locale, locale, now),
    }


def _checked(
    request: Request, visitor: Visitor, attempt: Attempt, *, elsewhere: Sequence[ContentError] = ()
) -> answer_view.Checked:
    site = site_of(request)
    now, t = site.clock(), translator(site.content(), visitor.account.locale)
    file = attempt.file(by=visitor.account.name, today=day_of(now))
    return answer_view.checked(attempt, file, t, now, elsewhere=elsewhere)


def _keep(request: Request, visitor: Visitor, attempt: Attempt) -> float:
    """Keeps a form; gives the time."""
    now = site_of(request).clock()
    _kept(request).keep(visitor.account.name, attempt.path, Kept(at=now, form=attempt.form))
    return now


def _kept(request: Request) -> KeptForms:
    return KeptForms(site_of(request).settings.data_dir)
