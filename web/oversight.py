"""What a supervisor looks after: calls nobody takes, targets nearly missed, people whom nobody on duty can help."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from desk.routing import Line
from road.account import OnDuty, Roster
from road.case import Case, CaseState
from web.case_view import is_calling, is_overdue
from web.session import Visitor
from web.snapshot import Snapshot

LOOKED_AT: Final = 100
"""Cases by rank in which calls and missed targets are looked for: they come first, or have waited longest."""

COLLEAGUES_CASES: Final = 50


class Oversight(msgspec.Struct, frozen=True, kw_only=True):
    """The supervisor's part of the queue page.

    Attributes:
        calls: Cases that call staff, and nobody has said "I take it".
        overdue: Cases about to miss a target.
        on_duty: Colleagues at work, with what they hold.
        held: Cases in their hands, of as many colleagues as fit.
        unserved: People who wait, by a language that nobody on duty speaks.
    """

    calls: Sequence[Case]
    overdue: Sequence[Case]
    on_duty: Sequence[OnDuty]
    held: Sequence[Case]
    unserved: Mapping[str, int]


async def oversight(visitor: Visitor, snapshot: Snapshot, now: float) -> Oversight:
    """From a bounded number of cases, however many are open."""
    roster = await snapshot.roster()
    first = [*await snapshot.first(visitor.visibilities, LOOKED_AT), *await snapshot.alarms(visitor.visibilities)]
    looked_at = list({case.id: case for case in first if case.state is not CaseState.CLOSED}.values())
    held = await snapshot.held_by(some_holders(roster, but=visitor.account.name))
    return Oversight(
        calls=[case for case in looked_at if is_calling(case)],
        overdue=[case for case in looked_at if is_overdue(case, now)],
        on_duty=roster.on_duty,
        held=[case for case in held if visitor.account.sees(case.visibility)],
        unserved=unserved(roster, await snapshot.lines(), visitor),
    )


def some_holders(roster: Roster, *, but: str) -> Sequence[str]:
    """Accounts with cases in hand, as many as hold `COLLEAGUES_CASES` together."""
    names, cases = [], 0
    for each in roster.on_duty:
        if each.holds and each.account.name != but and cases + each.holds <= COLLEAGUES_CASES:
            names.append(each.account.name)
            cases += each.holds
    return names


def unserved(roster: Roster, counts: Mapping[str, int], visitor: Visitor) -> Mapping[str, int]:
    """How many wait, by a language that nobody on duty speaks; most first."""
    waiting: Counter[str] = Counter()
    for name, count in counts.items():
        line = Line.named(name)
        if visitor.account.sees(line.visibility) and not _is_spoken(roster, line):
            waiting[line.locale] += count
    return dict(waiting.most_common())


def _is_spoken(roster: Roster, line: Line) -> bool:
    speakers = (each.account.locales for each in roster.seeing(line.visibility))
    return any(not locales or line.locale in locales for locales in speakers)
