"""Every address of the editors' desk."""

from typing import Final

from starlette.routing import Route

from web.editors import (
    answer,
    languages,
    notices,
    overview,
    publish,
    questions,
    teach,
    topic_form,
    try_out,
    value_confirm,
    value_editing,
    values,
)

ROUTES: Final[list[Route]] = [
    *overview.ROUTES,
    *languages.ROUTES,
    *answer.ROUTES,
    *questions.ROUTES,
    *teach.ROUTES,
    *topic_form.ROUTES,
    *try_out.ROUTES,
    *values.ROUTES,
    *value_editing.ROUTES,
    *value_confirm.ROUTES,
    *notices.ROUTES,
    *publish.ROUTES,
]
