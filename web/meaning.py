"""What a text of ours in a transcript says, in the operator's language: questions, tapped answers, prepared texts."""

from content.content import Content
from content.markup import to_plain
from road.case import Entry


def meaning_of(entry: Entry, content: Content, now: float, locale: str) -> str:
    """The text in the operator's language; "" where it is in that already, or none of ours, or no longer there."""
    if not entry.own_text or entry.locale == locale:
        return ""
    kind, _, name = entry.own_text.partition(":")
    match kind:
        case "ask" if name in content.bridge.questions:
            return to_plain(content.bridge.wording(name, locale).html(entry.fields))
        case "tap":
            return _answer(name, content, locale)
        case "prepared" if name in content.prepared.ids:
            return to_plain(content.prepared_html(name, locale, entry.fields, now=now)[0])
    return ""


def _answer(name: str, content: Content, locale: str) -> str:
    question, _, answer = name.partition(":")
    return content.bridge.wording(question, locale).answer(answer) if content.bridge.knows(question, answer) else ""
