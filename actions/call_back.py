"""A call that a person and an operator agree on: asked for with buttons, answered by a tap, kept in the case."""

from msgspec.structs import replace

from actions import taps
from actions.moment import Moment
from actions.saying import say
from actions.takeover import sent, session_of
from actions.taps import tap
from actions.transcript import plain_text
from content.content import Content
from desk import call_back as calls
from desk import transitions
from road.account import Account
from road.care import CallBack
from road.case import Case
from road.errors import NotAllowed
from road.outcome import Outcome
from road.reply import Button, Lane
from road.session import Remembered


def ask(remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, question: str) -> Outcome:
    """Asks the person one of the questions, with its answers as buttons; the number is written (`typed_number`)."""
    if question not in calls.QUESTIONS:
        raise NotAllowed(f"there is no question {question!r}")
    session = session_of(remembered)
    rows = (
        (Button(text=content.plain(answer_key(question, answer), session.locale), data=_tap(question, answer)),)
        for answer in calls.QUESTIONS[question]
    )
    asked = say(session, content.text(f"care.call.{question}", session.locale), *rows, lane=Lane.OPERATOR)
    if question == "number":
        call = replace(case.care.call_back or CallBack(), asks_number=True)
        case = replace(case, care=replace(case.care, call_back=call))
    return sent(session, case, by, content, now, reply=asked, text=plain_text(asked.html))


def answered(moment: Moment, argument: str) -> Outcome:
    """The person's tap: it stands in the case; one for which no case is open any more changes nothing."""
    question, _, answer = argument.partition(".")
    thanks = moment.outcome(*taps.used_up(moment.turn), moment.say(moment.text("care.call.thanks")))
    case = moment.case
    if case is None or not answer or not calls.allows(question, answer):
        return thanks
    call = replace(case.care.call_back or CallBack(), **{question: answer})
    wrote = transitions.wrote(case, at=moment.now)
    return replace(thanks, cases=(transitions.gave(wrote, at=moment.now, care=replace(case.care, call_back=call)),))


def agree(remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, call: CallBack) -> Outcome:
    """Keeps what was agreed."""
    if not all(calls.allows(question, getattr(call, question)) for question in calls.QUESTIONS if question != "number"):
        raise NotAllowed("an answer is not one of those to choose from")
    if call.due_at is not None and not call.number:
        raise NotAllowed("nobody can be called without a number", "no_number")
    if call.due_at is not None and call.safe == "no":
        raise NotAllowed("nobody is called who has said that it is not safe", "not_safe")
    known = case.care.call_back or CallBack()
    agreed = replace(call, asks_number=known.asks_number, typed=known.typed)
    return _arranged(remembered, case, by, now, call=agreed, what="call_agreed")


def reached(remembered: Remembered, case: Case, by: Account, content: Content, now: float) -> Outcome:
    """The person was called."""
    return _arranged(remembered, case, by, now, call=calls.reached(_agreed(case)), what="called")


def not_reached(
    remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, again_at: float | None
) -> Outcome:
    """Nobody was reached."""
    call = calls.not_reached(_agreed(case), again_at=again_at)
    return _arranged(remembered, case, by, now, call=call, what="not_reached")


def answer_key(question: str, answer: str) -> str:
    """The interface text of an answer."""
    return f"care.call.{question}.{answer}"


def _tap(question: str, answer: str) -> str:
    return tap(taps.CALL, f"{question}.{answer}")


def _agreed(case: Case) -> CallBack:
    if case.care.call_back is None:
        raise NotAllowed("no call was agreed on")
    return case.care.call_back


def _arranged(remembered: Remembered, case: Case, by: Account, now: float, *, call: CallBack, what: str) -> Outcome:
    care = replace(case.care, call_back=call)
    arranged = transitions.arranged(case, at=now, by=by.name, what=what, care=care)
    return Outcome(session=session_of(remembered), cases=(arranged,))
