"""What a text of ours in a transcript says, in the operator's language: questions, tapped answers, the bot's words."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from actions.answer import answer_html
from actions.transcript import plain_text
from content.article import Form
from content.content import Content
from content.interface import SLOT, Interface
from content.markup import to_plain
from road.case import Author, Entry

FORMS: Final[Mapping[str, Form]] = {"answer": "full", "now": "now"}
"""Of a topic's answer, by the first word of `Entry.own_text`."""

BREAK: Final = "\n\n"


def meaning_of(entry: Entry, content: Content, now: float, locale: str) -> str:
    """The text in the operator's language; "" where it is in that already, or none of ours, or no longer there."""
    if entry.locale == locale:
        return ""
    kind, _, name = entry.own_text.partition(":")
    match kind:
        case "ask" if name in content.bridge.questions:
            return to_plain(content.bridge.wording(name, locale).html(entry.fields))
        case "tap":
            return _answer(name, content, locale)
        case "prepared" if name in content.prepared.ids:
            return to_plain(content.prepared_html(name, locale, entry.fields, now=now)[0])
        case "answer" | "now":
            return _topic(name, FORMS[kind], content, now, locale)
    return _said(entry, content, locale) if entry.author is Author.BOT else ""


def topic_of(entry: Entry) -> str:
    """The topic whose answer a text of ours is, or ""."""
    kind, _, name = entry.own_text.partition(":")
    return name if kind in FORMS else ""


def _answer(name: str, content: Content, locale: str) -> str:
    question, _, answer = name.partition(":")
    return content.bridge.wording(question, locale).answer(answer) if content.bridge.knows(question, answer) else ""


def _topic(topic: str, form: Form, content: Content, now: float, locale: str) -> str:
    """As it would be said now: an answer may have been corrected since."""
    answer = content.answer(topic, locale, form=form, now=now) if topic in content.topics else None
    return plain_text(answer_html(content, locale, answer)) if answer else ""


def _said(entry: Entry, content: Content, locale: str) -> str:
    """Paragraphs that are interface texts; "" where one of them is not, or has something filled in."""
    known = _known(content.interface, entry.locale)
    keys = [known.get(entry.text)] if entry.text in known else [known.get(each) for each in entry.text.split(BREAK)]
    return BREAK.join(content.plain(key, locale) for key in keys if key) if all(keys) else ""


@lru_cache(maxsize=64)
def _known(interface: Interface, locale: str) -> Mapping[str, str]:
    """Keys of the texts without anything to fill in, by what people read."""
    catalogue = interface.catalogues.get(locale)
    whole = {key: forms[0] for key, forms in catalogue.forms.items() if len(forms) == 1} if catalogue else {}
    return {plain_text(interface.text(key, locale, {})): key for key, form in whole.items() if not SLOT.search(form)}
