"""What a reply is on Telegram: one or more calls, each a reply that is made, repeated or refused by itself."""

from typing import Final

import msgspec
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from bot.split import parts
from road.care import Wish
from road.errors import DeliveryRefused
from road.reply import AskFor, Button, HideMessages, Reply, Say, SendFile, ShowPlace

CALLBACK_DATA_BYTES: Final = 64
DELETE_BATCH: Final = 100


def calls_of(reply: Reply) -> tuple[Reply, ...]:
    """The calls in order; none for a message without visible text and for nothing to delete.

    Deletions go by the hundred.
    """
    match reply:
        case Say():
            return messages_of(reply)
        case HideMessages():
            return _hidden(reply)
    return (reply,)


def messages_of(say: Say) -> tuple[Say, ...]:
    """A text as one or more messages that fit, with the buttons below the last."""
    texts = parts(say.html)
    last = len(texts) - 1
    return tuple(
        msgspec.structs.replace(say, html=html, buttons=say.buttons if number == last else ())
        for number, html in enumerate(texts)
    )


def is_message(call: Reply) -> bool:
    """Whether the call shows something in the chat; Telegram's limits are on these."""
    return isinstance(call, Say | AskFor | ShowPlace | SendFile)


def keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram wants them.

    Raises:
        DeliveryRefused: A button carries more than 64 bytes, or neither data nor an address.
    """
    if not any(rows):
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows if row])


def wish_keyboard(ask: AskFor) -> ReplyKeyboardMarkup:
    """The keyboard below the chat with one button that hands something over and one that declines."""
    give = KeyboardButton(
        ask.give, request_contact=ask.wish is Wish.CONTACT, request_location=ask.wish is Wish.LOCATION
    )
    return ReplyKeyboardMarkup([[give], [KeyboardButton(ask.decline)]], resize_keyboard=True, one_time_keyboard=True)


def _hidden(hide: HideMessages) -> tuple[HideMessages, ...]:
    ids = tuple(dict.fromkeys(hide.message_ids))
    return tuple(
        msgspec.structs.replace(hide, message_ids=ids[start : start + DELETE_BATCH])
        for start in range(0, len(ids), DELETE_BATCH)
    )


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.text, url=button.url)
    if not 1 <= len(button.data.encode()) <= CALLBACK_DATA_BYTES:
        raise DeliveryRefused(f"a button carries {len(button.data.encode())} bytes; Telegram takes 1 to 64")
    return InlineKeyboardButton(button.text, callback_data=button.data)
