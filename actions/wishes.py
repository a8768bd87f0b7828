"""In danger to life a person may be asked for their number and for where they are, each once; erased at close."""

from msgspec.structs import replace

from actions.moment import Moment
from actions.takeover import sent, session_of
from actions.transcript import plain_text
from content.content import Content
from desk import transitions
from road.account import Account
from road.care import Given, Wish
from road.case import Case
from road.errors import NotAllowed
from road.outcome import Outcome
from road.reply import AskFor
from road.session import Remembered
from road.turn import Turn


def ask(remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, wish: Wish) -> Outcome:
    """Asks, and says why and that it is erased.

    Raises:
        NotAllowed: The case is not critical, the person was asked before, or somebody else holds it.
    """
    if not case.critical:
        raise NotAllowed("only in danger to life", "no_danger")
    if wish in case.care.wishes:
        raise NotAllowed("the person was asked already", "asked_already")
    session = session_of(remembered)
    asked = AskFor(
        html=content.text(f"care.{wish}.ask", session.locale),
        wish=wish,
        give=content.plain(f"care.{wish}.give", session.locale),
        decline=content.plain("care.decline", session.locale),
        locale=session.locale,
    )
    care = replace(case.care, wishes=(*case.care.wishes, wish))
    arranged = transitions.arranged(case, at=now, by=by.name, what=f"asked_{wish}", care=care)
    return sent(session, arranged, by, content, now, reply=asked, text=plain_text(asked.html))


def given(moment: Moment) -> Outcome | None:
    """What the person handed over, kept in the case that asked for it; None where none did, or nothing was handed over.

    The transcript says only that something came: what it was lies in the case alone, and leaves with its close.
    """
    wish, case = _handed_over(moment.turn), moment.case
    if wish is None or case is None or wish not in case.care.wishes:
        return None
    turn = moment.turn
    new = Given(
        at=moment.now,
        phone=turn.phone,
        lat=turn.point.lat if turn.point else None,
        lon=turn.point.lon if turn.point else None,
    )
    care = replace(case.care, given=(*case.care.given, new))
    kept = transitions.gave(transitions.wrote(case, at=moment.now), at=moment.now, care=care)
    thanks = replace(moment.say(moment.text("care.given")), ends_wish=True)
    return moment.outcome(thanks, cases=(kept,))


def _handed_over(turn: Turn) -> Wish | None:
    if turn.phone:
        return Wish.CONTACT
    return Wish.LOCATION if turn.point else None
