"""Every address of the editors' desk."""

from typing import Final

from starlette.routing import Route

from web.editors import questions, teach, topic_form, try_out

ROUTES: Final[list[Route]] = [
    *questions.ROUTES,
    *teach.ROUTES,
    *topic_form.ROUTES,
    *try_out.ROUTES,
]
