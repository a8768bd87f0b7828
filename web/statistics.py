"""The supervisor's page of numbers over time, and the same tables as files."""

from datetime import date
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desk.statistics import Days
from road.audit import AuditKind
from road.clock import day_of
from web.console import console_page
from web.csv_file import csv_file
from web.noting import note_deed
from web.period import LENGTHS, USUAL, Period, asked_period, last_days
from web.session import PATH, SUPERVISORS, Visitor, staff_only
from web.site import site_of
from web.statistics_tables import Tables


@staff_only(SUPERVISORS)
async def show_statistics(request: Request, visitor: Visitor) -> Response:
    """A period's tables; the usual period, and a word, where the one asked for cannot be."""
    today = _today(request)
    asked = asked_period(request.query_params, today)
    period = asked or last_days(USUAL, today)
    days = await _counted(request, period)
    return await console_page(
        request,
        visitor,
        "statistics.html",
        status=200 if asked else 422,
        period=period,
        lengths={length: last_days(length, today) for length in LENGTHS},
        today=today,
        refused=asked is None,
        counted_on=len(days),
        tables=_tables(request, visitor, period, days).all() if days else (),
    )


@staff_only(SUPERVISORS)
async def download(request: Request, visitor: Visitor) -> Response:
    """One table of a period as a file."""
    period = asked_period(request.query_params, _today(request))
    if period is None:
        raise HTTPException(404)
    tables = _tables(request, visitor, period, await _counted(request, period)).all()
    table = next((each for each in tables if each.name == request.path_params["name"]), None)
    if table is None:
        raise HTTPException(404)
    await note_deed(request, visitor, AuditKind.EXPORT, about=f"{table.name} {period.first}–{period.last}")
    name = f"hotline-{table.name}-{period.first}-{period.last}.csv"
    return Response(
        csv_file(table, visitor.account.locale),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


ROUTES: Final = [
    Route(f"{PATH}/statistics", show_statistics),
    Route(f"{PATH}/statistics/{{name:str}}.csv", download),
]


def _today(request: Request) -> date:
    return day_of(site_of(request).clock())


async def _counted(request: Request, period: Period) -> Days:
    return await site_of(request).store.tally(period.days)


def _tables(request: Request, visitor: Visitor, period: Period, days: Days) -> Tables:
    return Tables(days, period.days, site_of(request).content(), visitor.account.locale)
