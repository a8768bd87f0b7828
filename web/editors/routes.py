"""Every address of the editors' desk."""

from typing import Final

from starlette.routing import Route

from web.editors import notices, publish

ROUTES: Final[list[Route]] = [*notices.ROUTES, *publish.ROUTES]
