"""Earlier cases of the person, opened in the page of the one that is read now."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec.structs import replace

from content.content import Content
from road.account import Account
from road.case import Case, Entry
from web.case_view import CaseView, case_view
from web.flow import Line, flow_of


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """A case that was, with what was said from its opening to its close."""

    case: CaseView
    lines: Sequence[Line]


def others_of(case: Case, cases: Iterable[Case], by: Account) -> Sequence[Case]:
    """The person's other cases that an account may see, newest first; none where nothing of the past is spoken of."""
    if case.silent_on_past:
        return []
    return [each for each in cases if each.id != case.id and by.sees(each.visibility)][::-1]


def earlier_cases(
    cases: Iterable[Case], entries: Sequence[Entry], content: Content, now: float, locale: str
) -> Iterator[Earlier]:
    """Each case with its part of the transcript; files are not looked at after a close."""
    for case in cases:
        said = [entry for entry in entries if case.opened_at <= entry.at <= (case.closed_at or now)]
        lines = flow_of(replace(case, sensitive=False), said, content, now, locale, states={}).present
        named = [replace(line, id=f"{case.id}-{line.id}") for line in lines]
        yield Earlier(case=case_view(case, content, now, locale), lines=named)
