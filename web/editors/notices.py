"""Notices: what stands above answers for some days; begun, changed, ended and tried out before anybody reads it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, Literal

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from content import notice_edit
from content.content import Content
from content.direction import is_right_to_left
from content.door import Change
from content.draft import Draft
from content.notice import Notice
from content.notice_edit import NoticeEdit
from content.topic import CONVERSATION
from road.clock import day_of
from road.errors import EditConflict, EditRefused
from road.locale import SOURCE_LOCALE
from web.editors.desk import EDITORS, PATH, desk_page, draft_of, save
from web.editors.notice_form import NEW, NoticeForm, form_of, lacks, marks_of, typed
from web.editors.notice_preview import seen, topics_below
from web.editors.prospect import name_of
from web.session import Visitor, staff_only
from web.site import site_of

NOTICES: Final = f"{PATH}/notices"
Standing = Literal["running", "coming", "over", "broken"]
DONE: Final = ("saved", "ended", "deleted")


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A notice in the list.

    Attributes:
        is_live: People read it, or will, just as it stands here.
        missing: Locales whose people get the English text.
    """

    edit: NoticeEdit
    standing: Standing
    is_live: bool
    missing: Sequence[str]


@staff_only(EDITORS)
async def show_notices(request: Request, visitor: Visitor) -> Response:
    """All notices: running, to come, over."""
    draft, site = await draft_of(request), site_of(request)
    today, live = day_of(site.clock()), {notice.id: notice for notice in site.content().notices}
    readable = {notice.id: notice for notice in draft.content.notices}
    listed = [
        Listed(
            edit=(edit := notice_edit.written(draft, name)),
            standing=_standing(readable.get(name), today),
            is_live=name in readable and readable[name] == live.get(name),
            missing=[locale for locale in draft.content.languages if locale not in edit.texts],
        )
        for name in notice_edit.names(draft)
    ]
    done = request.query_params.get("done", "")
    return await desk_page(
        request,
        visitor,
        "notices.html",
        draft=draft,
        part="notices",
        listed=listed,
        waits=bool(live.keys() - readable.keys()) or not all(each.is_live for each in listed),
        done=done if done in DONE else "",
    )


@staff_only(EDITORS)
async def show_new(request: Request, visitor: Visitor) -> Response:
    """An empty form, for today."""
    today = str(day_of(site_of(request).clock()))
    return await _form_page(request, visitor, NoticeForm(edit=NoticeEdit(start=today, until=today), is_new=True))


@staff_only(EDITORS)
async def show_notice(request: Request, visitor: Visitor) -> Response:
    """The form of a notice."""
    draft = await draft_of(request)
    name = _known(draft, request.path_params["notice"])
    return await _form_page(request, visitor, form_of(draft, name))


@staff_only(EDITORS)
async def check_notice(request: Request, visitor: Visitor) -> Response:
    """The form as it is typed, with what the checks say and how people would see it; saves nothing."""
    return await _form_page(request, visitor, typed(await request.form(), await draft_of(request), ""))


@staff_only(EDITORS)
async def create_notice(request: Request, visitor: Visitor) -> Response:
    """Saves a new one, under an id made from its short name."""
    return await _save(request, visitor, typed(await request.form(), await draft_of(request), ""))


@staff_only(EDITORS)
async def save_notice(request: Request, visitor: Visitor) -> Response:
    """Saves the form; what a colleague has taken away meanwhile is a conflict as long as there is something typed."""
    draft, name = await draft_of(request), request.path_params["notice"]
    form = typed(await request.form(), draft, name)
    if not any(form.edit.texts.values()):
        _known(draft, name)
    return await _save(request, visitor, form)


@staff_only(EDITORS)
async def end_notice(request: Request, visitor: Visitor) -> Response:
    """Its last day was yesterday, in all languages."""
    draft, today = await draft_of(request), day_of(site_of(request).clock())
    name = _known(draft, request.path_params["notice"])

    def decide(draft: Draft) -> Change:
        return Change(what=f"Notice {name} ended", texts=notice_edit.ended(draft, name, today))

    return await _deed(request, visitor, form_of(draft, name), decide, "ended")


