"""The overview: what to do first, and how every text stands."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from content.tasks import tasks
from content.wording import language as spoken
from road.clock import day_of
from web.editors.desk import EDITORS, PATH, desk_page, draft_of
from web.editors.matrix import asked_of, groups_of, matrix_of
from web.editors.todo import WHERE, answer_address, todo_of
from web.session import Visitor, staff_only
from web.site import site_of


@staff_only(EDITORS)
async def show_overview(request: Request, visitor: Visitor) -> Response:
    """The list and the matrix, narrowed down as the address asks."""
    draft, today = await draft_of(request), day_of(site_of(request).clock())
    content, locale = draft.content, visitor.account.locale
    wanted = asked_of(request.query_params, content)
    return await desk_page(
        request,
        visitor,
        "overview.html",
        draft=draft,
        wanted=wanted,
        todo=todo_of(tasks(draft, today, wanted.locales), content, locale),
        where=WHERE,
        groups=groups_of(content, locale),
        matrix=matrix_of(content, wanted, today, locale),
        languages={each: spoken(each, locale) for each in content.languages},
        answer_address=answer_address,
    )


ROUTES: Final = [Route(PATH, show_overview)]
