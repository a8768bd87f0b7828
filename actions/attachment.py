"""What a person hears of a file that nobody will be able to open."""

from msgspec.structs import replace

from actions.moment import Moment
from road.case import CaseState
from road.media import FETCH_BYTES
from road.outcome import Outcome

_MEGABYTE = 1_000_000


def told_if_too_large(moment: Moment, outcome: Outcome) -> Outcome:
    """The outcome, and where somebody would look at the file: that it is too large."""
    file = moment.turn.attachment
    cases = (*moment.open_cases, *outcome.cases)
    if file is None or file.size_bytes <= FETCH_BYTES or all(case.state is CaseState.CLOSED for case in cases):
        return outcome
    said = moment.say(moment.text("file.too_large", megabytes=FETCH_BYTES // _MEGABYTE))
    return replace(outcome, replies=(*outcome.replies, said))
