"""What is counted of the hotline's work, by day: names made of words of ours. No text, no person, no case.

| name | counts |
|---|---|
| `messages`, `hour:<hour>:messages` | what people sent, taps and corrections aside |
| `answers:<group>:<locale>` | answers that the bot gave |
| `handed:<group>:<locale>`, `hour:<hour>:handed`, `why:<word>` | cases that were opened, or opened again |
| `topic:<measure>:<group>:<topic>` | the same two by single topic, sensitive ones aside, in no language |
| `crisis` | messages and taps that said that somebody may be in danger |
| `first:<clock>:<priority>:<step>` | how long until a colleague's first words |
| `resolution:<clock>:<priority>:<step>` | how long until the case was closed |
| `ending:<word>` | how cases ended |
| `vote:<answer>` | whether a conversation helped |

Hours are Budapest's. The clock is `wall` or `working` (`desk.calendar`); steps are those of `desk.durations`.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from road.clock import BUDAPEST


class Measure(StrEnum):
    """The first word of a name."""

    MESSAGES = "messages"
    ANSWERS = "answers"
    HANDED = "handed"
    HOUR = "hour"
    TOPIC = "topic"
    WHY = "why"
    CRISIS = "crisis"
    FIRST = "first"
    RESOLUTION = "resolution"
    ENDING = "ending"
    VOTE = "vote"


WALL, WORKING = "wall", "working"

SENSITIVE: Final = "sensitive"
"""Stands for the groups of all sensitive topics: which of them it was is not counted."""

OTHER: Final = "other"
"""Stands for a topic that is not known, and for a language without texts of ours."""

REOPENED: Final = "reopened"
"""Why a case that was opened again came to people."""


def name_of(measure: Measure, *parts: object) -> str:
    """The name that something is counted under."""
    return ":".join((str(measure), *map(str, parts)))


def hour_of(at: float) -> int:
    """The hour of its day, 0 to 23."""
    return datetime.fromtimestamp(at, BUDAPEST).hour
