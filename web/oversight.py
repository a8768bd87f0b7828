"""What a supervisor looks after: calls nobody takes, targets nearly missed, people whom nobody on duty can help."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from content.content import Content
from desk.routing import Line
from road.account import OnDuty, Roster
from road.case import Case, CaseState
from web.case_view import is_calling, is_overdue, since
from web.session import Visitor
from web.snapshot import Snapshot

LOOKED_AT: Final = 100
"""Cases by rank in which calls, missed targets and the longest wait are looked for. Within the critical ones, and then
within the others, the first have waited longest; only a raised case may stand before an older one, by half an hour."""

COLLEAGUES_CASES: Final = 50


class Surge(msgspec.Struct, frozen=True, kw_only=True):
    """A topic that very many people ask about.

    Attributes:
        answer: What the hotline says of it, from which a notice can be made.
    """

    topic: str
    title: str
    people: int
    answer: str


class Oversight(msgspec.Struct, frozen=True, kw_only=True):
    """What a supervisor looks after now.

    Attributes:
        waiting: How many people wait, by language; most first.
        since: From when on the one waits who has waited longest; None when nobody does.
        undelivered: Open cases of people whom our messages no longer reach.
        calls: Cases that call staff, and nobody has said "I take it".
        overdue: Cases about to miss a target.
        on_duty: Colleagues at work, with what they hold.
        held: Cases in their hands, of as many colleagues as fit.
        unserved: People who wait, by a language that nobody on duty speaks.
        surges: Topics that very many people ask about just now.
    """

    waiting: Mapping[str, int]
    since: float | None
    undelivered: Sequence[Case]
    calls: Sequence[Case]
    overdue: Sequence[Case]
    on_duty: Sequence[OnDuty]
    held: Sequence[Case]
    unserved: Mapping[str, int]
    surges: Sequence[Surge]

    @property
    def free(self) -> int:
        """Cases that those on duty could still take together."""
        return sum(each.free for each in self.on_duty)


async def oversight(visitor: Visitor, snapshot: Snapshot, content: Content, now: float) -> Oversight:
    """From a bounded number of cases, however many are open."""
    roster = await snapshot.roster()
    first = [*await snapshot.first(visitor.visibilities, LOOKED_AT), *await snapshot.alarms(visitor.visibilities)]
    looked_at = list({case.id: case for case in first if case.state is not CaseState.CLOSED}.values())
    held = await snapshot.held_by(some_holders(roster, but=visitor.account.name))
    lines = await snapshot.lines()
    return Oversight(
        waiting=waiting_by_language(lines, visitor),
        since=min((since(case) for case in looked_at if case.state is CaseState.WAITING), default=None),
        undelivered=[case for case in looked_at if case.undelivered],
        calls=[case for case in looked_at if is_calling(case)],
        overdue=[case for case in looked_at if is_overdue(case, now)],
        on_duty=roster.on_duty,
        held=[case for case in held if visitor.account.sees(case.visibility)],
        unserved=unserved(roster, lines, visitor),
        surges=surges(await snapshot.surges(content.topics), content, visitor.account.locale, now),
    )


def waiting_by_language(counts: Mapping[str, int], visitor: Visitor) -> Mapping[str, int]:
    """How many wait, in all lines that the visitor may see."""
    waiting: Counter[str] = Counter()
    for name, count in counts.items():
        line = Line.named(name)
        if visitor.account.sees(line.visibility):
            waiting[line.locale] += count
    return dict(waiting.most_common())


def surges(people: Mapping[str, int], content: Content, locale: str, now: float) -> Sequence[Surge]:
    """With what the hotline says of each."""
    answers = ((topic, content.answer(topic, locale, now=now)) for topic in people)
    return [
        Surge(topic=topic, title=answer.title, people=people[topic], answer=answer.plain)
        for topic, answer in answers
        if answer
    ]


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
