"""The record's page: who looked at what, who changed whom."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from road.account import Account, Right, holders
from road.audit import AuditEntry, AuditKind, days_back
from road.case import Visibility
from road.clock import day_of
from store.interface import Audit
from web.console import console_page
from web.session import PATH, Visitor, staff_only
from web.site import site_of
from web.times import clock_time

PAGE: Final = 100
DAYS: Final = 14
"""Looked through for one page; "Earlier" goes on from there. A day has some thousand entries at most."""

LATELY_DAYS: Final = 7
"""So long a supervisor's queue page shows who learned who a person is."""

READERS: Final = holders(Right.AUDIT)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of the record; "" and None: everything.

    Attributes:
        day: Only this day.
        until: The last day looked at, where no day is named.
        count: Of that day only so many entries, the oldest.
    """

    account: str = ""
    case: str = ""
    kind: AuditKind | None = None
    day: date | None = None
    until: date
    count: int | None = None

    def fits(self, entry: AuditEntry) -> bool:
        """Whether an entry was asked for."""
        return self.account in ("", entry.by, entry.about) and self.case in ("", entry.case_id)

    @property
    def days(self) -> tuple[date, ...]:
        """Days to look at, the latest first."""
        return (self.day,) if self.day else days_back(self.until, DAYS)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the record.

    Attributes:
        earlier: Where the next page goes on: a day and how many of its entries; None at the end.
    """

    entries: Sequence[AuditEntry]
    earlier: tuple[date, int | None] | None


@staff_only(READERS)
async def show_audit(request: Request, visitor: Visitor) -> Response:
    """The record, latest first, with its filters."""
    site = site_of(request)
    now, locale = site.clock(), visitor.account.locale
    wanted = _wanted(request, day_of(now))
    found = await find(site.store, visitor.account, wanted, oldest=day_of(now) - timedelta(site.settings.audit_days))
    return await console_page(
        request,
        visitor,
        "audit.html",
        wanted=wanted,
        entries=[(clock_time(entry.at, now, locale), entry) for entry in found.entries],
        earlier=found.earlier,
        kinds=list(AuditKind),
        accounts=[account.name for account in await site.store.accounts()],
    )


ROUTES: Final = [Route(f"{PATH}/audit", show_audit)]


async def find(store: Audit, reader: Account, wanted: Wanted, *, oldest: date) -> Found:
    """Entries that this account may read, latest first, as many as fit a page."""
    kinds = (wanted.kind,) if wanted.kind else tuple(AuditKind)
    found: list[AuditEntry] = []
    for day in wanted.days:
        entries = await store.audited([day], kinds)
        last = wanted.count if wanted.count is not None and day == wanted.days[0] else len(entries)
        for position in range(min(last, len(entries)) - 1, -1, -1):
            if is_for(entries[position], reader) and wanted.fits(entries[position]):
                found.append(entries[position])
            if len(found) == PAGE:
                return Found(entries=found, earlier=(day, position))
    before = wanted.days[-1] - timedelta(days=1)
    return Found(entries=found, earlier=None if wanted.day or before < oldest else (before, None))


async def lately_revealed(store: Audit, reader: Account, now: float) -> Sequence[AuditEntry]:
    """Who learned who a person is, within a week, latest first."""
    entries = await store.audited(days_back(day_of(now), LATELY_DAYS), (AuditKind.REVEAL,))
    return [entry for entry in reversed(entries) if is_for(entry, reader)]


def is_for(entry: AuditEntry, reader: Account) -> bool:
    """What concerns reports about staff is for the focal points, and nothing else is."""
    return (entry.visibility is not Visibility.ALL) is reader.may(Right.REPORTS)


def _wanted(request: Request, today: date) -> Wanted:
    """What the address asks for; what it can't mean is not asked for."""
    asked = request.query_params
    kind, count = asked.get("kind", ""), asked.get("count", "")
    day = _day(asked.get("day", ""))
    return Wanted(
        account=asked.get("account", ""),
        case=asked.get("case", "").strip().upper(),
        kind=AuditKind(kind) if kind in list(AuditKind) else None,
        day=day,
        until=min(day or _day(asked.get("until", "")) or today, today),
        count=int(count) if count.isascii() and count.isdigit() and len(count) < 10 else None,
    )


def _day(text: str) -> date | None:
    """A day as a date field sends it, within those that can be reckoned back from."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year > 2000 else None
