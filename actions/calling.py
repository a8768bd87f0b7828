"""Calls to staff: which message goes to whom when a case needs somebody, and what "I take it" does."""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from actions import takeover, taps
from actions.scene import Scene
from actions.taps import tap
from content import wording
from content.content import Content
from desk import transitions
from desk.calls import beyond, callees
from road.account import Account
from road.case import Case, CaseState, Page, Visibility
from road.outcome import Outcome
from road.reply import Button, Say
from road.session import Remembered, Session
from road.turn import Turn

STAFF_LOCALES: Final = ("hu", "en")
"""Languages of a call to staff: the office's own, and the one all its partners read."""


def called(case: Case, scene: Scene, content: Content, *, group: str) -> tuple[Case, Page]:
    """The case after the next call of a group, and the message of that call. A focal case calls focal points alone."""
    group = "focal" if case.visibility is Visibility.FOCAL else group
    paged = transitions.paged(case, at=scene.now, group=group)
    earlier = paged.call.calls - 1 if paged.call else 0
    chats = _chats(callees(group, earlier, scene.roster, case.visibility))
    staff_chats = group if not earlier or not chats else ""
    return paged, replace(_message(case, scene, content, "page.call"), chats=chats, group=staff_chats)


def warned(case: Case, scene: Scene, content: Content) -> tuple[Case, Page]:
    """The case that is about to miss a target, and the one message about it to the operators' superiors."""
    group = beyond(case.visibility)
    chats = _chats(callees(group, 0, scene.roster, case.visibility))
    page = _message(case, scene, content, "console.page.overdue")
    return transitions.overdue(case, at=scene.now), replace(page, chats=chats, group="" if chats else group)


def _message(case: Case, scene: Scene, content: Content, key: str) -> Page:
    """No personal data but the language, a link and "I take it"; to nobody yet."""
    lines = [
        content.text(key, locale, case=case.id, locale_name=wording.language(case.locale, locale))
        for locale in STAFF_LOCALES
    ]
    link = [f'<a href="{scene.console_url}/console/cases/{case.id}">{case.id}</a>'] if scene.console_url else []
    take = " / ".join(dict.fromkeys(content.plain("console.page.take", locale) for locale in STAFF_LOCALES))
    button = Button(text=take, data=tap(taps.TAKE, case.id))
    return Page(case_id=case.id, html="\n".join([*lines, *link]), buttons=((button,),))


def _chats(accounts: Iterable[Account]) -> tuple[str, ...]:
    return tuple(account.chat for account in accounts if account.chat)


def answered(turn: Turn, remembered: Remembered, by: Account, content: Content, *, key: str) -> Outcome:
    """What somebody who tapped "I take it" reads; the button goes, so that it is tapped once."""
    session = remembered.session or Session(address=turn.address, locale=by.locale, at=turn.at)
    html = content.text(f"console.page.{key}", by.locale, case=case_taken(turn))
    said = Say(html=html, locale=by.locale)
    return Outcome(session=session, replies=(*taps.used_up(turn), said, *taps.confirmed(turn)))


def case_taken(turn: Turn) -> str:
    """The case of a tapped "I take it"; "" for any other turn."""
    verb, case_id = taps.read_tap(turn.button)
    return case_id if verb == taps.TAKE else ""


def taken(
    found: tuple[Case, Remembered] | None, by: Account, content: Content, now: float
) -> tuple[str, Outcome | None]:
    """The word for what becomes of "I take it" (`console.page.<word>`), and the change of the case, if it makes one."""
    if found is None or found[0].state is CaseState.CLOSED:
        return "gone", None
    case, remembered = found
    if not by.sees(case.visibility):
        return "not_yours", None
    if _is_over(case) and any(event.kind == "seen" and event.by == by.name for event in case.events):
        return "taken", None
    if _is_over(case) and case.call is not None and case.call.taken_by:
        return "taken_before", None
    return "taken", takeover.seen(remembered, case, by, content, now)


def _is_over(case: Case) -> bool:
    """Whether nobody need look any more: no alarm, and no call that goes on."""
    return not case.alarm and (case.call is None or case.call.next_at is None)
