"""The methods of the Bot API that the hotline calls, and what Telegram checks in each."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from tests.app.botapi.chats import Chat, Chats
from tests.app.botapi.entities import ParseError, parse_html, units
from tests.app.botapi.refusal import Refusal, bad_request
from tests.app.botapi.updates import Updates

TEXT_UNITS = 4096
DATA_BYTES = 64
DELETE_BATCH = 100
UPLOAD_BYTES = 50_000_000
PHOTO_BYTES = 10_000_000
DOWNLOAD_BYTES = 20_000_000
CAPTION_UNITS = 1024

Method = Callable[["Bot", dict], object]
METHODS: dict[str, Method] = {}


@dataclass(frozen=True)
class File:
    """A file on the server.

    Attributes:
        said_bytes: The size that the server names; None: the true one.
    """

    content: bytes
    said_bytes: int | None = None


class Bot:
    """A bot's side of the server: its chats, its updates, what it was told about itself."""

    def __init__(self, bot_id: int, *, is_open: bool) -> None:
        self.me = {
            "id": bot_id,
            "is_bot": True,
            "first_name": "Test hotline",
            "username": "test_hotline_bot",
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        self.chats = Chats(self.me, is_open=is_open)
        self.updates = Updates()
        self.taps: dict[str, str | None] = {}
        self.commands: dict[str, list] = {}
        self.files: dict[str, File] = {}


def method(name: str) -> Callable[[Method], Method]:
    def register(function: Method) -> Method:
        METHODS[name.lower()] = function
        return function

    return register


def call(bot: Bot, name: str, fields: dict) -> object:
    if name.lower() not in METHODS:
        raise Refusal(404, "Not Found: method not found")
    return METHODS[name.lower()](bot, fields)


@method("getMe")
def get_me(bot: Bot, fields: dict) -> dict:
    return bot.me


@method("sendMessage")
def send_message(bot: Bot, fields: dict) -> dict:
    chat = _chat(bot, fields)
    text, entities = _text(fields)
    return bot.chats.post(chat, text=text, **_some(entities=entities), **_markup(fields), **_options(fields))


@method("sendLocation")
def send_location(bot: Bot, fields: dict) -> dict:
    return bot.chats.post(_chat(bot, fields), location=_location(fields), **_markup(fields), **_options(fields))


@method("sendVenue")
def send_venue(bot: Bot, fields: dict) -> dict:
    for name in ("title", "address"):
        if not str(fields.get(name, "")).strip():
            raise bad_request(f"venue {name} must be non-empty")
    location = _location(fields)
    venue = {"location": location, "title": fields["title"], "address": fields["address"]}
    return bot.chats.post(_chat(bot, fields), venue=venue, location=location, **_markup(fields), **_options(fields))


@method("sendDocument")
def send_document(bot: Bot, fields: dict) -> dict:
    upload = fields.get("document")
    if not isinstance(upload, dict):
        raise bad_request("there is no document in the request")
    if len(upload["content"]) > UPLOAD_BYTES:
        raise Refusal(413, "Request Entity Too Large")
    document = {"file_id": f"doc-{upload['name']}", "file_unique_id": "u", "file_name": upload["name"]}
    document["file_size"] = len(upload["content"])
    return bot.chats.post(_chat(bot, fields), document=document, **_caption(fields))


@method("sendPhoto")
def send_photo(bot: Bot, fields: dict) -> dict:
    upload = fields.get("photo")
    if not isinstance(upload, dict):
        raise bad_request("there is no photo in the request")
    if len(upload["content"]) > PHOTO_BYTES:
        raise bad_request("file is too big for a photo")
    size = {"file_id": f"photo-{upload['name']}", "file_unique_id": "u", "width": 90, "height": 90}
    return bot.chats.post(_chat(bot, fields), photo=[{**size, "file_size": len(upload["content"])}], **_caption(fields))


@method("getFile")
def get_file(bot: Bot, fields: dict) -> dict:
    file_id = str(fields.get("file_id", ""))
    if file_id not in bot.files:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    file = bot.files[file_id]
    said = len(file.content) if file.said_bytes is None else file.said_bytes
    if said > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {"file_id": file_id, "file_unique_id": "u", "file_size": said, "file_path": f"files/{file_id}"}


@method("editMessageReplyMarkup")
def edit_message_reply_markup(bot: Bot, fields: dict) -> dict:
    chat = _chat(bot, fields)
    message = bot.chats.message(chat, _integer(fields, "message_id"), "edit")
    if message["from"]["id"] != bot.me["id"]:
        raise bad_request("message can't be edited")
    markup = _markup(fields)
    if markup.get("reply_markup") == message.get("reply_markup"):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as a "
            "current content and reply markup of the message"
        )
    message.pop("reply_markup", None)
    message.update(markup)
    return {**message, "edit_date": int(bot.chats.clock())}


