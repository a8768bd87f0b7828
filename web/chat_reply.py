"""Replies as the chat page shows them: Telegram's HTML subset, made safe once more, and buttons."""

from typing import Any, Final
from urllib.parse import quote

import nh3

from road.reply import AskFor, Button, ConfirmTap, DropButtons, HideMessages, Reply, Say, SendFile, ShowPlace

TAGS: Final = {"b", "strong", "i", "em", "u", "s", "code", "pre", "blockquote", "a"}
SCHEMES: Final = {"https", "http", "tel", "mailto"}


def shown_reply(message_id: int, reply: Reply) -> dict[str, Any]:
    """One reply as the page's script reads it."""
    match reply:
        case Say():
            return {"id": message_id, "kind": "say", "html": safe_html(reply.html), "buttons": _rows(reply)}
        case AskFor() | SendFile():  # the page takes no files, and none are sent to it (actions.takeover)
            return {"id": message_id, "kind": "say", "html": safe_html(reply.html), "buttons": []}
        case ShowPlace():
            return {"id": message_id, "kind": "place", "name": reply.name, "address": reply.address, "geo": _geo(reply)}
        case ConfirmTap():
            return {"id": message_id, "kind": "tap", "tap": reply.callback_id, "text": reply.text}
        case DropButtons():
            return {"id": message_id, "kind": "drop_buttons", "message": reply.message_id}
        case HideMessages():
            return {"id": message_id, "kind": "hide", "messages": list(reply.message_ids)}


def safe_html(html: str) -> str:
    """The subset's tags alone, whatever came in; links only to what a person may open."""
    return nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES)


def _rows(say: Say) -> list[list[dict[str, str]]]:
    return [[_button(button) for button in row] for row in say.buttons]


def _button(button: Button) -> dict[str, str]:
    if button.url:
        return {"text": button.text, "url": button.url if _is_openable(button.url) else ""}
    return {"text": button.text, "data": button.data}


def _is_openable(url: str) -> bool:
    return url.partition(":")[0].lower() in SCHEMES


def _geo(place: ShowPlace) -> str:
    return f"geo:{place.lat},{place.lon}?q={place.lat},{place.lon}({quote(place.name)})"
