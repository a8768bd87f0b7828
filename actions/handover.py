"""Hands a person over to people: opens a case and says truly what happens next."""

from actions import outside, promises, taps
from actions.moment import Moment
from actions.taps import tap
from content import hours
from desk import transitions
from desk.routing import Hands, line_of
from road.case import Case, CaseState, Visibility
from road.outcome import Outcome
from road.reply import Button, Say


def hand_over(moment: Moment, *, why: str, topic: str = "") -> Outcome:
    """A place in the queue, or where the person already stands."""
    if (focal := moment.open_case(Visibility.FOCAL)) is not None:
        return moment.outcome(told(moment, focal))
    if (case := moment.open_case()) is not None:
        return moment.outcome(told(moment, case))
    case = new_case(moment, why=why, topic=topic)
    return moment.outcome(told(moment, case, fresh=True), cases=(case,))


def ask_for_person(moment: Moment) -> Outcome:
    """At the person's own wish; the case says what was spoken of last."""
    return hand_over(moment, why="asked", topic=moment.session.last_topic)


def new_case(moment: Moment, *, why: str, topic: str = "", visibility: Visibility = Visibility.ALL) -> Case:
    """A case that waits."""
    entry = moment.content.topics.get(topic)
    case = transitions.opened(
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
    return promises.with_targets(moment.content, case)


def told(moment: Moment, case: Case, *, fresh: bool = False) -> Say:
    """Where the person stands: read by somebody now, their place, or that nobody is reading."""
    if case.state is CaseState.ACTIVE:
        return moment.say(moment.text("handover.active"))
    if moment.card:
        return outside.asked(moment, moment.card)
    lines = [moment.text("handover.opened" if fresh else "handover.waiting"), staff_line(moment, case)]
    return moment.say("\n\n".join(line for line in lines if line), leave_row(moment))


def staff_line(moment: Moment, case: Case) -> str:
    """Who reads, when, and the person's place; no place in critical cases."""
    scene = moment.scene
    if not moment.staffed:
        opens = promises.next_reading(moment.content, case, moment.now)
        when = hours.from_when(opens, moment.now, moment.locale, moment.plain) if opens else ""
        nobody = moment.text("handover.nobody_until", when=when) if when else moment.text("handover.nobody")
        return f"{nobody}\n\n{moment.text('handover.call_112')}"
    if case.critical:
        return moment.text("handover.soon")
    ahead = scene.remembered.ahead.get(case.id, scene.remembered.waiting)
    return moment.text("handover.place", n=Hands(scene.roster).place(line_of(case), ahead))


def leave_queue(moment: Moment) -> Outcome:
    """Out of the queue at the person's wish; a case somebody already works on is theirs to close."""
    case = moment.open_case()
    if case is None or case.state is not CaseState.WAITING:
        return moment.outcome(moment.say(moment.text("handover.not_waiting"), menu_row(moment)))
    gone = transitions.left(case, at=moment.now)
    return moment.outcome(moment.say(moment.text("handover.left"), menu_row(moment)), cases=(gone,))


def leave_row(moment: Moment) -> tuple[Button, ...]:
    """The way out of the queue, and what to do meanwhile."""
    return (moment.button("menu", tap(taps.MENU)), moment.button("leave_queue", tap(taps.LEAVE_QUEUE)))


def menu_row(moment: Moment) -> tuple[Button, ...]:
    """Two ways on that fit below anything."""
    return (moment.button("menu", tap(taps.MENU)), moment.button("person", tap(taps.PERSON)))
