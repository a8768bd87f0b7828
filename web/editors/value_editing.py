"""One fact, line or place changes: typed, shown in every answer that uses it, then saved."""

import asyncio
from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from content import phone
from content.door import Change
from content.draft import Draft
from content.entry_edit import path_of
from content.value_draft import with_entry
from content.value_edit import SAID, Typed, changed, mark
from road.errors import EditRefused, ValueConflict
from web.deeds import word
from web.editors.desk import EDITORS, desk_page, draft_of, save
from web.editors.value_change import effect_of
from web.editors.value_confirm import vow_of
from web.editors.value_form import Filled, filled, hours_typed, is_sound, rebased, typed_in, week_typed
from web.editors.value_page import Told, cells_of, entry_of, hours_in_words, value_page
from web.editors.value_row import row_of
from web.editors.values import VALUES
from web.session import Visitor, staff_only
from web.site import site_of

HOURS: Final = ("hours", "opening_hours")


@staff_only(EDITORS)
async def show_value(request: Request, visitor: Visitor) -> Response:
    """The entry's page."""
    notice = request.query_params.get("saved", "")
    return await value_page(request, visitor, Told(notice="saved" if notice else ""))


@staff_only(EDITORS)
async def edit_value(request: Request, visitor: Visitor) -> Response:
    """What was typed: looked at first, then saved; or back to the form."""
    sent, draft = await request.form(), await draft_of(request)
    entry, form = entry_of(request, draft), filled(sent)
    typed = typed_in(form, entry, cells_of(entry, draft))
    if word(sent, "deed") == "back":
        return await value_page(request, visitor, Told(form=form))
    if wrong := _wrong_hours(form, typed):
        return await value_page(request, visitor, Told(form=form, notice=wrong, status=422))
    if not typed.changed and not typed.how:
        return await value_page(request, visitor, Told(form=form if typed.was else None, notice="nothing", status=422))
    try:
        if word(sent, "deed") == "save":
            return await _save(request, visitor, typed)
        return await _preview(request, visitor, typed, form)
    except ValueConflict as error:
        now = cells_of(entry, await draft_of(request))
        told = Told(form=rebased(form, now, mark(now)), notice="meanwhile", theirs=error.theirs, status=409)
        return await value_page(request, visitor, told)
    except EditRefused as error:
        return await value_page(request, visitor, Told(form=form, faults=error.faults, notice="refused", status=422))


@staff_only(EDITORS)
async def check(request: Request, visitor: Visitor) -> Response:
    """A telephone number or opening hours while they are typed, in words; 422 for what is wrong."""
    draft, asked, site = await draft_of(request), request.query_params, site_of(request)
    if number := asked.get("number", "").strip():
        regions = [part.strip() for part in asked.get("from", "").split(",") if part.strip()]
        return _checked(phone.problem_of(number, regions or ["HU"]), lambda: phone.shown(number))
    form = Filled(values={name: asked.getlist(name) for name in asked})
    for column in HOURS:
        if f"{column}.mode" in asked:
            text = hours_typed(form, column, "")
            words = hours_in_words(text, draft, visitor.account.locale, site.clock())
            return PlainTextResponse(words, 200 if words or not text else 422)
    return PlainTextResponse("")


ROUTES: Final = [
    Route(f"{VALUES}/check", check),
    Route(f"{VALUES}/{{kind}}/{{id}}", show_value),
    Route(f"{VALUES}/{{kind}}/{{id}}", edit_value, methods=["POST"]),
]


async def _save(request: Request, visitor: Visitor, typed: Typed) -> Response:
    vow = vow_of(request, visitor, typed.how)
    await save(request, visitor, lambda now: changed(now, typed, vow))
    return RedirectResponse(f"{VALUES}/{typed.entry.replace('.', '/', 1)}?saved=1", 303)


async def _preview(request: Request, visitor: Visitor, typed: Typed, form: Filled) -> Response:
    """Every answer that people would read otherwise."""
    draft, site, locale = await draft_of(request), site_of(request), visitor.account.locale
    change = changed(draft, typed, vow_of(request, visitor, typed.how))
    after = await asyncio.to_thread(_with, draft, typed.entry, change)
    if after.faults:
        raise EditRefused(after.faults)
    cells = cells_of(typed.entry, draft)
    return await desk_page(
        request,
        visitor,
        "value_preview.html",
        row=row_of(typed.entry, after, locale, site.clock()),
        typed=typed,
        form=form,
        ends=bool(cells["confirmed by"]) and not typed.how and not typed.changed.keys().isdisjoint(SAID),
        effect=await asyncio.to_thread(effect_of, typed.entry, draft, after, locale, site.clock()),
    )


def _with(draft: Draft, entry: str, change: Change) -> Draft:
    return with_entry(draft, entry, change.texts[path_of(entry)] or "")


def _wrong_hours(form: Filled, typed: Typed) -> str:
    """A word for days whose times cannot be; times over midnight are typed as text."""
    weeks = (
        week_typed(form, column) for column in HOURS if column in typed.was and form.one(f"{column}.mode") == "week"
    )
    return "" if all(map(is_sound, weeks)) else "wrong_hours"


def _checked(problem: str | None, words: Callable[[], str]) -> Response:
    return PlainTextResponse("", 422) if problem else PlainTextResponse(words())
