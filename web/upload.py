"""A file that an operator sends: its size and its content looked at before anything is kept."""

import secrets
from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartParser

from road.errors import NotAllowed
from road.media import DOCUMENT_BYTES, PHOTO_BYTES, PHOTOS, clean_name, media_type_of
from road.turn import Attachment

POST_BYTES: Final = DOCUMENT_BYTES + 1_000_000
"""Longest body of a form with a file; the form's own words are far below the rest."""

MultiPartParser.spool_max_size = POST_BYTES  # a larger file would be written, readable, to a temporary folder


async def uploaded(form: FormData) -> tuple[Attachment, bytes]:
    """The form's file and its content.

    Raises:
        NotAllowed: It is none, too large, or of a kind that is not sent.
    """
    given = form.get("file")
    content = await given.read() if isinstance(given, UploadFile) else b""
    name = (given.filename or "") if isinstance(given, UploadFile) else ""
    return attachment_of(content, name), content


def attachment_of(content: bytes, name: str) -> Attachment:
    """What is sent, under an id of its own.

    Raises:
        NotAllowed: It must not be.
    """
    if not content:
        raise NotAllowed("there is no file", "no_file")
    if len(content) > DOCUMENT_BYTES:
        raise NotAllowed("the file is too large", "file_large")
    media_type = media_type_of(content)
    if not media_type:
        raise NotAllowed("files of this kind are not sent", "file_type")
    if media_type in PHOTOS and len(content) > PHOTO_BYTES:
        raise NotAllowed("the photo is too large", "photo_large")
    file_id = f"own:{secrets.token_hex(16)}"
    return Attachment(file_id=file_id, size_bytes=len(content), media_type=media_type, name=clean_name(name))
