"""One thing a person did: wrote, tapped, sent a voice message."""

import hashlib
from enum import StrEnum

import msgspec


class Channel(StrEnum):
    """Where a person writes from."""

    TELEGRAM = "telegram"
    WEB = "web"


class Address(msgspec.Struct, frozen=True):
    """Where a person can be reached. Identity: stored encrypted, never logged.

    Attributes:
        chat: Telegram's chat id, or the chat page's random token.
    """

    channel: Channel
    chat: str


class TurnKind(StrEnum):
    """What the person did, as far as the hotline cares."""

    TEXT = "text"
    BUTTON = "button"
    VOICE = "voice"
    PHOTO = "photo"
    FILE = "file"
    LOCATION = "location"
    CONTACT = "contact"
    STICKER = "sticker"
    LEFT = "left"  # blocked the bot
    UNKNOWN = "unknown"


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A reference to a file: a person's stays on Telegram's side, staff's lies in the store until it is sent.

    Attributes:
        file_id: Telegram's reference, or a random one of ours.
        size_bytes: As the channel says; 0 when it does not.
        media_type: The same; what a file is, is looked at when it is fetched (`road.media`).
        name: Its name, cleaned, or "".
    """

    file_id: str
    size_bytes: int = 0
    media_type: str = ""
    name: str = ""

    @property
    def id(self) -> str:
        """Names the file in addresses of pages; Telegram's reference can't be learned from it."""
        return hashlib.sha256(self.file_id.encode()).hexdigest()[:32]


class Point(msgspec.Struct, frozen=True):
    """Where somebody is: degrees north and east."""

    lat: float
    lon: float


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """What the hotline needs of an update, and nothing else.

    Attributes:
        id: `<bot>:<update id>`; the same update always makes the same id.
        text: What was written, or an attachment's caption; cleaned of control characters, not of markup.
        button: `callback_data` of a tapped button.
        callback_id: Telegram's id for answering the tap, or "".
        message_id: The channel's id of the message (of the tapped message for a button).
        client_locale: Language of the person's app as the channel gives it, or None.
        at: When the hotline accepted it, seconds since the epoch.
        phone: The person's own number, as their telephone hands it over; kept only where it was asked for.
        point: Where they are; likewise.
        edited: The person changed an earlier message.
    """

    id: str
    address: Address
    kind: TurnKind
    at: float
    text: str = ""
    button: str = ""
    callback_id: str = ""
    message_id: int | None = None
    client_locale: str | None = None
    attachment: Attachment | None = None
    phone: str = ""
    point: Point | None = None
    edited: bool = False
