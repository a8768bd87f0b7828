"""Where somebody who waits stands: who reads, their place, how long it may take. The truth, or nothing."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import msgspec

from actions import promises, taps
from actions.saying import button, say
from actions.taps import tap
from content import hours, wording
from content.content import Content
from desk.routing import hands_of, line_of
from road.account import Roster
from road.case import Case
from road.clock import BUDAPEST
from road.reply import Button, Say
from road.session import Session

WAITS: Final = (
    (300.0, 5, "minute"),
    (600.0, 10, "minute"),
    (900.0, 15, "minute"),
    (1800.0, 30, "minute"),
    (3600.0, 1, "hour"),
    (7200.0, 2, "hour"),
)
"""An expected wait up to so many seconds is said so: always rounded up, since who is promised too little comes back
angry or gives up. What is longer is said as "today", since nobody can know it better (issue D)."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about a wait.

    Attributes:
        case: A waiting one.
        ahead: Waiting cases before it, by the name of their line.
    """

    case: Case
    ahead: Mapping[str, int]
    roster: Roster
    now: float


def update(content: Content, session: Session, standing: Standing) -> Say:
    """What somebody who waits is told unasked, when something has changed."""
    return say(session, staff_line(content, session.locale, standing), leave_row(content, session.locale))


def staff_line(content: Content, locale: str, standing: Standing) -> str:
    """Who reads, when, and the person's place; no place in critical cases."""
    case = standing.case
    if case.critical and not case.alarm:
        return content.text("handover.seen", locale)
    if not standing.roster.seeing(case.visibility):
        return f"{_nobody(content, locale, standing)}\n\n{content.text('handover.call_112', locale)}"
    if case.critical:
        return content.text("handover.soon", locale)
    return _place_and_wait(content, locale, standing)


def leave_row(content: Content, locale: str) -> tuple[Button, ...]:
    """What to do meanwhile, and the way out of the queue."""
    return (
        button(content, locale, "menu", tap(taps.MENU)),
        button(content, locale, "leave_queue", tap(taps.LEAVE_QUEUE)),
    )


def _nobody(content: Content, locale: str, standing: Standing) -> str:
    opens = promises.next_reading(content, standing.case, standing.now)
    if opens is None:
        return content.text("handover.nobody", locale)
    return content.text("handover.nobody_until", locale, when=_from_when(content, locale, opens, standing.now))


def _from_when(content: Content, locale: str, opens: float, now: float) -> str:
    return hours.from_when(opens, now, locale, lambda key, /, **values: content.plain(key, locale, **values))


def _place_and_wait(content: Content, locale: str, standing: Standing) -> str:
    hands, line = hands_of(standing.roster), line_of(standing.case)
    place = hands.place(line, standing.ahead)
    lines = [content.text("handover.place", locale, n=place)]
    if (expected_s := hands.expected_wait_s(line, place)) is not None:
        lines.append(_wait(content, locale, standing, expected_s))
    return "\n".join(line for line in lines if line)


def _wait(content: Content, locale: str, standing: Standing, expected_s: float) -> str:
    later = promises.reading_after(content, standing.case, standing.now)
    if later is not None and standing.now + expected_s > later.until:
        return content.text("handover.wait_later", locale, when=_from_when(content, locale, later.again, standing.now))
    for up_to_s, amount, unit in WAITS:
        if expected_s <= up_to_s:
            return content.text("handover.wait", locale, wait=wording.duration(Decimal(amount), unit, locale))
    ends_today = _day(standing.now) == _day(standing.now + expected_s)
    return content.text("handover.wait_today", locale) if ends_today else ""


def _day(at: float) -> date:
    return datetime.fromtimestamp(at, BUDAPEST).date()
