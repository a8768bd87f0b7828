"""The Bot API as this room uses it."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import telegram
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.intake import ALLOWED_UPDATES
from bot.request import AiohttpRequest
from road.errors import SetupError
from road.settings import Settings

_log = logging.getLogger(__name__)

LONG_POLL_S = 25
"""How long Telegram may hold a request for updates open; shorter than most proxies' patience (30 s)."""

_POLL_MARGIN_S = 10.0


class Client(telegram.Bot):
    """The library's bot, and updates as they come over the wire.

    `Bot.get_updates` builds all updates at once: one that is not built as documented would stop the hotline, and be
    written to the log with its text.
    """

    async def wire_updates(self, offset: int | None) -> list[dict[str, Any]]:
        """Updates from `offset` on, waiting for the first; those before it are forgotten by Telegram.

        Raises:
            SetupError: A webhook is set, or the token is wrong.
        """
        asked = {"offset": offset, "timeout": LONG_POLL_S, "allowed_updates": list(ALLOWED_UPDATES)}
        try:
            updates = await self._post("getUpdates", asked, read_timeout=LONG_POLL_S + _POLL_MARGIN_S)
        except Conflict as error:
            if "webhook" in error.message.lower():
                raise SetupError(_WEBHOOK_ACTIVE) from None
            raise
        except InvalidToken:
            raise SetupError(WRONG_TOKEN) from None
        return updates if isinstance(updates, list) else []


@asynccontextmanager
async def open_client(settings: Settings) -> AsyncIterator[Client]:
    """A client with its own connections for the long poll.

    `Bot.initialize` is not used: it quotes the token when Telegram refuses it.
    """
    async with AiohttpRequest() as calls, AiohttpRequest(connections=1) as polls:
        yield Client(
            settings.telegram_token,
            base_url=f"{settings.telegram_api_url}/bot",
            base_file_url=f"{settings.telegram_api_url}/file/bot",
            request=calls,
            get_updates_request=polls,
        )


async def check_token(client: Client) -> None:
    """Asks Telegram whether it knows the bot; no answer is no objection.

    Raises:
        SetupError: It does not.
    """
    try:
        await client.get_me()
    except InvalidToken:
        raise SetupError(WRONG_TOKEN) from None
    except TelegramError as error:
        _log.warning("Telegram does not answer yet: %s", type(error).__name__)


def bot_id(settings: Settings) -> int:
    """Telegram's id of the bot: the part of the token that is no secret."""
    return int(settings.telegram_token.partition(":")[0])


def seconds(flood: RetryAfter) -> float:
    """How long Telegram wants to be left alone."""
    wait = flood.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


WRONG_TOKEN = "Telegram does not know the token: compare HOTLINE_TELEGRAM_TOKEN with what BotFather gave"  # noqa: S105
_WEBHOOK_ACTIVE = (
    "Telegram sends this bot's updates to a webhook, so they can't be polled. If the hotline should take them over, "
    "set HOTLINE_PUBLIC_URL to receive them here, or remove the webhook (Bot API method deleteWebhook) and start again"
)
