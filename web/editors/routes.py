"""Every address of the editors' desk."""

from typing import Final

from starlette.routing import Route

from web.editors import try_out

ROUTES: Final[list[Route]] = [
    *try_out.ROUTES,
]
