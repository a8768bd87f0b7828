"""Deeds of operators on a case: decided by `actions.takeover` on the case as it is, and again when it has changed."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final

from msgspec.structs import replace
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from actions import bridge, interpreting, takeover, unsent
from actions.counting import counted
from content.field import FIELDS
from desk.routing import is_open_to
from road.account import OnDuty, Roster
from road.case import Case, CaseState, Consent, Ending
from road.errors import Conflict, NotAllowed
from road.outcome import Outcome
from road.session import Remembered
from road.text import kept
from web.session import Visitor
from web.site import site_of

Deed = Callable[..., Outcome]
Found = tuple[Case, Remembered]
Find = Callable[[Request, Visitor, str], Awaitable[Found]]

ONCE_CHARACTERS: Final = 64
"""Longer than what our pages put into a form's `once`."""

QUIET: Final = frozenset({"note", "minor", "safe_word", "seen"})
"""Deeds of which the person hears nothing that could overtake a message."""

TRIES: Final = 5
"""How often a deed is decided anew when the person, or a colleague, was faster. Five in a row is a fault elsewhere."""


async def deed_of(request: Request, name: str, form: FormData) -> Deed:
    """A posted deed with what was filled in.

    Raises:
        HTTPException: 404, there is no such deed.
        NotAllowed: It can't be done, whatever the case.
    """
    if name == "reassign":
        return await _reassign(request, form)
    deeds: dict[str, Callable[[FormData], Deed]] = {
        "claim": lambda _: takeover.claim,
        "release": lambda _: takeover.release,
        "take_back": lambda _: takeover.take_back,
        "seen": lambda _: takeover.seen,
        "answer": lambda form: partial(unsent.compose, text=typed(form), wait_s=site_of(request).settings.undo_s),
        "note": lambda form: partial(takeover.note, text=typed(form)),
        "send_topic": lambda form: partial(takeover.send_topic, topic=word(form, "topic")),
        "minor": lambda form: partial(takeover.mark, minor=word(form, "minor") == "1"),
        "safe_word": lambda form: partial(takeover.mark, safe_word=word(form, "safe_word")),
        "close": lambda form: partial(takeover.close, ending=_ending(form)),
        "ask": lambda form: partial(bridge.ask, question=word(form, "question"), fields=_fields(form)),
        "send_prepared": lambda form: partial(bridge.send_prepared, name=word(form, "prepared"), fields=_fields(form)),
        "interpreter": _interpreter,
        "interpreter_found": lambda _: interpreting.interpreter_found,
        "interpreter_withdrawn": lambda _: interpreting.withdraw_interpreter,
    }
    if name not in deeds:
        raise HTTPException(404)
    return deeds[name](form)


async def found_case(request: Request, visitor: Visitor, case_id: str) -> Found:
    """The case; 404 for an account that may not see it, as if there were none."""
    found = await site_of(request).store.find_case(case_id)
    if found is None or not visitor.account.sees(found[0].visibility):
        raise HTTPException(404)
    return found


async def case_to_claim(request: Request, visitor: Visitor, case_id: str) -> Found:
    """As `found_case`; who is on duty is asked only where it matters, and a supervisor need not wait for others.

    Raises:
        NotAllowed: Others are asked first.
    """
    case, remembered = await found_case(request, visitor, case_id)
    by, now = visitor.account, site_of(request).clock()
    if case.state is CaseState.WAITING and not (by.supervises or is_open_to(case, by, now)):
        hands = await site_of(request).board.snapshot().hands()
        if not hands.offers(case, by, now):
            raise NotAllowed(f"case {case.id} is not offered to this account yet", "not_offered")
    return case, remembered


async def change(  # noqa: PLR0913 - as `change_quietly`
    request: Request, visitor: Visitor, deed: Deed, *, case_id: str, once: str = "", find: Find = found_case
) -> None:
    """As `change_quietly`, after what the holder has written and could still undo was sent."""
    await change_quietly(request, visitor, unsent.first(deed), case_id=case_id, once=once, find=find)


async def change_quietly(  # noqa: PLR0913 - all that a deed is made of
    request: Request, visitor: Visitor, deed: Deed, *, case_id: str, once: str = "", find: Find = found_case
) -> None:
    """Decides on the case as it is now, again when it has changed meanwhile.

    Args:
        find: Reads the case, and may refuse already.
        once: The form's name (`once_of`): what was written under it already is not written again.

    Raises:
        NotAllowed: As the case is now, the deed can't be done.
        Conflict: It changed faster than it could be decided on, or the operator's hands are full.
    """
    site = site_of(request)
    for _ in range(TRIES):
        case, remembered = await find(request, visitor, case_id)
        content, now = site.content(), site.clock()
        outcome = replace(deed(remembered, case, visitor.account, content, now), once=once)
        try:
            await site.store.change(remembered, counted(outcome, remembered, content, now))
        except Conflict:
            continue
        return site.board.changed()
    raise Conflict("the case kept changing")


def once_of(visitor: Visitor, case_id: str, name: str, form: FormData) -> str:
    """A name for what was filled in this one time, or "" for a form that has none.

    When the connection breaks before the answer comes, the same form is sent again, and must not be done twice.
    """
    given = word(form, "once")[:ONCE_CHARACTERS]
    return f"{visitor.account.name}:{case_id}:{name}:{given}" if given else ""


async def why_not(request: Request, visitor: Visitor, case: Case, error: NotAllowed | Conflict) -> str:
    """The word for why a deed was not done, from what the case is now."""
    if case.state is CaseState.ACTIVE and case.operator != visitor.account.name:
        return "colleague_first"
    if case.state is CaseState.CLOSED:
        return "closed"
    if isinstance(error, NotAllowed):
        return error.why
    held = await site_of(request).store.held_by([visitor.account.name])
    return "at_capacity" if case.state is CaseState.WAITING and len(held) >= visitor.account.capacity else "not_done"


def colleagues_for(case: Case, roster: Roster) -> Sequence[OnDuty]:
    """Whom a case may be handed to: on duty, allowed to see it, and with a hand free unless it is critical."""
    others = (each for each in roster.seeing(case.visibility) if each.account.name != case.operator)
    return [each for each in others if each.free or case.critical]


def word(form: FormData, field: str) -> str:
    """A short value of a form."""
    value = form.get(field, "")
    return kept(value).strip() if isinstance(value, str) else ""


def typed(form: FormData) -> str:
    """A text as written, without characters that can't be seen; not cut, since a fault is told."""
    text = form.get("text", "")
    return kept(text) if isinstance(text, str) else ""


async def _reassign(request: Request, form: FormData) -> Deed:
    roster = await site_of(request).store.roster()
    return partial(takeover.reassign, to=word(form, "to"), roster=roster, text=typed(form))


def _fields(form: FormData) -> dict[str, str]:
    """What an operator fills into a question or a prepared text."""
    return {name: word(form, name) for name in FIELDS}


def _interpreter(form: FormData) -> Deed:
    return partial(
        interpreting.ask_for_interpreter,
        locale=word(form, "language"),
        purpose=word(form, "purpose"),
        time=word(form, "time"),
    )


def _ending(form: FormData) -> Ending:
    outcome, consent = word(form, "outcome"), word(form, "consent")
    referred = outcome == "referred"
    return Ending(
        outcome=outcome,
        topic=word(form, "topic"),
        referral=word(form, "referral") if referred else "",
        consent=Consent(consent) if consent in list(Consent) else Consent.NOT_ASKED,
        reason=word(form, "reason") if consent == Consent.OVERRULED else "",
    )
