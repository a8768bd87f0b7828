"""Commands such as /start: the words of Telegram's menu."""

from collections.abc import Callable
from typing import Final

from actions import handover, language, menu, privacy, small_talk, urgent
from actions.moment import Moment
from road.outcome import Outcome


def command_of(text: str) -> str:
    """The command that a text begins with, without slash and bot name; "" for ordinary text."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return first[1:].partition("@")[0].lower() if first.startswith("/") else ""


def deed_of(command: str) -> Callable[[Moment], Outcome] | None:
    """What the command does, or None for one that we don't have."""
    return COMMANDS.get(command)


def unknown_command(moment: Moment) -> Outcome:
    """Says which commands there are."""
    return moment.outcome(moment.say(moment.text("command.unknown"), handover.menu_row(moment)))


COMMANDS: Final[dict[str, Callable[[Moment], Outcome]]] = {
    "start": small_talk.welcome,
    "help": small_talk.welcome,
    "menu": menu.show_groups,
    "human": handover.ask_for_person,
    "language": language.offer_languages,
    "urgent": urgent.urgent_help,
    "privacy": privacy.show_privacy,
    "hide": privacy.hide,
    "forget": privacy.forget,
}
