"""Everything a decision may rest on besides the turn and the content."""

import msgspec

from road.account import Roster
from road.session import Remembered
from road.understanding import Understanding


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """The state of the world when a turn is decided.

    Attributes:
        roster: Who is on duty, and how long cases took lately.
        next_duty: When staff is next expected to read, seconds since the epoch; None when nobody has said.
        fresh_id: A random id for a case, in case one is opened.
        retention_days: How long what is kept is kept, for the privacy note.
        privacy_contact: Where to ask about one's data, or "".
        console_url: Where staff opens the console, or "".
    """

    remembered: Remembered
    understanding: Understanding
    now: float
    fresh_id: str
    roster: Roster = Roster()
    next_duty: float | None = None
    retention_days: int = 30
    privacy_contact: str = ""
    console_url: str = ""
