"""Renders templates. Every value is escaped; interface texts come from the content's catalogues."""

from collections.abc import Container
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from content.direction import is_right_to_left
from road.locale import SOURCE_LOCALE, supported
from web.assets import address_of, carried
from web.site import site_of
from web.texts import translator

CONSOLE_LOCALES: Final = ("en", "hu", "uk")


@cache
def templates() -> Environment:
    """The environment of all pages; an undefined value is an error, not an empty string."""
    made = Environment(
        loader=PackageLoader("web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals["static"] = address_of
    made.globals["carried"] = carried
    return made


def page(request: Request, template: str, /, *, locale: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page in a locale; templates say `t("key")` for an interface text."""
    site = site_of(request)
    html = site.templates.get_template(template).render(
        locale=locale, direction=direction(locale), t=translator(site.content(), locale), **values
    )
    return HTMLResponse(html, status)


def asked_locale(request: Request, allowed: Container[str]) -> str:
    """The first of the browser's languages that is allowed; English otherwise."""
    for part in request.headers.get("accept-language", "").split(","):
        locale = supported(part.split(";")[0].strip(), allowed)
        if locale:
            return locale
    return SOURCE_LOCALE


def direction(locale: str) -> str:
    """`dir` of a page in this locale."""
    return "rtl" if is_right_to_left(locale) else "ltr"
