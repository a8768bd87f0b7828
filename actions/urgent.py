"""Danger: the right number at once, a case before all others, staff called. First of all deeds, in every state."""

from typing import Final

from msgspec.structs import replace

from actions import calling, handover, outside, promises, taps
from actions.answer import answer_html
from actions.moment import Moment
from actions.taps import tap
from desk import transitions
from road.case import Case, CaseState, Page, Visibility
from road.outcome import Outcome
from road.reply import Button, Lane, Say

STAYS_PAGED: Final = frozenset(
    {"suicide_self_harm", "child_in_danger", "unaccompanied_child", "missing_person_or_child"}
)
"""Topics that a person must look at even when only information is asked for (issue A, facts.md section 14)."""

PAGE_AGAIN_AFTER_S: Final = 600.0
"""A second tap on "I need help now" within this time calls nobody a second time; the alarm stands already."""


def raise_alarm(moment: Moment, topic: str) -> Outcome:
    """Numbers, the case, and the call to staff.

    While an operator has the chat the numbers are sent once per topic; the case is raised each time.
    """
    visibility = _visibility(moment, topic)
    before = moment.open_case(visibility)
    session = moment.session if before else handover.afresh(moment.session)
    case = _raised(moment, before or handover.queued(moment, why="urgent", topic=topic, visibility=visibility), topic)
    known = topic in session.alarmed and case.state is CaseState.ACTIVE
    replies = () if known else (_numbers(moment, topic, case),)
    paged, pages = _page(moment, case, topic, is_new=topic not in session.alarmed)
    alarmed = tuple(dict.fromkeys((*session.alarmed, topic)))
    return Outcome(
        session=replace(session, last_topic=topic, alarmed=alarmed), replies=replies, cases=(paged,), pages=pages
    )


def want_information(moment: Moment, topic: str) -> Outcome:
    """The ordinary answer. Paging stops, except where a person must look whatever was asked for."""
    answer = moment.content.answer(topic, moment.locale, form="full", now=moment.now)
    if answer is None:
        return raise_alarm(moment, topic)
    said = moment.say(
        answer_html(moment.content, moment.locale, answer), need_help_row(moment, topic), handover.menu_row(moment)
    )
    cases = tuple(transitions.lowered(case, at=moment.now) for case in moment.open_cases if _lowers(case, topic))
    informed = moment.outcome(said, session=replace(moment.session, last_topic=topic), cases=cases)
    return replace(informed, answered=topic)


def urgent_help(moment: Moment) -> Outcome:
    """The "Urgent help" button: nothing is asked first."""
    return raise_alarm(moment, "emergency_immediate_danger")


def need_help_row(moment: Moment, topic: str) -> tuple[Button, ...]:
    """The way back from information to help."""
    return (moment.button("need_help", tap(taps.NEED_HELP, topic)),)


def _numbers(moment: Moment, topic: str, case: Case) -> Say:
    if moment.card:
        return outside.numbers(moment, moment.card, topic)
    answer = moment.content.answer(topic, moment.locale, form="now", now=moment.now)
    numbers = answer.html if answer else moment.text("urgent.fallback")
    rows = (need_help_row(moment, topic), (moment.button("information", tap(taps.INFORMATION, topic)),))
    return moment.say(f"{numbers}\n\n{_staff_line(moment, case)}", *rows, lane=Lane.URGENT)


def _staff_line(moment: Moment, case: Case) -> str:
    if case.state is CaseState.ACTIVE:
        return moment.text("handover.active")
    if moment.scene.roster.seeing(case.visibility):
        return moment.text("urgent.staff_called")
    return handover.staff_line(moment, case)


def _visibility(moment: Moment, topic: str) -> Visibility:
    """While a focal case is open all danger is its business: the holder of another may be who is reported."""
    return Visibility.FOCAL if moment.open_case(Visibility.FOCAL) else moment.content.topics[topic].visibility


def _raised(moment: Moment, case: Case, topic: str) -> Case:
    raised = transitions.raised(case, at=moment.now, topic=topic, group=moment.content.topics[topic].group)
    wrote = transitions.wrote(raised, at=moment.now)
    return wrote if case.critical else promises.with_targets(moment.content, wrote)


def _page(moment: Moment, case: Case, topic: str, *, is_new: bool) -> tuple[Case, tuple[Page, ...]]:
    group = moment.content.topics[topic].page
    if not group or (_is_heard(case, moment.now) and not is_new):
        return case, ()
    called, page = calling.called(case, moment.scene, moment.content, group=group)
    return called, (page,)


def _is_heard(case: Case, now: float) -> bool:
    """Whether staff was called lately and is still, or the holder of the case sees the alarm.

    A case that somebody took and nobody has claimed calls again.
    """
    recently = any(event.kind == "paged" and now - event.at < PAGE_AGAIN_AFTER_S for event in case.events)
    is_called = case.call is not None and case.call.next_at is not None
    return recently and (is_called or case.state is CaseState.ACTIVE)


def _lowers(case: Case, topic: str) -> bool:
    """Whether information on a topic is all that is asked for in a case that it has raised."""
    raised_by = _raised_by(case)
    return case.critical and case.state is CaseState.WAITING and topic in raised_by and not raised_by & STAYS_PAGED


def _raised_by(case: Case) -> set[str]:
    """Topics that have raised the case since it was last opened."""
    topics: set[str] = set()
    for event in case.events:
        if event.kind == "reopened":
            topics.clear()
        elif event.kind == "raised":
            topics.add(event.why)
    return topics
