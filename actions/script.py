"""Serbian in the letters that the person writes: its texts are in Cyrillic, and shown in Latin to who writes Latin."""

import re
from typing import Final

import cyrtranslit  # type: ignore[import-untyped]

from road.session import Session
from road.turn import Turn

LATIN: Final = "Latn"
"""Name of the Latin letters (ISO 15924)."""

_TWO_SCRIPTS: Final = "sr"
_CYRILLIC_LETTER, _LATIN_LETTER = re.compile("[\u0400-\u04ff]"), re.compile("[a-zčćđšž]", re.IGNORECASE)
_APP_IN_LATIN: Final = re.compile(r"(bs|hr|sh|sr[-_]latn|cnr)\b", re.IGNORECASE)


def script_for(turn: Turn, session: Session) -> str:
    """`LATIN` or "": what the person writes now, else what they wrote before, else what their app shows."""
    said = "" if turn.text.startswith("/") else turn.text  # commands have Latin letters in every language
    if _CYRILLIC_LETTER.search(said):
        return ""
    if _LATIN_LETTER.search(said):
        return LATIN
    return session.script or (LATIN if _APP_IN_LATIN.match(turn.client_locale or "") else "")


def written(text: str, session: Session) -> str:
    """A text or its HTML, which has no Cyrillic letters outside words, as this person reads it."""
    if session.locale == _TWO_SCRIPTS and session.script == LATIN:
        return str(cyrtranslit.to_latin(text, _TWO_SCRIPTS))
    return text
