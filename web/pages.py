"""Renders templates. Every value is escaped; interface texts come from the content's catalogues."""

from collections.abc import Callable, Container
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from babel.dates import format_datetime, format_time, format_timedelta
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from content.content import Content
from content.direction import is_right_to_left
from content.wording import cldr
from road.clock import BUDAPEST
from road.locale import SOURCE_LOCALE, supported
from web.site import site_of

CONSOLE_LOCALES: Final = ("en", "hu", "uk")

_UNIT_GROWS_AT: Final = 2
"""A wait is told in minutes up to two hours and in hours up to two days: operators compare waits."""


@cache
def templates() -> Environment:
    """The environment of all pages; an undefined value is an error, not an empty string."""
    return Environment(
        loader=PackageLoader("web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def page(request: Request, template: str, /, *, locale: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page in a locale; templates say `t("key")` for an interface text."""
    site = site_of(request)
    html = site.templates.get_template(template).render(
        locale=locale, direction=direction(locale), t=_translator(site.content(), locale), **values
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


def clock_time(at: float, now: float, locale: str) -> str:
    """A moment in Budapest: the time alone for today, with the date before."""
    moment, today = (datetime.fromtimestamp(t, BUDAPEST) for t in (at, now))
    if moment.date() == today.date():
        return format_time(moment, "short", tzinfo=BUDAPEST, locale=cldr(locale))
    return format_datetime(moment, "short", tzinfo=BUDAPEST, locale=cldr(locale))


def age(since: float, now: float, locale: str) -> str:
    """How long ago, in minutes (at least one), hours or days."""
    return format_timedelta(
        timedelta(seconds=max(60.0, now - since)),
        granularity="minute",
        threshold=_UNIT_GROWS_AT,
        format="short",
        locale=cldr(locale),
    )


def _translator(content: Content, locale: str) -> Callable[..., str]:
    def translate(key: str, **values: Any) -> str:
        return content.plain(key, locale, **values)

    return translate
