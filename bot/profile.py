"""The bot's commands, as Telegram shows them in its menu, in every locale."""

import logging
from collections.abc import Callable, Iterable
from typing import Final

import telegram
from telegram.error import TelegramError

from road.errors import ContentError
from road.locale import SOURCE_LOCALE

_log = logging.getLogger(__name__)

COMMANDS: Final = ("start", "urgent", "menu", "human", "language", "privacy", "hide", "forget")

Plain = Callable[[str, str], str]
"""`content.plain`: a message key and a locale give a text without markup."""


async def set_profile(bot: telegram.Bot, plain: Plain, locales: Iterable[str]) -> None:
    """Tells Telegram the commands: English ones for everybody, and each locale's own.

    Best effort: without it the commands work all the same, they are only not listed.
    """
    try:
        await bot.set_my_commands(commands(plain, SOURCE_LOCALE))
        for locale in locales:
            await bot.set_my_commands(commands(plain, locale), language_code=locale)
    except (TelegramError, ContentError) as error:
        _log.warning("the bot's commands are not set: %s", type(error).__name__)


def commands(plain: Plain, locale: str) -> list[tuple[str, str]]:
    """Commands with their descriptions, from the texts `command.<name>`."""
    return [(name, plain(f"command.{name}", locale)) for name in COMMANDS]
