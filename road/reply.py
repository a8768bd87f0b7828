"""What is sent to a person: messages with buttons, and a few deeds in their chat."""

from enum import StrEnum

import msgspec

from road.care import Wish
from road.turn import Attachment


class Lane(StrEnum):
    """The courier's lanes, first served first."""

    URGENT = "urgent"
    OPERATOR = "operator"
    ANSWER = "answer"
    BROADCAST = "broadcast"


class Button(msgspec.Struct, frozen=True, kw_only=True):
    """A button below a message: `data` comes back as a tap (at most 64 bytes), `url` opens a page."""

    text: str
    data: str = ""
    url: str = ""


class Say(msgspec.Struct, frozen=True, kw_only=True, tag="say"):
    """A message.

    Attributes:
        html: Telegram's HTML subset (b, i, a, code, blockquote); everything else escaped.
        buttons: Rows of buttons.
        lane: How urgent it is.
        locale: The locale it is written in.
        name: As `road.case.Entry.name`; what becomes of a message without one is not asked for.
        ends_wish: Takes the button of a `Wish` off the person's keyboard.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    lane: Lane = Lane.ANSWER
    locale: str = "en"
    name: str = ""
    ends_wish: bool = False


class AskFor(msgspec.Struct, frozen=True, kw_only=True, tag="ask_for"):
    """A message with a button that hands something of the person's telephone over, and one that declines.

    Attributes:
        wish: What is handed over.
        give: Words on the button that does.
        decline: Words on the other, which comes back as a text.
        name: As `Say.name`.
    """

    html: str
    wish: Wish
    give: str
    decline: str
    lane: Lane = Lane.OPERATOR
    locale: str = "en"
    name: str = ""


class ShowPlace(msgspec.Struct, frozen=True, kw_only=True, tag="place"):
    """A pin on a map."""

    name: str
    address: str
    lat: float
    lon: float
    lane: Lane = Lane.ANSWER


class SendFile(msgspec.Struct, frozen=True, kw_only=True, tag="file"):
    """A photo or document from staff; its content lies in the store under `file.id` until it is sent.

    Attributes:
        html: Stands below it, in Telegram's HTML subset; or "".
        case_id, visibility: Whose consoles hear what became of it.
        name: As of `Say`.
    """

    file: Attachment
    html: str = ""
    case_id: str = ""
    visibility: str = "all"
    lane: Lane = Lane.OPERATOR
    locale: str = "en"
    name: str = ""


class ConfirmTap(msgspec.Struct, frozen=True, kw_only=True, tag="tap"):
    """Ends the spinner on a tapped button, with a short plain text or none."""

    callback_id: str
    text: str = ""
    lane: Lane = Lane.ANSWER


class DropButtons(msgspec.Struct, frozen=True, kw_only=True, tag="drop_buttons"):
    """Takes the buttons off an earlier message, so that they are not pressed twice."""

    message_id: int
    lane: Lane = Lane.ANSWER


class HideMessages(msgspec.Struct, frozen=True, kw_only=True, tag="hide"):
    """Deletes messages in the person's chat; those the channel refuses stay, silently.

    Attributes:
        name: The one message that staff takes back; "" where the person hides all.
    """

    message_ids: tuple[int, ...]
    lane: Lane = Lane.OPERATOR
    name: str = ""


Reply = Say | AskFor | ShowPlace | SendFile | ConfirmTap | DropButtons | HideMessages
