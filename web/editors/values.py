"""Facts, lines and places: the list, soonest due first, and the way through what waits to be confirmed."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from content import wording
from content.draft import Draft
from content.value_draft import faults_of, unread
from content.value_edit import HOW
from road.clock import day_of
from web.editors.desk import EDITORS, PATH, desk_page, draft_of
from web.editors.value_row import BEFORE, KINDS, Row, rows
from web.session import Visitor, staff_only
from web.site import site_of

VALUES: Final = f"{PATH}/values"
WORK: Final = f"{VALUES}/confirm"

WHICH: Final = ("", "overdue", "soon", "never", "hidden", "critical")
"""Filters of the list; "" shows everything."""

AT_ONCE: Final = 60
"""Entries that the way through holds at a time: some minutes' work, 100 kB."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries an editor wants to see; "" means all."""

    kind: str
    which: str
    words: Sequence[str]

    def wants(self, row: Row, today: date) -> bool:
        """Whether an entry is one of them."""
        if self.kind not in ("", row.kind) or not self._is_which(row, today):
            return False
        said = " ".join((row.entry, row.name, row.source, row.note, *(part.text for part in row.said))).casefold()
        return all(word in said for word in self.words)

    def _is_which(self, row: Row, today: date) -> bool:
        match self.which:
            case "overdue":
                return row.is_overdue(today)
            case "soon":
                return row.is_due_soon(today)
            case "never":
                return row.confirmed is None
            case "hidden":
                return bool(row.hidden)
            case "critical":
                return row.critical
        return True

    @property
    def query(self) -> str:
        """Its part of an address."""
        given = {"kind": self.kind, "which": self.which, "q": " ".join(self.words)}
        return urlencode({name: value for name, value in given.items() if value})


@staff_only(EDITORS)
async def show_values(request: Request, visitor: Visitor) -> Response:
    """The list, with its filters."""
    draft, asked = await draft_of(request), asked_for(request.query_params)
    today = day_of(site_of(request).clock())
    every = all_rows(request, visitor, draft)
    return await desk_page(
        request,
        visitor,
        "values.html",
        asked=asked,
        kinds=KINDS,
        which=WHICH,
        today=today,
        day=partial(wording.date, locale=visitor.account.locale),
        listed=[row for row in every if asked.wants(row, today)],
        counts={
            each: sum(msgspec.structs.replace(asked, which=each).wants(row, today) for row in every) for each in WHICH
        },
        waiting=sum(row.is_open(today) for row in every),
        broken={entry: faults_of(entry, draft) for entry in unread(draft)},
    )


@staff_only(EDITORS)
async def work_through(request: Request, visitor: Visitor) -> Response:
    """One entry after another, to be confirmed by a key; without script one at a time."""
    draft, asked, params = await draft_of(request), asked_for(request.query_params), request.query_params
    today = day_of(site_of(request).clock())
    every = all_rows(request, visitor, draft)
    cards, then = deck(
        [row for row in every if asked.wants(row, today) and row.is_open(today)], params.get("entry", "")
    )
    done = next((row for row in every if row.entry == params.get("done")), None)
    return await desk_page(
        request,
        visitor,
        "values_work.html",
        asked=asked,
        today=today,
        day=partial(wording.date, locale=visitor.account.locale),
        how=HOW,
        cards=cards,
        then=then,
        done=done,
        before={column: params.get(column, "") for column in BEFORE},
    )


def asked_for(given: Mapping[str, object]) -> Asked:
    """What an address or a form asks for; what it can't mean is not asked for."""
    kind, which = str(given.get("kind", "")), str(given.get("which", ""))
    return Asked(
        kind=kind if kind in KINDS else "",
        which=which if which in WHICH else "",
        words=str(given.get("q", "")).casefold().split(),
    )


def all_rows(request: Request, visitor: Visitor, draft: Draft) -> Sequence[Row]:
    """Every entry, in the visitor's language."""
    return rows(draft, visitor.account.locale, site_of(request).clock())


def deck(waiting: Sequence[Row], first: str) -> tuple[Sequence[Row], str]:
    """The entries to go through, beginning with one of them; and the entry that comes after these, or ""."""
    names = [row.entry for row in waiting]
    at = names.index(first) if first in names else 0
    left = waiting[at:]
    return left[:AT_ONCE], left[AT_ONCE].entry if len(left) > AT_ONCE else ""


def work_address(asked: Asked, more: Mapping[str, str]) -> str:
    """The way through, with what it is to show."""
    return f"{WORK}?{'&'.join(filter(None, (asked.query, urlencode(more))))}"


ROUTES: Final = [Route(VALUES, show_values), Route(WORK, work_through)]
