"""Every address of the editors' desk."""

from typing import Final

from starlette.routing import Route

ROUTES: Final[list[Route]] = []
