"""Notices: what stands above answers for some days; begun, changed, ended and tried out before anybody reads it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final, Literal

import msgspec
from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions.answer import answer_html
from content import notice_edit
from content.content import Content
from content.direction import is_right_to_left
from content.door import Change
from content.draft import Draft
from content.notice import EVERYBODY, Notice
from content.notice_edit import NoticeEdit, path_of
from content.topic import CONVERSATION
from road.clock import BUDAPEST, day_of
from road.errors import ContentError, EditConflict, EditRefused
from road.locale import SOURCE_LOCALE
from web.chat_reply import safe_html
from web.editors.bubble import Bubble
from web.editors.desk import EDITORS, PATH, desk_page, draft_of, save
from web.editors.prospect import name_of
from web.session import Visitor, staff_only
from web.site import site_of

NOTICES: Final = f"{PATH}/notices"
NEW: Final = "new"
"""Stands in an address where a notice's id does, so that none is called so."""

Standing = Literal["running", "coming", "over", "broken"]
DONE: Final = ("saved", "ended", "deleted")
FAULTS: Final = ("no_name", "taken", "no_english", "no_days", "no_topics")
"""What a form lacks before the content checks can be asked."""


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


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """What the form of a notice holds.

    Attributes:
        short_name: What a new one's id is made from; "" for one that has an id.
        marks: Of the files that the editor has before their eyes, by locale.
        locale: In which the preview is.
        topic: Above whose answer.
    """

    edit: NoticeEdit
    short_name: str = ""
    is_new: bool = False
    marks: Mapping[str, str] = {}
    locale: str = SOURCE_LOCALE
    topic: str = ""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What the checks and the preview say of a form.

    Attributes:
        lacks: Words of `FAULTS`.
        faults: What the content checks find.
        bubble: The answer with the notice above, while it runs; None where there is none to show.
    """

    lacks: Sequence[str]
    faults: Sequence[ContentError]
    bubble: Bubble | None


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
    return await _form_page(request, visitor, Form(edit=NoticeEdit(start=today, until=today), is_new=True))


@staff_only(EDITORS)
async def show_notice(request: Request, visitor: Visitor) -> Response:
    """The form of a notice."""
    draft = await draft_of(request)
    name = _known(draft, request.path_params["notice"])
    return await _form_page(request, visitor, _form_of(draft, name))


@staff_only(EDITORS)
async def check_notice(request: Request, visitor: Visitor) -> Response:
    """The form as it is typed, with what the checks say and how people would see it; saves nothing."""
    return await _form_page(request, visitor, _typed(await request.form(), await draft_of(request), ""))


@staff_only(EDITORS)
async def create_notice(request: Request, visitor: Visitor) -> Response:
    """Saves a new one, under an id made from its short name."""
    return await _save(request, visitor, _typed(await request.form(), await draft_of(request), ""))


@staff_only(EDITORS)
async def save_notice(request: Request, visitor: Visitor) -> Response:
    """Saves the form; what a colleague has taken away meanwhile is a conflict as long as there is something typed."""
    draft, name = await draft_of(request), request.path_params["notice"]
    form = _typed(await request.form(), draft, name)
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

    return await _deed(request, visitor, _form_of(draft, name), decide, "ended")


@staff_only(EDITORS)
async def delete_notice(request: Request, visitor: Visitor) -> Response:
    """Takes all its files away, if they are those that the editor saw."""
    draft, name = await draft_of(request), request.path_params["notice"]
    form = _typed(await request.form(), draft, _known(draft, name))

    def decide(draft: Draft) -> Change:
        return Change(what=f"Notice {name} deleted", texts=notice_edit.deleted(draft, name), marks=_paths(form))

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


def seen(draft: Draft, form: Form, live: Content, now: float) -> Seen:
    """What the checks and the preview say; some milliseconds.

    Args:
        live: Gives the interface's texts, which a draft may lack.
    """
    notice, tried = notice_edit.with_notice(draft, form.edit)
    return Seen(
        lacks=_lacks(draft, form),
        faults=tried.faults,
        bubble=_bubble(replace(tried.content, interface=live.interface), notice, form, now) if notice else None,
    )


def _lacks(draft: Draft, form: Form) -> list[str]:
    edit = form.edit
    found = {
        "no_name": form.is_new and not edit.id,
        "taken": form.is_new and edit.id in (NEW, "check", *notice_edit.names(draft)),
        "no_english": not edit.texts.get(SOURCE_LOCALE, "").strip(),
        "no_days": not (_is_day(edit.start) and _is_day(edit.until)),
        "no_topics": not edit.topics,
    }
    return [name for name in FAULTS if found[name]]


def _bubble(content: Content, notice: Notice, form: Form, now: float) -> Bubble | None:
    """The answer as it is while the notice runs: now, or at noon of its first day."""
    moment = now if notice.start <= day_of(now) <= notice.until else _noon(notice.start)
    above = _above(content, notice.topics)
    topic = form.topic if form.topic in above else next(iter(above), "")
    answer = content.answer(topic, form.locale, now=moment) if topic else None
    return Bubble(html=Markup(safe_html(answer_html(content, form.locale, answer)))) if answer else None


def _above(content: Content, topics: Iterable[str]) -> list[str]:
    """Topics with an answer above which it stands."""
    wanted = frozenset(topics)
    concerned = (topic for topic in content.topics if topic in wanted or EVERYBODY in wanted)
    return [topic for topic in concerned if content.article(topic, SOURCE_LOCALE)]


def _standing(notice: Notice | None, today: date) -> Standing:
    if notice is None:
        return "broken"
    return "coming" if today < notice.start else "over" if notice.until < today else "running"


def _typed(form: FormData, draft: Draft, name: str) -> Form:
    """What was typed; a new notice has no name yet in its address, one that is only checked has it in the form."""
    named, short = name or _line(form, "name"), _line(form, "short_name")
    everybody = form.get("scope") == EVERYBODY
    chosen = {str(each) for each in form.getlist("topics")}
    locales = draft.content.languages
    return Form(
        edit=NoticeEdit(
            id=named or notice_edit.id_from(short),
            start=_line(form, "start"),
            until=_line(form, "until"),
            topics=(EVERYBODY,) if everybody else tuple(topic for topic in draft.content.topics if topic in chosen),
            texts={locale: str(form.get(f"text_{locale}", "")).replace("\r\n", "\n") for locale in locales},
        ),
        short_name=short,
        is_new=not named,
        marks={locale: _line(form, f"mark_{locale}") for locale in locales},
        locale=_line(form, "locale") if _line(form, "locale") in locales else SOURCE_LOCALE,
        topic=_line(form, "topic"),
    )


async def _save(request: Request, visitor: Visitor, form: Form) -> Response:
    if _lacks(await draft_of(request), form):
        return await _form_page(request, visitor, form, status=422)
    what = f"Notice {form.edit.id} {'begun' if form.is_new else 'changed'}"

    def decide(draft: Draft) -> Change:
        return Change(what=what, texts=form.edit.files(draft.texts), marks=_paths(form))

    return await _deed(request, visitor, form, decide, "saved")


async def _deed(
    request: Request, visitor: Visitor, form: Form, decide: Callable[[Draft], Change], done: str
) -> Response:
    """Saves; what can't be saved comes back with the form."""
    try:
        await save(request, visitor, decide)
    except EditConflict:
        return await _conflict_page(request, visitor, form)
    except EditRefused as refused:
        return await _form_page(request, visitor, form, status=422, refused=refused.faults)
    return RedirectResponse(f"{NOTICES}?done={done}", 303)


