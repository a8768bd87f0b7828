"""What a file is, by its content alone: names and what an app claims are never trusted."""

import unicodedata
from typing import Final

import filetype

from road.text import kept

FETCH_BYTES: Final = 20_000_000
"""Largest file that a bot can fetch. Source: Bot API, getFile."""

PHOTO_BYTES: Final = 10_000_000
"""Largest photo that a bot can send. Source: Bot API, sendPhoto."""

DOCUMENT_BYTES: Final = 20_000_000
"""Largest document that staff may send; a bot could send 50 MB, which no cheap phone wants."""

PHOTOS: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
"""What is sent to a person as a photo."""

SHOWN: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/x-wav": "wav",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "video/quicktime": "mov",
}
"""What a browser shows or plays in place without running anything in it, and the ending of its name."""

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
DOWNLOADS: Final = {
    "application/pdf": "pdf",
    "application/rtf": "rtf",
    "application/zip": "zip",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    f"{_OFFICE}.wordprocessingml.document": "docx",
    f"{_OFFICE}.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "image/heic": "heic",
}
"""What is handed over as it is, never opened by us."""

ALLOWED: Final = SHOWN | DOWNLOADS
"""Everything else is refused: SVG and HTML, whose scripts would run, and programs."""

_NAME_CHARS: Final = 60
_OUTSIDE_NAMES: Final = frozenset('<>:"|?*%;\\/')


def media_type_of(content: bytes) -> str:
    """The type of a file's content where it is one of `ALLOWED`; "" for all others, and for what nobody knows."""
    guessed = filetype.guess_mime(content) if content else None
    return guessed if guessed in ALLOWED else ""


def clean_name(name: str) -> str:
    """A file's name as it may be shown: without folders, and characters that hide or turn what it says."""
    last = kept(name).replace("\\", "/").rpartition("/")[2]
    return " ".join("".join(filter(_may_stand, last)).split()).strip(". ")[-_NAME_CHARS:]


def saved_name(name: str, media_type: str) -> str:
    """The name under which a file of this type is saved: its ending is the type's own."""
    ending = ALLOWED[media_type]
    clean = clean_name(name) or "file"
    return clean if clean.lower().endswith(f".{ending}") else f"{clean}.{ending}"


def _may_stand(character: str) -> bool:
    return character not in _OUTSIDE_NAMES and unicodedata.category(character)[0] != "C"
