"""`hotline ask`: what a person would get for a message, as Telegram would get it, with nothing stored or sent."""

from typing import Any

from actions.trial import tried
from bot.delivery import calls_of
from content.content import Content
from road.reply import Button, Say
from road.understanding import Understanding


def ask(text: str, locale: str, understanding: Understanding, content: Content, now: float) -> list[dict[str, Any]]:
    """The replies to somebody who writes for the first time.

    Args:
        locale: The locale that they have chosen; "" for one that is known by the message alone.
    """
    outcome = tried(text, locale, understanding, content, now)
    return [message for reply in outcome.replies if isinstance(reply, Say) for message in _messages(reply)]


def _messages(say: Say) -> list[dict[str, Any]]:
    return [
        {"text": part.html, "parse_mode": "HTML", "buttons": [[_button(b) for b in row] for row in part.buttons]}
        for part in calls_of(say)
        if isinstance(part, Say)
    ]


def _button(button: Button) -> dict[str, str]:
    return {"text": button.text, **({"url": button.url} if button.url else {"callback_data": button.data})}
