"""Every address of the editors' desk."""

from typing import Final

from starlette.routing import Route

from web.editors import value_confirm, value_editing, values

ROUTES: Final[list[Route]] = [
    *values.ROUTES,
    *value_editing.ROUTES,
    *value_confirm.ROUTES,
]
