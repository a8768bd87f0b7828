"""Files from staff: out of the store, and to a person as a photo or a document."""

import logging
from typing import Final

import msgspec
import telegram
from telegram.constants import ParseMode
from telegram.error import BadRequest

from road.errors import DeliveryRefused
from road.media import DOCUMENT_BYTES, PHOTOS, saved_name
from road.reply import SendFile
from road.turn import Address
from store.interface import Store

_log = logging.getLogger(__name__)

_NO_PHOTO: Final = ("photo", "image")
"""In what Telegram says of a picture that it does not take as a photo: too long, too narrow, of an odd kind."""


class Upload(msgspec.Struct, frozen=True):
    """A file with its content."""

    call: SendFile
    content: bytes


async def loaded(store: Store, address: Address, call: SendFile) -> Upload:
    """The file with its content.

    Raises:
        DeliveryRefused: It is not kept any more.
    """
    content = await store.read_file(store.person(address), call.file, 0, DOCUMENT_BYTES)
    if not content or len(content) != call.file.size_bytes:
        raise DeliveryRefused("its content is no longer kept")
    return Upload(call, content)


async def post(bot: telegram.Bot, chat: str, upload: Upload) -> int:
    """Sends it; a picture that Telegram does not take as a photo goes as a document."""
    file, caption = upload.call.file, upload.call.html or None
    content = telegram.InputFile(upload.content, saved_name(file.name, file.media_type), attach=True)
    if file.media_type in PHOTOS:
        try:
            return (await bot.send_photo(chat, content, caption=caption, parse_mode=ParseMode.HTML)).message_id
        except BadRequest as error:
            if not any(word in str(error).lower() for word in _NO_PHOTO):
                raise
            _log.info("a picture goes as a document: Telegram does not take it as a photo")
    return (await bot.send_document(chat, content, caption=caption, parse_mode=ParseMode.HTML)).message_id
