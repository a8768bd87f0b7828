"""Danger: the right number at once, a case before all others, staff called. First of all deeds, in every state."""

from typing import Final

from msgspec.structs import replace

from actions import calling, handover, outside, taps
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
    visibility = moment.content.topics[topic].visibility
    case = _raised_case(moment, topic, visibility)
    known = topic in moment.session.alarmed and case.state is CaseState.ACTIVE
    replies = () if known else (_numbers(moment, topic, case),)
    session = replace(
        moment.session,
        last_topic=topic,
        alarmed=tuple(dict.fromkeys((*moment.session.alarmed, topic))),
    )
    paged, pages = _page(moment, case, topic)
    return Outcome(session=session, replies=replies, cases=(paged,), pages=pages)


def want_information(moment: Moment, topic: str) -> Outcome:
    """The ordinary answer. Paging stops, except where a person must look whatever was asked for."""
    answer = moment.content.answer(topic, moment.locale, form="full", now=moment.now)
    if answer is None:
        return raise_alarm(moment, topic)
    said = moment.say(answer_html(moment, answer), need_help_row(moment, topic), handover.menu_row(moment))
    case = moment.open_case(moment.content.topics[topic].visibility)
    lowers = case is not None and case.critical and case.state is CaseState.WAITING and topic not in STAYS_PAGED
    still_paged = lowers and case is not None and _other_topic_stays(case, topic)
    cases = (transitions.lowered(case, at=moment.now),) if lowers and case and not still_paged else ()
    return moment.outcome(said, session=replace(moment.session, last_topic=topic), cases=cases)


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
    if moment.staffed:
        return moment.text("urgent.staff_called")
    return handover.staff_line(moment, case)


def _raised_case(moment: Moment, topic: str, visibility: Visibility) -> Case:
    case = moment.open_case(visibility) or handover.new_case(moment, why="urgent", topic=topic, visibility=visibility)
    return transitions.raised(case, at=moment.now, topic=topic, group=moment.content.topics[topic].group)


def _page(moment: Moment, case: Case, topic: str) -> tuple[Case, tuple[Page, ...]]:
    group = moment.content.topics[topic].page
    new_topic = topic not in moment.session.alarmed
    if not group or (_is_heard(case, moment.now) and not new_topic):
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


def _other_topic_stays(case: Case, topic: str) -> bool:
    raised_by = {e.why for e in case.events if e.kind in ("opened", "raised")} - {topic}
    return bool(raised_by & STAYS_PAGED)
