"""Every address of the editors' desk."""

from typing import Final

from starlette.routing import Route

from web.editors import answer, languages, overview

ROUTES: Final[list[Route]] = [
    *overview.ROUTES,
    *languages.ROUTES,
    *answer.ROUTES,
]
