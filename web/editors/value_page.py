"""The page of one fact, line or place: what it says, whether it is still true, and its form."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from content import hours, wording
from content.draft import Draft
from content.hours import DAYS, HOLIDAYS
from content.spreadsheet import NAME, entries
from content.value_draft import faults_of, unread
from content.value_edit import HOW
from content.week import MOST_SPANS
from road.clock import day_of
from road.errors import ContentError
from road.locale import OUTSIDE
from web.editors.desk import desk_page, draft_of
from web.editors.value_fault import plainly
from web.editors.value_form import CHOICES, HOLIDAY_MODES, MODES, Filled, fresh, shapes_of
from web.editors.value_row import KINDS, row_of
from web.editors.values import Asked
from web.session import Visitor
from web.site import site_of

EVERYTHING: Final = Asked(kind="", which="", words=())


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the page says of a form that was sent and not saved, with what was typed into it.

    Attributes:
        notice: A word that the page has a text for, or "".
        theirs: What a colleague has saved in the fields that were typed into, by column.
    """

    form: Filled | None = None
    notice: str = ""
    faults: Sequence[ContentError] = ()
    theirs: Mapping[str, str] = {}
    status: int = 200


UNTOLD: Final = Told()


def entry_of(request: Request, draft: Draft) -> str:
    """The entry that an address names.

    Raises:
        HTTPException: 404, it names none that can be read.
    """
    kind, name = request.path_params["kind"], request.path_params["id"]
    entry = f"{kind}.{name}"
    if kind not in KINDS or entry not in entries(draft.content):
        raise HTTPException(404)
    return entry


def cells_of(entry: str, draft: Draft) -> Mapping[str, str]:
    """What an entry says, by column."""
    return {column: value.strip() for column, value in entries(draft.content)[entry].items()}


async def value_page(request: Request, visitor: Visitor, told: Told = UNTOLD) -> Response:
    """The entry's page; for one that cannot be read, what is wrong with its file."""
    draft = await draft_of(request)
    name = f"{request.path_params['kind']}.{request.path_params['id']}"
    if name in unread(draft):
        return await desk_page(request, visitor, "value_broken.html", entry=name, faults=faults_of(name, draft))
    entry = entry_of(request, draft)
    site, locale = site_of(request), visitor.account.locale
    cells = cells_of(entry, draft)
    row = row_of(entry, draft, locale, site.clock())
    form = told.form or fresh(cells, row.seen)
    return await desk_page(
        request,
        visitor,
        "value.html",
        status=told.status,
        row=row,
        today=day_of(site.clock()),
        asked=EVERYTHING,
        how=HOW,
        cells=cells,
        shapes=shapes_of(cells),
        form=form,
        told=told,
        faults=plainly(told.faults, entry, cells),
        standing=faults_of(entry, draft),
        choices=CHOICES,
        modes=MODES,
        holiday_modes=HOLIDAY_MODES,
        days=DAYS,
        holidays=HOLIDAYS,
        spans=range(MOST_SPANS),
        names=[(NAME + each, each, own) for each, own in draft.content.languages.items() if NAME + each in cells],
        spoken=_spoken(cells, form, draft),
        day=partial(wording.date, locale=locale),
        weekday=partial(wording.weekday, locale=locale),
        hours_now=hours_in_words(cells.get("hours", cells.get("opening_hours", "")), draft, locale, site.clock()),
    )


def _spoken(cells: Mapping[str, str], form: Filled, draft: Draft) -> Sequence[str]:
    """Codes of languages that can be ticked: those that are, ours, and those that people write."""
    there = filter(None, cells.get("languages", "").split(", "))
    return list(dict.fromkeys((*there, *form.many("languages"), *draft.content.languages, *OUTSIDE)))


def hours_in_words(text: str, draft: Draft, locale: str, now: float) -> str:
    """Opening hours in words, with whether it is open now; "" where they cannot be told."""
    if not text or hours.problem_of(text):
        return ""

    def say(key: str, /, **values: object) -> str:
        return draft.content.plain(key, locale, **values)

    words, state = hours.in_words(text, locale, say), hours.state(text, locale, say, now)
    return say("hours.with_state", hours=words, state=state) if state else words
