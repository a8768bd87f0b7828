"""What the hotline needs of a Telegram update, and nothing else: no names of people.

A person's own telephone number and where they are come along when they hand them over; a decision keeps them only where
an operator asked for them in danger to life.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType, MessageAttachmentType, MessageType, UpdateType

from actions import taps
from road.media import clean_name
from road.text import kept
from road.turn import Address, Attachment, Channel, Point, Turn, TurnKind

ALLOWED_UPDATES: Final = (
    UpdateType.MESSAGE.value,
    UpdateType.EDITED_MESSAGE.value,
    UpdateType.CALLBACK_QUERY.value,
    UpdateType.MY_CHAT_MEMBER.value,
)
"""What Telegram is asked to send; anything else it sends all the same is passed over."""

_KINDS: Final = {
    MessageAttachmentType.VOICE: TurnKind.VOICE,
    MessageAttachmentType.VIDEO_NOTE: TurnKind.VOICE,
    MessageAttachmentType.PHOTO: TurnKind.PHOTO,
    MessageAttachmentType.LIVE_PHOTO: TurnKind.PHOTO,
    MessageAttachmentType.ANIMATION: TurnKind.FILE,  # comes with `document` too
    MessageAttachmentType.AUDIO: TurnKind.FILE,
    MessageAttachmentType.VIDEO: TurnKind.FILE,
    MessageAttachmentType.DOCUMENT: TurnKind.FILE,
    MessageAttachmentType.STICKER: TurnKind.STICKER,
    MessageAttachmentType.VENUE: TurnKind.LOCATION,  # comes with `location` too
    MessageAttachmentType.LOCATION: TurnKind.LOCATION,
    MessageAttachmentType.CONTACT: TurnKind.CONTACT,
}

_CLAIMED: Final = {
    MessageAttachmentType.VOICE: "audio/ogg",
    MessageAttachmentType.VIDEO: "video/mp4",
    MessageAttachmentType.VIDEO_NOTE: "video/mp4",
    MessageAttachmentType.PHOTO: "image/jpeg",
    MessageAttachmentType.LIVE_PHOTO: "image/jpeg",
    MessageAttachmentType.STICKER: "image/webp",
}
"""What a file is likely to be where Telegram does not say."""

_SAID: Final = {
    MessageType.TEXT,
    MessageType.CHECKLIST,
    MessageType.GIVEAWAY,
    MessageType.REPLY_TO_STORY,
    MessageType.EFFECT_ID,
    MessageType.BUSINESS_CONNECTION_ID,
    MessageType.SENDER_BOOST_COUNT,
    MessageType.SENDER_BUSINESS_BOT,
    MessageType.SUGGESTED_POST_INFO,
    MessageType.PAID_MEDIA,
}
_SERVICE: Final = tuple(
    kind.value
    for kind in MessageType
    if kind not in _SAID and kind.value not in {attachment.value for attachment in MessageAttachmentType}
)
"""What Telegram writes into a chat by itself (pinned, timer changed): nobody said anything, nothing is answered."""

_PHONE = re.compile(r"[1-9][0-9]{6,14}")  # E.164
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
_MALFORMED = (TypeError, ValueError, KeyError, AttributeError, OverflowError, OSError, RecursionError)
"""What python-telegram-bot raises for an update that is not built as documented."""


def update_id(payload: object) -> int | None:
    """The id of an update as it came over the wire, or None when this is no update."""
    number = payload.get("update_id") if isinstance(payload, Mapping) else None
    return number if isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63 else None


def turn_in(payload: Mapping[str, Any], bot_id: int, now: float) -> Turn | None:
    """`turn_of` an update as it came over the wire; None also for one that is not built as documented."""
    try:
        return turn_of(Update.de_json(dict(payload), None), bot_id, now)
    except _MALFORMED:
        return None


def turn_of(update: Update, bot_id: int, now: float) -> Turn | None:
    """The turn a person took, or None when nobody waits for an answer: groups, channels, bots, service messages.

    Staff says "I take it" in groups too.

    Args:
        update: Any update, of a kind that exists or not yet.
        bot_id: Makes the turn's id unique when the hotline changes its bot.
        now: When the hotline took it, seconds since the epoch.
    """
    turn_id = f"{bot_id}:{update.update_id}"
    if update.message:
        return _of_message(update.message, turn_id, now)
    if update.edited_message:
        return _of_edit(update.edited_message, turn_id, now)
    if update.callback_query:
        return _of_tap(update.callback_query, turn_id, now)
    if update.my_chat_member:
        return _of_membership(update.my_chat_member, turn_id, now)
    return None


def _of_message(message: Message, turn_id: str, now: float, *, edited: bool = False) -> Turn | None:
    sender = message.from_user
    if message.chat.type != ChatType.PRIVATE or (sender and sender.is_bot) or _is_service(message):
        return None
    kind, attachment = _content(message)
    return Turn(
        id=turn_id,
        address=_address(message.chat.id),
        kind=kind,
        at=now,
        text=kept(message.text or message.caption or ""),
        message_id=_number(message.message_id),
        client_locale=_client_locale(sender.language_code if sender else None),
        attachment=attachment,
        phone=_own_phone(message),
        point=_point(message),
        edited=edited,
    )


def _of_edit(message: Message, turn_id: str, now: float) -> Turn | None:
    """Only changed words count: a live location "edits" itself every few seconds."""
    if message.text is None and message.caption is None:
        return None
    return _of_message(message, turn_id, now, edited=True)


def _of_tap(query: CallbackQuery, turn_id: str, now: float) -> Turn | None:
    """A tap; the message it belongs to may be too old to be seen, or be an inline one without a chat."""
    chat = query.message.chat if query.message else None
    if query.from_user.is_bot or (chat and chat.type != ChatType.PRIVATE and not _takes_a_case(query)):
        return None
    return Turn(
        id=turn_id,
        address=_address(chat.id if chat else query.from_user.id),
        kind=TurnKind.BUTTON,
        at=now,
        button=kept(query.data or ""),
        callback_id=str(query.id),
        message_id=_number(query.message.message_id) if query.message else None,
        client_locale=_client_locale(query.from_user.language_code),
    )


def _takes_a_case(query: CallbackQuery) -> bool:
    """Whether staff says "I take it": the one thing that the hotline hears in groups."""
    return taps.read_tap(query.data or "")[0] == taps.TAKE


def _of_membership(change: ChatMemberUpdated, turn_id: str, now: float) -> Turn | None:
    if change.chat.type != ChatType.PRIVATE or change.new_chat_member.status != ChatMember.BANNED:
        return None
    return Turn(
        id=turn_id,
        address=_address(change.chat.id),
        kind=TurnKind.LEFT,
        at=now,
        client_locale=_client_locale(change.from_user.language_code),
    )


def _is_service(message: Message) -> bool:
    return any(message[kind] for kind in _SERVICE)


def _content(message: Message) -> tuple[TurnKind, Attachment | None]:
    if message.text is not None:
        return TurnKind.TEXT, None
    for name, kind in _KINDS.items():
        if message[name]:
            return kind, _attachment(message[name], _CLAIMED.get(name, ""))
    return TurnKind.UNKNOWN, None


def _own_phone(message: Message) -> str:
    """The sender's number, as the button for it hands it over; nobody else's."""
    contact, sender = message.contact, message.from_user
    if not contact or not sender or contact.user_id != sender.id:
        return ""
    digits = re.sub(r"\D", "", contact.phone_number)
    return f"+{digits}" if _PHONE.fullmatch(digits) else ""


def _point(message: Message) -> Point | None:
    place = message.location
    if not place or not (abs(place.latitude) <= 90 and abs(place.longitude) <= 180):
        return None
    return Point(place.latitude, place.longitude)


def _attachment(content: Any, claimed: str) -> Attachment | None:
    """A reference to the file, the largest of a photo's sizes; None for what is no file."""
    file = content[-1] if isinstance(content, tuple) else content
    file_id = getattr(file, "file_id", None)
    if not isinstance(file_id, str):
        return None
    size, media_type, name = (getattr(file, field, None) for field in ("file_size", "mime_type", "file_name"))
    return Attachment(
        file_id=kept(file_id),
        size_bytes=size if isinstance(size, int) else 0,
        media_type=kept(media_type) if isinstance(media_type, str) else claimed,
        name=clean_name(name) if isinstance(name, str) else "",
    )


def _address(chat_id: int) -> Address:
    if _number(chat_id) is None:
        raise ValueError("a chat id that is no number")
    return Address(Channel.TELEGRAM, str(chat_id))


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63 else None


def _client_locale(tag: object) -> str | None:
    return tag if isinstance(tag, str) and _LOCALE.fullmatch(tag) else None
