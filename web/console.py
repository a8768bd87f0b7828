"""What every console page shows around its own: who is here, who is on duty, what alarms."""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from web.case_view import case_view
from web.pages import CONSOLE_LOCALES, page
from web.session import PATH, WORKERS, Visitor, staff_only
from web.site import site_of

QUEUE_ROWS: Final = 200


async def console_page(
    request: Request, visitor: Visitor, template: str, /, *, status: int = 200, **values: object
) -> Response:
    """A page of the console in the account's locale, with all open cases that the account may see."""
    site = site_of(request)
    content, now, locale = site.content(), site.clock(), visitor.account.locale
    open_cases = await site.store.queue(visitor.visibilities, limit=QUEUE_ROWS) if visitor.works else ()
    on_duty = (await site.store.roster()).names if visitor.works else []
    return page(
        request,
        template,
        locale=locale,
        status=status,
        visitor=visitor,
        locales={each: content.languages.get(each, each) for each in CONSOLE_LOCALES},
        on_duty=visitor.account.name in on_duty,
        colleagues=[colleague for colleague in on_duty if colleague != visitor.account.name],
        open_cases=[case_view(case, content, now, locale) for case in open_cases],
        **values,
    )


@staff_only()
async def show_queue(request: Request, visitor: Visitor) -> Response:
    """Waiting and active cases, critical ones first; a plain word for those whose work is elsewhere."""
    return await console_page(request, visitor, "queue.html" if visitor.works else "nothing_here.html")


@staff_only(WORKERS)
async def switch_duty(request: Request, visitor: Visitor) -> Response:
    """On or off duty."""
    on = (await request.form()).get("on") == "1"
    await site_of(request).store.set_duty(visitor.account.name, on=on)
    return RedirectResponse(PATH, 303)


ROUTES: Final = [
    Route(PATH, show_queue),
    Route(f"{PATH}/duty", switch_duty, methods=["POST"]),
]