@staff_only(EDITORS)
async def delete_notice(request: Request, visitor: Visitor) -> Response:
    """Takes all its files away, if they are those that the editor saw."""
    draft, name = await draft_of(request), request.path_params["notice"]
    form = typed(await request.form(), draft, _known(draft, name))

    def decide(draft: Draft) -> Change:
        return Change(what=f"Notice {name} deleted", texts=notice_edit.deleted(draft, name), marks=form.paths)

    return await _deed(request, visitor, form, decide, "deleted")


ROUTES: Final = [
    Route(NOTICES, show_notices),
    Route(f"{NOTICES}/{NEW}", show_new),
    Route(f"{NOTICES}/{NEW}", create_notice, methods=["POST"]),
    Route(f"{NOTICES}/check", check_notice, methods=["POST"]),
    Route(f"{NOTICES}/{{notice}}", show_notice),
    Route(f"{NOTICES}/{{notice}}", save_notice, methods=["POST"]),
    Route(f"{NOTICES}/{{notice}}/end", end_notice, methods=["POST"]),
    Route(f"{NOTICES}/{{notice}}/delete", delete_notice, methods=["POST"]),
]


def _standing(notice: Notice | None, today: date) -> Standing:
    if notice is None:
        return "broken"
    return "coming" if today < notice.start else "over" if notice.until < today else "running"


async def _save(request: Request, visitor: Visitor, form: NoticeForm) -> Response:
    if lacks(await draft_of(request), form):
        return await _form_page(request, visitor, form, status=422)
    what = f"Notice {form.edit.id} {'begun' if form.is_new else 'changed'}"

    def decide(draft: Draft) -> Change:
        return Change(what=what, texts=form.edit.files(draft.texts), marks=form.paths)

    return await _deed(request, visitor, form, decide, "saved")


async def _deed(
    request: Request, visitor: Visitor, form: NoticeForm, decide: Callable[[Draft], Change], done: str
) -> Response:
    """Saves; what can't be saved comes back with the form."""
    try:
        await save(request, visitor, decide)
    except EditConflict:
        return await _conflict_page(request, visitor, form)
    except EditRefused as refused:
        return await _form_page(request, visitor, form, status=422, refused=refused.faults)
    return RedirectResponse(f"{NOTICES}?done={done}", 303)


async def _conflict_page(request: Request, visitor: Visitor, form: NoticeForm) -> Response:
    """What was typed beside what a colleague has saved; whoever saves now has seen both."""
    draft = await draft_of(request)
    theirs = notice_edit.written(draft, form.edit.id)
    fresh = msgspec.structs.replace(form, marks=marks_of(draft, form.edit.id), is_new=False)
    return await _form_page(request, visitor, fresh, status=409, theirs=theirs)


async def _form_page(
    request: Request, visitor: Visitor, form: NoticeForm, *, status: int = 200, **more: object
) -> Response:
    """The form; `theirs` is what a colleague has saved meanwhile, `refused` what the checks of a save found."""
    draft, site = await draft_of(request), site_of(request)
    locale, content = visitor.account.locale, draft.content
    looked = seen(draft, form, site.content(), site.clock())
    return await desk_page(
        request,
        visitor,
        "notice.html",
        status=status,
        draft=draft,
        part="notices",
        form=form,
        seen=looked,
        groups=_groups(content, site.content(), locale),
        above=[(topic, name_of(content, topic, locale)) for topic in topics_below(content, form.edit.topics)],
        only_english={each: site.content().plain("notice.only_english", each) for each in content.languages},
        is_right_to_left=is_right_to_left,
        **{"theirs": None, "refused": (), **more},
    )


def _groups(content: Content, live: Content, locale: str) -> Mapping[str, list[tuple[str, str]]]:
    """Topics with their titles, by their group's."""
    found: dict[str, list[tuple[str, str]]] = {}
    for topic in content.topics.values():
        if topic.group != CONVERSATION:
            found.setdefault(topic.group, []).append((topic.id, name_of(content, topic.id, locale)))
    titled = live.interface.catalogues[SOURCE_LOCALE].forms
    return {live.group_title(each, locale) if f"group.{each}" in titled else each: found[each] for each in found}


def _known(draft: Draft, name: str) -> str:
    if name not in notice_edit.names(draft):
        raise HTTPException(404)
    return name
