"""Hands a person over to people: opens a case, or the last one again, and says truly what happens next."""

from collections.abc import Mapping

from msgspec.structs import replace

from actions import outside, promises, taps
from actions.moment import Moment
from actions.standing import Standing, leave_row
from actions.standing import staff_line as line_of_staff
from actions.taps import tap
from desk import transitions, waiting
from road.case import Case, CaseState, Visibility
from road.outcome import Outcome
from road.reply import Button, Say
from road.session import Session


def hand_over(moment: Moment, *, why: str, topic: str = "") -> Outcome:
    """A place in the queue, or where the person already stands."""
    if (case := moment.case) is not None:
        return moment.outcome(told(moment, case), cases=(_marked(moment, case),) if _waits(case) else ())
    case = queued(moment, why=why, topic=topic)
    return moment.outcome(welcomed(moment, case), session=afresh(moment.session), cases=(case,))


def ask_for_person(moment: Moment) -> Outcome:
    """At the person's own wish; the case says what was spoken of last."""
    return hand_over(moment, why="asked", topic=moment.session.last_topic)


def queued(moment: Moment, *, why: str, topic: str = "", visibility: Visibility = Visibility.ALL) -> Case:
    """A case that waits: the one of this visibility that was closed lately, at the queue's end, or a new one."""
    closed = moment.closed_case(visibility)
    if closed is None:
        case = _new(moment, why=why, topic=topic, visibility=visibility)
    else:
        case = _reopened(moment, closed, why=why, topic=topic)
    case = promises.with_targets(moment.content, case)
    case = _marked(moment, case)
    suggests = moment.session.minor and not (case.minor or case.minor_suggested)
    return transitions.minor_suggested(case, at=moment.now) if suggests else case


def afresh(session: Session) -> Session:
    """The session of a person whose case opens anew: numbers are sent again, and no vote on an earlier one counts."""
    return replace(session, alarmed=(), pending="")


def welcomed(moment: Moment, case: Case, key: str = "handover.opened") -> Say:
    """That staff will answer, who reads and when, and what to do meanwhile."""
    if moment.card:
        return outside.asked(moment, moment.card)
    lines = (moment.text(key), staff_line(moment, case), moment.text("handover.meanwhile"))
    return moment.say("\n\n".join(lines), leave_row(moment.content, moment.locale))


def told(moment: Moment, case: Case) -> Say:
    """Where the person stands: read by somebody now, their place, or that nobody is reading."""
    if case.state is CaseState.ACTIVE:
        return moment.say(moment.text("handover.active"))
    if moment.card:
        return outside.asked(moment, moment.card)
    html = f"{moment.text('handover.waiting')}\n\n{staff_line(moment, case)}"
    return moment.say(html, leave_row(moment.content, moment.locale))


def _marked(moment: Moment, case: Case) -> Case:
    """The case of a person who is told where they stand: the keeper tells them again when that has changed."""
    return waiting.told(case, waiting.wait_of(case, _ahead(moment, case), moment.scene.roster), moment.now)


def _ahead(moment: Moment, case: Case) -> Mapping[str, int]:
    remembered = moment.scene.remembered
    return remembered.ahead.get(case.id, remembered.waiting)


def _waits(case: Case) -> bool:
    return case.state is CaseState.WAITING


def staff_line(moment: Moment, case: Case) -> str:
    """Who reads, when, and the person's place."""
    scene = moment.scene
    standing = Standing(
        case=case,
        ahead=_ahead(moment, case),
        roster=scene.roster,
        now=moment.now,
    )
    return line_of_staff(moment.content, moment.locale, standing)


def leave_queue(moment: Moment) -> Outcome:
    """Out of every queue at the person's wish; a case somebody already works on is theirs to close."""
    left = [case for case in moment.open_cases if _waits(case)]
    if not left:
        return moment.outcome(moment.say(moment.text("handover.not_waiting"), menu_row(moment)))
    gone = tuple(transitions.left(case, at=moment.now) for case in left)
    return moment.outcome(moment.say(moment.text("handover.left"), menu_row(moment)), cases=gone)


def lose_touch(moment: Moment) -> Outcome:
    """Nothing is said to a person who blocked the bot; whoever has their case sees that nothing reaches them."""
    reached = [case for case in moment.open_cases if not case.undelivered]
    return moment.outcome(cases=tuple(transitions.undelivered(case, at=moment.now) for case in reached))


def menu_row(moment: Moment) -> tuple[Button, ...]:
    """Two ways on that fit below anything."""
    return (moment.button("menu", tap(taps.MENU)), moment.button("person", tap(taps.PERSON)))


def _new(moment: Moment, *, why: str, topic: str, visibility: Visibility) -> Case:
    entry = moment.content.topics.get(topic)
    return transitions.opened(
        Case(
            id=moment.scene.fresh_id,
            person=moment.scene.remembered.person,
            state=CaseState.WAITING,
            opened_at=moment.now,
            locale=moment.session.outside or moment.locale,
            visibility=visibility,
            topic=topic,
            group=entry.group if entry else "",
            raised=bool(entry and entry.urgency == "high"),
            sensitive=bool(entry and entry.sensitive),
            opened_why=why,
        )
    )


def _reopened(moment: Moment, closed: Case, *, why: str, topic: str) -> Case:
    """About what was spoken of last, where that is known; once sensitive, always sensitive."""
    again = transitions.reopened(closed, at=moment.now, why=topic or why, due_at=None, resolve_by=None)
    again = replace(again, locale=moment.session.outside or moment.locale)
    entry = moment.content.topics.get(topic)
    if entry is None:
        return again
    sensitive, raised = again.sensitive or entry.sensitive, entry.urgency == "high"
    return replace(again, topic=topic, group=entry.group, raised=raised, sensitive=sensitive)
