"""What every console page shows around its own: who is here, who is on duty, what alarms."""

import secrets
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from content.wording import language as spoken
from web.pages import CONSOLE_LOCALES, page
from web.session import Visitor
from web.site import site_of

ONCE_BYTES: Final = 16
"""Of a form's name: no two forms ever share one."""


async def console_page(
    request: Request, visitor: Visitor, template: str, /, *, status: int = 200, **values: object
) -> Response:
    """A page of the console in the account's locale, with the alarms that the account may see."""
    site = site_of(request)
    content, now, locale = site.content(), site.clock(), visitor.account.locale
    snapshot = site.board.snapshot()
    alarms = await snapshot.alarms(visitor.visibilities) if visitor.works else ()
    on_duty = (await snapshot.roster()).names if visitor.works else []
    return page(
        request,
        template,
        locale=locale,
        status=status,
        visitor=visitor,
        locales={each: content.languages.get(each, each) for each in CONSOLE_LOCALES},
        on_duty=visitor.account.name in on_duty,
        once=secrets.token_urlsafe(ONCE_BYTES),
        colleagues=[colleague for colleague in on_duty if colleague != visitor.account.name],
        alarms=alarms,
        content=content,
        now=now,
        rows=site.rows,
        language=partial(spoken, locale=locale),
        **values,
    )
