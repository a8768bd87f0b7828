"""The words buttons carry: `1:<verb>` or `1:<verb>:<argument>`, at most 64 bytes as Telegram demands.

The number is the version of this table. A button of another version is answered with the menu, never with a guess.
"""

from typing import Final

from road.reply import ConfirmTap, DropButtons
from road.turn import Turn

VERSION: Final = "1"

ANSWER: Final = "a"  # a topic
MENU: Final = "m"
GROUP: Final = "g"  # a group of topics
PERSON: Final = "p"
URGENT: Final = "u"  # "Urgent help"
NEED_HELP: Final = "n"  # a critical topic: "I need help now"
INFORMATION: Final = "i"  # a critical topic: "I only want information"
HELPFUL: Final = "y"  # a topic
NOT_HELPFUL: Final = "x"  # a topic
LANGUAGE: Final = "l"  # a locale, or nothing: show the list
PLACE: Final = "o"  # a place's id: its pin on the map
SIMPLER: Final = "s"  # a topic
SHOW: Final = "v"  # what was held back from a phone that somebody may watch
VOTE: Final = "b"  # one of `road.outcome.VOTES`
LEAVE_QUEUE: Final = "q"
CALL: Final = "k"  # a question about a call and its answer, as `safe.yes`
BRIDGE: Final = "w"  # a bridging question and an answer to it, with a colon between
TAKE: Final = "t"  # a case: "I take it", below a call to staff
PRIVACY: Final = "r"
HIDE: Final = "h"
FORGET: Final = "f"
FORGET_SURE: Final = "fy"
CANCEL: Final = "c"


def tap(verb: str, argument: str = "") -> str:
    """What a button carries."""
    return f"{VERSION}:{verb}:{argument}" if argument else f"{VERSION}:{verb}"


def read_tap(data: str) -> tuple[str, str]:
    """Verb and argument of a tapped button; ("", "") for one of another version or of none."""
    version, _, rest = data.partition(":")
    if version != VERSION:
        return "", ""
    verb, _, argument = rest.partition(":")
    return verb, argument


def used_up(turn: Turn) -> tuple[DropButtons, ...]:
    """What is tapped once: the message loses its buttons."""
    return () if turn.message_id is None else (DropButtons(message_id=turn.message_id),)


def confirmed(turn: Turn) -> tuple[ConfirmTap, ...]:
    """The end of the tapped button's spinner, where the channel has one."""
    return (ConfirmTap(callback_id=turn.callback_id),) if turn.callback_id else ()
