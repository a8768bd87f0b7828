"""Fingerprints: which English text a translation was made from, and which files a snapshot holds."""

import hashlib
import unicodedata
from collections.abc import Iterable

LENGTH = 12
"""Hexadecimal digits: 48 bits, far more than a few thousand texts need."""


def fingerprint(title: str, body: str) -> str:
    """Of a text's words; layout (line ends, spaces, composed or decomposed letters) does not count."""
    words = unicodedata.normalize("NFC", f"{title}\n{body}").split()
    return _digest([" ".join(words).encode()])


def of_files(files: Iterable[tuple[str, bytes]]) -> str:
    """Of files, given as path and bytes."""
    return _digest(part for path, data in sorted(files) for part in (path.encode(), len(data).to_bytes(8), data))


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:LENGTH]
