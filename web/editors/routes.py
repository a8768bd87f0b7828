"""Every address of the editors' desk."""

from typing import Final

from starlette.routing import Route

from web.editors import questions, teach, try_out

ROUTES: Final[list[Route]] = [
    *questions.ROUTES,
    *teach.ROUTES,
    *try_out.ROUTES,
]
