"""What is counted of an outcome, so that a supervisor knows how the hotline does; whoever writes one counts it first.

The names go into the store with the outcome itself: what was written twice is counted once (`desk.tally`).
"""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from actions.promises import worked_s
from content.content import Content
from desk.durations import step_of
from desk.tally import OTHER, REOPENED, SENSITIVE, WALL, WORKING, Measure, hour_of, name_of
from road.case import Author, Case, CaseEvent
from road.outcome import Outcome
from road.session import Remembered
from road.turn import TurnKind

MESSAGES: Final = frozenset(TurnKind) - {TurnKind.BUTTON, TurnKind.LEFT}
"""Kinds of entries that count as a message; what was corrected is of another kind."""


def counted(outcome: Outcome, remembered: Remembered, content: Content, now: float) -> Outcome:
    """The outcome with the names under which it is counted."""
    names = [*_said(outcome, now), *_answered(outcome, content), *_voted(outcome)]
    known = {case.id: len(case.events) for case in remembered.cases}
    for case in outcome.cases:
        for event in _fresh(case, known.get(case.id), now):
            names += _happened(event, case, content)
    return replace(outcome, counts=tuple(names))


def _said(outcome: Outcome, now: float) -> Iterator[str]:
    for entry in outcome.entries:
        if entry.author is Author.PERSON and entry.kind in MESSAGES:
            yield name_of(Measure.MESSAGES)
            yield name_of(Measure.HOUR, hour_of(now), Measure.MESSAGES)


def _answered(outcome: Outcome, content: Content) -> Iterator[str]:
    if outcome.answered:
        session = outcome.session
        yield from _asked(Measure.ANSWERS, outcome.answered, session.outside or session.locale, content)


def _voted(outcome: Outcome) -> Iterator[str]:
    if outcome.vote:
        yield name_of(Measure.VOTE, outcome.vote)


def _fresh(case: Case, known: int | None, now: float) -> tuple[CaseEvent, ...]:
    """Events that the outcome adds; of a case closed so long ago that it is not remembered, those of this moment."""
    return case.events[known:] if known is not None else tuple(each for each in case.events if each.at >= now)


def _happened(event: CaseEvent, case: Case, content: Content) -> Iterator[str]:
    match event.kind:
        case "opened" | "reopened":
            yield from _asked(Measure.HANDED, case.topic, case.locale, content, sensitive=case.sensitive)
            yield name_of(Measure.HOUR, hour_of(event.at), Measure.HANDED)
            yield name_of(Measure.WHY, case.opened_why if event.kind == "opened" else REOPENED)
        case "raised":
            yield name_of(Measure.CRISIS)
        case "answered" if case.first_answer_at == event.at:
            yield from _took(Measure.FIRST, case, event.at, content)
        case "closed":
            yield from _took(Measure.RESOLUTION, case, event.at, content)
            yield name_of(Measure.ENDING, case.outcome)
        case "left":
            yield name_of(Measure.ENDING, case.outcome)


def _took(measure: Measure, case: Case, until: float, content: Content) -> Iterator[str]:
    since = case.queued_at or case.opened_at
    yield name_of(measure, WALL, case.priority, step_of(until - since))
    worked = worked_s(content, case, since, until)
    if worked is not None:
        yield name_of(measure, WORKING, case.priority, step_of(worked))


def _asked(measure: Measure, topic: str, locale: str, content: Content, *, sensitive: bool = False) -> Iterator[str]:
    """By group and language, and by topic in no language; which sensitive topic it was is not counted."""
    entry = content.topics.get(topic)
    group = SENSITIVE if sensitive or (entry and entry.sensitive) else entry.group if entry else OTHER
    yield name_of(measure, group, locale if locale in content.languages else OTHER)
    if group not in (SENSITIVE, OTHER):
        yield name_of(Measure.TOPIC, measure, group, topic)
