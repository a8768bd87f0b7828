"""Telegram's HTML as its server reads it: text and entities, or the reason why it can't be parsed.

Source: Bot API, "Formatting options", HTML style.
"""

import html
import re
from dataclasses import dataclass, field

TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>]*)?)>")
_NAMED = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


class ParseError(ValueError):
    """What Telegram says after "can't parse entities: "."""


@dataclass
class Parsed:
    text: str
    entities: list[dict] = field(default_factory=list)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> Parsed:
    text, entities, opened, position = "", [], [], 0
    while position < len(source):
        if source[position] != "<":
            end = source.find("<", position)
            end = len(source) if end < 0 else end
            text += _unescape(source[position:end])
            position = end
            continue
        offset = len(source[:position].encode())
        tag = _TAG.match(source, position)
        if tag is None:
            name = re.match(r"</?([a-zA-Z0-9-]*)", source[position:])[1]
            raise ParseError(f'Unsupported start tag "{name}" at byte offset {offset}')
        closing, name, attributes = tag[1], tag[2].lower(), tag[3]
        if closing:
            entities += _close(name, opened, text, offset)
        else:
            opened.append(_open(name, attributes, text, offset))
        position = tag.end()
    if opened:
        raise ParseError(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return _trimmed(text, entities)


def _open(name: str, attributes: str, text: str, offset: int) -> tuple[str, dict]:
    if name not in TYPES:
        raise ParseError(f'Unsupported start tag "{name}" at byte offset {offset}')
    entity = {"type": TYPES[name], "offset": units(text)}
    if name == "a":
        href = _HREF.search(attributes)
        entity["url"] = html.unescape(next((group for group in href.groups() if group), "")) if href else ""
    return name, entity


def _close(name: str, opened: list, text: str, offset: int) -> list[dict]:
    if not opened:
        raise ParseError(f"Unexpected end tag at byte offset {offset}")
    expected, entity = opened.pop()
    if expected != name:
        raise ParseError(f'Unmatched end tag at byte offset {offset}, expected "</{expected}>", found "</{name}>"')
    length = units(text) - entity["offset"]
    if not length or entity.get("url") == "":
        return []
    return [{**entity, "length": length}]


def _unescape(source: str) -> str:
    """Four named entities and numbers; every other ampersand is just that."""
    return _NAMED.sub(lambda found: html.unescape(found[0]), source)


def _trimmed(text: str, entities: list[dict]) -> Parsed:
    """White space at both ends goes, and entities move with it."""
    start = units(text) - units(text.lstrip())
    stripped = text.strip()
    kept = []
    for entity in sorted(entities, key=lambda entity: (entity["offset"], -entity["length"])):
        begin = max(0, entity["offset"] - start)
        end = min(units(stripped), entity["offset"] + entity["length"] - start)
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return Parsed(stripped, kept)