async def _conflict_page(request: Request, visitor: Visitor, form: Form) -> Response:
    """What was typed beside what a colleague has saved; whoever saves now has seen both."""
    draft = await draft_of(request)
    theirs = notice_edit.written(draft, form.edit.id)
    fresh = msgspec.structs.replace(form, marks=_marks(draft, form.edit.id), is_new=False)
    return await _form_page(request, visitor, fresh, status=409, theirs=theirs)


async def _form_page(request: Request, visitor: Visitor, form: Form, *, status: int = 200, **more: object) -> Response:
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
        above=[(topic, name_of(content, topic, locale)) for topic in _above(content, form.edit.topics)],
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


def _form_of(draft: Draft, name: str) -> Form:
    return Form(edit=notice_edit.written(draft, name), marks=_marks(draft, name))


def _paths(form: Form) -> Mapping[str, str]:
    """The marks by path."""
    return {path_of(form.edit.id, locale): mark for locale, mark in form.marks.items()}


def _known(draft: Draft, name: str) -> str:
    if name not in notice_edit.names(draft):
        raise HTTPException(404)
    return name


def _marks(draft: Draft, name: str) -> Mapping[str, str]:
    return {locale: draft.mark(path_of(name, locale)) for locale in draft.content.languages}


def _line(form: FormData, name: str) -> str:
    return " ".join(str(form.get(name, "")).split())


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _noon(day: date) -> float:
    return datetime.combine(day, time(12), BUDAPEST).timestamp()
