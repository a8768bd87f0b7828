"""What is kept and who reads it; hiding the chat; erasing everything."""

from msgspec.structs import replace

from actions import taps
from actions.handover import menu_row
from actions.moment import Moment
from actions.taps import tap
from road.case import CaseState
from road.outcome import Erasure, Outcome
from road.reply import Button
from road.session import Session


def show_privacy(moment: Moment) -> Outcome:
    """Who reads, how long it is kept, when others must be told."""
    lines = [moment.text("privacy.note", days=moment.scene.retention_days)]
    if moment.scene.privacy_contact:
        lines.append(moment.text("privacy.contact", contact=moment.scene.privacy_contact))
    return moment.outcome(moment.say("\n\n".join(lines), *_erasure_rows(moment), menu_row(moment)))


def offer_erasure(moment: Moment) -> Outcome:
    """Hide or erase, said before anything is done."""
    return moment.outcome(moment.say(moment.text("erase.offer"), *_erasure_rows(moment), _cancel_row(moment)))


def hide(moment: Moment) -> Outcome:
    """Deletes the chat's messages of the last 48 hours, and what was to be shown, and says what remains."""
    said = moment.say(moment.text("hide.done", days=moment.scene.retention_days))
    return replace(moment.outcome(said, session=replace(moment.session, held_back=())), erasure=Erasure.HIDE)


def forget(moment: Moment) -> Outcome:
    """Erases at once; with an open case, says first that nobody will come then."""
    if any(case.state is not CaseState.CLOSED for case in moment.scene.remembered.cases):
        rows = (
            (moment.button("forget_sure", tap(taps.FORGET_SURE)),),
            (moment.button("hide", tap(taps.HIDE)), moment.button("cancel", tap(taps.CANCEL))),
        )
        return moment.outcome(moment.say(moment.text("forget.nobody_will_come"), *rows))
    return forget_surely(moment)


def forget_surely(moment: Moment) -> Outcome:
    """Erases all that is kept; what is left is a short word that it was done."""
    session = Session(address=moment.session.address, locale=moment.locale, at=moment.now)
    said = moment.say(moment.text("forget.done"))
    return replace(moment.outcome(said, session=session), erasure=Erasure.FORGET)


def cancel(moment: Moment) -> Outcome:
    """Nothing was changed."""
    return moment.outcome(moment.say(moment.text("erase.cancelled"), menu_row(moment)))


def _erasure_rows(moment: Moment) -> tuple[tuple[Button, ...], ...]:
    return ((moment.button("hide", tap(taps.HIDE)),), (moment.button("forget", tap(taps.FORGET)),))


def _cancel_row(moment: Moment) -> tuple[Button, ...]:
    return (moment.button("cancel", tap(taps.CANCEL)),)
