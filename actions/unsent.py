"""An operator's message that waits some seconds before it goes out, so that it can be undone."""

from collections.abc import Callable

from msgspec.structs import replace

from actions import takeover
from content.content import Content
from desk import transitions
from road.account import Account
from road.care import Unsent
from road.case import Case
from road.errors import NotAllowed
from road.outcome import Outcome
from road.session import Remembered, Session

Deed = Callable[..., Outcome]

TAKE_BACK_S = 48 * 3600.0
"""So long Telegram lets a bot delete its messages. Source: Bot API, deleteMessage."""


def compose(
    remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, text: str, wait_s: float
) -> Outcome:
    """Sends the person a message after so many seconds; it is refused at once if it can't be sent now."""
    at_once = takeover.answer(remembered, case, by, content, now, text=text)
    if not wait_s or remembered.session is None:
        return at_once
    unsent = Unsent(by=by.name, text=text.strip(), send_at=now + wait_s)
    return Outcome(session=remembered.session, cases=(transitions.composed(case, at=now, unsent=unsent),))


def undo(remembered: Remembered, case: Case, by: Account, content: Content, now: float) -> Outcome:
    """Sends nothing of the message that waits."""
    undone = transitions.undone(case, at=now, by=by.name)
    return Outcome(session=takeover.session_of(remembered), cases=(undone,))


def take_back(
    remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, name: str, said_at: float
) -> Outcome:
    """Deletes a message in the person's chat that an operator sent.

    Raises:
        NotAllowed: Somebody else holds the case, or the channel deletes nothing so old.
    """
    if now - said_at > TAKE_BACK_S:
        raise NotAllowed("the channel deletes no message so old", "too_old")
    return Outcome(session=takeover.session_of(remembered), cases=(transitions.held(case, by.name),), take_back=name)


def sent(session: Session, case: Case, content: Content, now: float) -> Outcome | None:
    """What sends the message that waits; None when none does."""
    unsent = case.care.unsent
    return takeover.say_as(session, case, content, now, by=unsent.by, text=unsent.text) if unsent else None


def first(deed: Deed) -> Deed:
    """The deed with the message that waits sent before it: nothing that was written later may overtake it."""

    def both(remembered: Remembered, case: Case, by: Account, content: Content, now: float) -> Outcome:
        before = sent(remembered.session, case, content, now) if remembered.session else None
        if before is None:
            return deed(remembered, case, by, content, now)
        (case,) = before.cases
        after = deed(replace(remembered, session=before.session), case, by, content, now)
        return one_after_the_other(before, after)

    return both


def one_after_the_other(before: Outcome, after: Outcome) -> Outcome:
    """What was decided on what an earlier decision left, with all that both send."""
    return replace(after, replies=(*before.replies, *after.replies), entries=(*before.entries, *after.entries))
