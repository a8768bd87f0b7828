"""One call to Telegram, and the one place where its errors become ours."""

import logging
from typing import Any, Final

import telegram
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.client import seconds
from bot.delivery import keyboard, wish_keyboard
from bot.split import plain
from bot.upload import Upload, post
from road.errors import ChatUnreachable, DeliveryDelayed, DeliveryRefused
from road.reply import AskFor, ConfirmTap, DropButtons, HideMessages, Reply, Say, ShowPlace
from road.turn import Address, Channel

_log = logging.getLogger(__name__)

TAP_TEXT_CHARS: Final = 200
_NO_PREVIEW: Final = telegram.LinkPreviewOptions(is_disabled=True)
_OBJECTIONS: Final = ("parse entities", "too long", "is empty", "button", "reply markup", "not enough rights")
_GONE: Final = ("chat not found", "user is deactivated", "peer_id_invalid", "bot was kicked", "bot was blocked")


async def send(bot: telegram.Bot, address: Address, call: Reply | Upload) -> int | None:
    """Makes one call of `delivery.calls_of`, a file's with its content; the id of the message it made, if it made one.

    Raises:
        ChatUnreachable, DeliveryDelayed, DeliveryRefused: The call was not taken.
    """
    try:
        return await _made(bot, address.chat, call)
    except ChatMigrated as moved:
        _log.warning("a staff group became a supergroup: write its new id into HOTLINE_STAFF_CHATS_*")
        return await send(bot, Address(Channel.TELEGRAM, str(moved.new_chat_id)), call)
    except RetryAfter as flood:
        raise DeliveryDelayed("flood control", after_s=seconds(flood)) from None
    except Forbidden:
        raise ChatUnreachable("the chat is closed to the bot") from None
    except BadRequest as error:
        raise _refusal(error) from None
    except TelegramError as error:
        raise DeliveryDelayed(type(error).__name__) from None


async def _made(bot: telegram.Bot, chat: str, call: Reply | Upload) -> int | None:
    match call:
        case Say():
            return await _say(bot, chat, call)
        case AskFor():
            return await _sent(bot, chat, call.html, parse_mode=ParseMode.HTML, reply_markup=wish_keyboard(call))
        case ShowPlace():
            return await _show_place(bot, chat, call)
        case Upload():
            return await post(bot, chat, call)
        case ConfirmTap():
            await _confirm_tap(bot, call)
        case DropButtons():
            await _drop_buttons(bot, chat, call)
        case HideMessages():
            await _hide(bot, chat, call)
    return None


async def _say(bot: telegram.Bot, chat: str, say: Say) -> int:
    """Sends a text; one that Telegram can't parse goes out plain and without buttons, rather than not at all."""
    try:
        return await _sent(bot, chat, say.html, parse_mode=ParseMode.HTML, reply_markup=_below(say))
    except (BadRequest, DeliveryRefused) as error:
        if _is_gone(error):
            raise
        _log.error("a message was refused (%s) and is sent as plain text", _reason(error))
    return await _send_plain(bot, chat, say)


def _below(say: Say) -> telegram.InlineKeyboardMarkup | telegram.ReplyKeyboardRemove | None:
    return telegram.ReplyKeyboardRemove() if say.ends_wish else keyboard(say.buttons)


async def _send_plain(bot: telegram.Bot, chat: str, say: Say) -> int:
    try:
        return await _sent(bot, chat, plain(say.html), reply_markup=keyboard(say.buttons))
    except (BadRequest, DeliveryRefused):
        return await _sent(bot, chat, plain(say.html))


async def _sent(bot: telegram.Bot, chat: str, text: str, **how: Any) -> int:
    message = await bot.send_message(chat, text, link_preview_options=_NO_PREVIEW, **how)
    return message.message_id


async def _show_place(bot: telegram.Bot, chat: str, place: ShowPlace) -> int:
    if not (place.name.strip() and place.address.strip()):
        return (await bot.send_location(chat, place.lat, place.lon)).message_id
    message = await bot.send_venue(chat, place.lat, place.lon, title=place.name, address=place.address)
    return message.message_id


async def _confirm_tap(bot: telegram.Bot, tap: ConfirmTap) -> None:
    """A tap that Telegram no longer knows has stopped spinning by itself."""
    try:
        await bot.answer_callback_query(tap.callback_id, text=tap.text[:TAP_TEXT_CHARS] or None)
    except BadRequest:
        _log.debug("a tap was too old to be confirmed")


async def _drop_buttons(bot: telegram.Bot, chat: str, drop: DropButtons) -> None:
    """Buttons that are gone already, or whose message is, need no dropping."""
    try:
        await bot.edit_message_reply_markup(chat_id=chat, message_id=drop.message_id)
    except BadRequest:
        _log.debug("a message had no buttons to drop")


async def _hide(bot: telegram.Bot, chat: str, hide: HideMessages) -> None:
    """Deletes at once, or one by one when Telegram refuses the batch for one of its messages."""
    try:
        await bot.delete_messages(chat, hide.message_ids)
    except BadRequest as error:
        if _is_gone(error):
            raise
        for message_id in hide.message_ids:
            await _hide_one(bot, chat, message_id)


async def _hide_one(bot: telegram.Bot, chat: str, message_id: int) -> None:
    try:
        await bot.delete_message(chat, message_id)
    except BadRequest:
        _log.debug("a message stays: Telegram does not delete it")


def _refusal(error: BadRequest) -> ChatUnreachable | DeliveryRefused:
    if _is_gone(error):
        return ChatUnreachable("the chat does not exist")
    return DeliveryRefused(_reason(error))


def _is_gone(error: Exception) -> bool:
    return any(mark in str(error).lower() for mark in _GONE)


def _reason(error: Exception) -> str:
    """What Telegram objects to, as a stable word: its own sentences may quote the text."""
    said = str(error).lower().replace("_", " ")
    return next((mark for mark in _OBJECTIONS if mark in said), type(error).__name__)
