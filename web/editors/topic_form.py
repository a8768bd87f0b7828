"""The form by which an editor adds a topic: its place in the catalogue, its English answer, its first questions."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from content.new_topic import URGENCIES, NewTopic, groups
from content.teaching import FEWEST, teachable
from road.errors import EditConflict, EditRefused, SetupError
from road.locale import LOCALES, SOURCE_LOCALE
from web.editors.desk import EDITORS, desk_page, draft_of, save
from web.editors.questions import QUESTIONS
from web.editors.teach import Written, faults_of, teach_form
from web.editors.training import training_of
from web.flow import topic_title
from web.session import Visitor, staff_only
from web.site import site_of

TOPIC: Final = f"{QUESTIONS}/topic"


@staff_only(EDITORS)
async def show_form(request: Request, visitor: Visitor) -> Response:
    """The empty form."""
    return await _form(request, visitor, NewTopic(), Written(locale=SOURCE_LOCALE))


@staff_only(EDITORS)
async def add_topic(request: Request, visitor: Visitor) -> Response:
    """Adds the topic by the door and then its questions; with a fault in either, neither."""
    form = await request.form()
    topic, written = _topic(form), Written(locale=str(form.get("locale", "")), texts=str(form.get("texts", "")))
    if written.locale not in {*LOCALES, ""}:
        raise HTTPException(404)
    problems, faults = await _problems(request, topic, written)
    if problems or faults:
        return await _form(request, visitor, topic, written, problems=problems, faults=faults)
    try:
        await save(request, visitor, topic.change)
    except EditConflict:
        return await _form(request, visitor, topic, written, problems=["conflict"])
    except EditRefused as refused:
        return await _form(request, visitor, topic, written, refused=[each.problem for each in refused.faults])
    return await _teach(request, visitor, topic, written)


ROUTES: Final = [
    Route(TOPIC, show_form),
    Route(TOPIC, add_topic, methods=["POST"]),
]


async def _teach(request: Request, visitor: Visitor, topic: NewTopic, written: Written) -> Response:
    training, site = training_of(request), site_of(request)
    try:
        if written.lines:
            await asyncio.to_thread(
                training.add,
                written.lines,
                topic.topic(),
                written.locale,
                by=visitor.account.name,
                now=site.clock(),
            )
    except (SetupError, OSError):
        return await teach_form(
            request,
            visitor,
            Written(topic=topic.id, locale=written.locale, texts=written.texts),
            fault="not_written",
        )
    return RedirectResponse(f"{QUESTIONS}?made={topic.id}", 303)


async def _problems(request: Request, topic: NewTopic, written: Written) -> tuple[Sequence[str], Mapping[str, str]]:
    """What stands against the topic, and against each of its questions."""
    draft = await draft_of(request)
    problems = list(topic.problems(draft))
    if not await asyncio.to_thread(lambda: training_of(request).is_there):
        return [*problems, *(["nowhere"] if written.lines else [])], {}
    if len(written.lines) < FEWEST or not written.locale:
        problems.append("few")
    faults = await faults_of(request, written.lines, written.locale, draft.content) if written.locale else {}
    return problems, faults


def _topic(form: FormData) -> NewTopic:
    one = {name: str(form.get(name, "")) for name in ("id", "group", "urgency", "title", "text")}
    many = {name: tuple(map(str, form.getlist(name))) for name in ("related", "sources")}
    return NewTopic(**{**one, "id": one["id"].strip()}, **many)  # type: ignore[arg-type]


async def _form(  # noqa: PLR0913 - all that can stand against a topic
    request: Request,
    visitor: Visitor,
    topic: NewTopic,
    written: Written,
    *,
    problems: Sequence[str] = (),
    faults: Mapping[str, str] | None = None,
    refused: Sequence[str] = (),
) -> Response:
    draft, locale = await draft_of(request), visitor.account.locale
    content, live = draft.content, site_of(request).content()
    titles = {each.id: topic_title(each.id, content, locale) for each in teachable(content)}
    return await desk_page(
        request,
        visitor,
        "new_topic.html",
        status=422 if problems or faults or refused else 200,
        topic=topic,
        written=written,
        problems=problems,
        faults=faults or {},
        refused=refused,
        groups={each: live.group_title(each, locale) for each in groups(draft) if f"group.{each}" in live.interface},
        urgencies=URGENCIES,
        topics=dict(sorted(titles.items(), key=lambda each: each[1].casefold())),
        sources={each.id: each.name for each in content.sources.values()},
        languages={each: live.languages.get(each, each) for each in LOCALES},
        fewest=FEWEST,
        is_there=await asyncio.to_thread(lambda: training_of(request).is_there),
    )
