"""Right-to-left text in Telegram, which has no direction flag: a paragraph goes the way of its first strong character.

So each line of a right-to-left text begins with a right-to-left character or an invisible mark, and names, numbers and
addresses that run from left to right are wrapped in isolates, so that they do not pull their neighbours around.
"""

import re
import unicodedata

from content.wording import cldr

LEFT_TO_RIGHT_MARK = "\u200e"
RIGHT_TO_LEFT_MARK = "\u200f"
ISOLATE = "\u2068"  # FIRST STRONG ISOLATE
END_ISOLATE = "\u2069"  # POP DIRECTIONAL ISOLATE

# A run from left to right: a sentence in «», with its full stop; or what begins and ends with a letter or digit that is
# none of an Arabic script, and has between them whatever such names and numbers contain, spaces included.
_ARABIC = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_STRONG = rf"[^\W_{_ARABIC}]"
_INSIDE = rf"[^{_ARABIC}\n،؛؟{ISOLATE}{END_ISOLATE}]*"
_RUN = re.compile(rf"«{_INSIDE}?{_STRONG}{_INSIDE}?»|[+#@]?{_STRONG}(?:{_INSIDE}{_STRONG})?")


def is_right_to_left(locale: str) -> bool:
    """Whether a locale is written from right to left, by CLDR."""
    return str(cldr(locale).character_order) == "right-to-left"


def isolate(text: str) -> str:
    """A value that keeps its own direction wherever it stands."""
    return f"{ISOLATE}{text}{END_ISOLATE}" if text else text


def as_name(name: str, locale: str) -> str:
    """A name in Latin letters, brackets and all, among other words of one value; marks, as values hold no isolates."""
    if not is_right_to_left(locale):
        return name
    return f"{RIGHT_TO_LEFT_MARK}{LEFT_TO_RIGHT_MARK}{name}{LEFT_TO_RIGHT_MARK}{RIGHT_TO_LEFT_MARK}"


def isolate_runs(text: str) -> str:
    """Right-to-left text whose foreign names and numbers are isolated."""
    return _RUN.sub(lambda run: isolate(run[0]), text)


def mark_for(line: str) -> str:
    """What must stand before a line, without its tags, to make it read from right to left: a mark, or nothing."""
    for character in line:
        if (kind := unicodedata.bidirectional(character)) in ("R", "AL"):
            return ""
        if kind == "L":
            break
    return RIGHT_TO_LEFT_MARK if line.strip() else ""


def directed(line: str, locale: str) -> str:
    """One line of plain text that reads right in its locale."""
    return mark_for(line) + isolate_runs(line) if is_right_to_left(locale) else line
