"""The part of a file that a player asks for, so that a voice message can be heard from any moment."""

import re
from typing import Final

_ONE_RANGE: Final = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


def asked_part(header: str, size_bytes: int) -> tuple[int, int] | None:
    """The first byte and the one behind the last, of a Range header that names one part.

    Returns:
        None where the whole file is to be given: no part is asked for, or several, or in another unit (RFC 9110, 14.2).

    Raises:
        ValueError: The part lies outside the file.
    """
    asked = _ONE_RANGE.fullmatch(header.replace(" ", ""))
    if asked is None or asked.groups() == ("", ""):
        return None
    first, last = asked.groups()
    if first == "":
        start, stop = max(0, size_bytes - int(last)), size_bytes
    else:
        start, stop = int(first), min(size_bytes, int(last or size_bytes) + 1)
    if start >= stop:
        raise ValueError("outside the file")
    return start, stop