@method("deleteMessage")
def delete_message(bot: Bot, fields: dict) -> bool:
    bot.chats.delete(_chat(bot, fields), _integer(fields, "message_id"))
    return True


@method("deleteMessages")
def delete_messages(bot: Bot, fields: dict) -> bool:
    """Those not found are skipped; one that can't be deleted refuses them all."""
    chat, ids = _chat(bot, fields), _json(fields, "message_ids", list)
    if not 1 <= len(ids) <= DELETE_BATCH:
        raise bad_request("too many messages to delete" if ids else "message identifiers are not specified")
    found = [message_id for message_id in ids if message_id in chat.messages]
    before = dict(chat.messages)
    try:
        for message_id in found:
            bot.chats.delete(chat, message_id)
    except Refusal:
        chat.messages = before
        raise
    return True


@method("answerCallbackQuery")
def answer_callback_query(bot: Bot, fields: dict) -> bool:
    query = str(fields.get("callback_query_id", ""))
    if query not in bot.taps:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(fields.get("text", "")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    bot.taps[query] = str(fields.get("text", ""))
    return True


@method("setMyCommands")
def set_my_commands(bot: Bot, fields: dict) -> bool:
    commands = _json(fields, "commands", list)
    if not all(1 <= len(command["description"]) <= 256 and command["command"].islower() for command in commands):
        raise bad_request("BOT_COMMAND_INVALID")
    bot.commands[fields.get("language_code", "")] = commands
    return True


@method("getMyCommands")
def get_my_commands(bot: Bot, fields: dict) -> list:
    return bot.commands.get(fields.get("language_code", ""), [])


@method("getWebhookInfo")
def get_webhook_info(bot: Bot, fields: dict) -> dict:
    url = bot.updates.webhook.url if bot.updates.webhook else ""
    return {"url": url, "has_custom_certificate": False, "pending_update_count": bot.updates.pending}


@method("sendChatAction")
def send_chat_action(bot: Bot, fields: dict) -> bool:
    _chat(bot, fields)
    return True


def _chat(bot: Bot, fields: dict) -> Chat:
    chat = bot.chats.find(_integer(fields, "chat_id", "chat_id is empty"))
    if chat.moved_to:
        raise Refusal(
            400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to
        )
    return chat


def _text(fields: dict) -> tuple[str, list]:
    source = fields.get("text", "")
    try:
        parsed = parse_html(source) if fields.get("parse_mode", "").upper() == "HTML" else None
    except ParseError as error:
        raise bad_request(f"can't parse entities: {error}") from None
    text, entities = (parsed.text, parsed.entities) if parsed else (source.strip(), [])
    if not text:
        raise bad_request("message text is empty")
    if units(text) > TEXT_UNITS:
        raise bad_request("message is too long")
    return text, entities


def _caption(fields: dict) -> dict:
    if not fields.get("caption"):
        return {}
    text, entities = _text({**fields, "text": fields["caption"]})
    if units(text) > CAPTION_UNITS:
        raise bad_request("message caption is too long")
    return {"caption": text, **_some(caption_entities=entities)}


def _markup(fields: dict) -> dict:
    if not fields.get("reply_markup"):
        return {}
    markup = _json(fields, "reply_markup", dict)
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _check_button(button)
    return {"reply_markup": markup}


def _check_button(button: dict) -> None:
    if not button.get("text"):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    if "url" in button:
        if "." not in button["url"] and "://" not in button["url"]:
            raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    elif "callback_data" not in button:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    elif not 1 <= len(button["callback_data"].encode()) <= DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _options(fields: dict) -> dict:
    protected = {"has_protected_content": True} if str(fields.get("protect_content")).lower() == "true" else {}
    if not fields.get("link_preview_options"):
        return protected
    return {**protected, "link_preview_options": _json(fields, "link_preview_options", dict)}


def _location(fields: dict) -> dict:
    try:
        latitude, longitude = float(fields["latitude"]), float(fields["longitude"])
    except (KeyError, ValueError):
        raise bad_request("latitude and longitude must be numbers") from None
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise bad_request("wrong latitude or longitude")
    return {"latitude": latitude, "longitude": longitude}


def _integer(fields: dict, name: str, missing: str = "") -> int:
    try:
        return int(fields[name])
    except (KeyError, ValueError):
        raise bad_request(missing or f"{name} is not specified") from None


def _json(fields: dict, name: str, kind: type) -> dict | list:
    value = fields.get(name)
    try:
        value = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        value = None
    if not isinstance(value, kind):
        raise bad_request(f"can't parse {name} JSON object")
    return value


def _some(**values: object) -> dict:
    return {name: value for name, value in values.items() if value}
