"""Finds answers that an operator may send, by words of their titles and by their ids."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from actions.answer import answer_html
from actions.transcript import plain_text
from content.content import Content
from content.direction import is_right_to_left
from road.case import Case, Entry
from road.locale import SOURCE_LOCALE
from web.flow import topic_title

SHOWN: Final = 12
"""Results that fit below the field without scrolling."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A topic that can be sent."""

    topic: str
    title: str


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What would be sent, in one language.

    Attributes:
        direction: `dir` of the text.
    """

    locale: str
    direction: str
    text: str


def find_topics(content: Content, words: str, locale: str) -> Sequence[Found]:
    """Topics whose title (in the operator's language or English) or id has all the words; those that begin so first."""
    asked = _folded(words).split()
    found = [topic for topic in _sendable(content) if _has(content, topic, asked, locale)]
    titles = {topic: topic_title(topic, content, locale) for topic in found}
    found.sort(key=lambda topic: not _folded(titles[topic]).startswith(" ".join(asked)))
    return [Found(topic=topic, title=titles[topic]) for topic in found[:SHOWN]]


def suggested(content: Content, case: Case, entries: Iterable[Entry], locale: str) -> Sequence[Found]:
    """What the bot understood last, and what the case is about: offered before anything is typed."""
    understood = [entry.topic for entry in entries if entry.topic][::-1]
    topics = dict.fromkeys((*understood, case.topic))
    sendable = set(_sendable(content))
    found = [topic for topic in topics if topic in sendable][:3]
    return [Found(topic=topic, title=topic_title(topic, content, locale)) for topic in found]


def previews(content: Content, topic: str, locales: Iterable[str], now: float) -> Sequence[Preview]:
    """What would be sent in each of these languages, as plain text."""
    answers = {locale: content.answer(topic, locale, now=now) for locale in locales}
    return [
        Preview(
            locale=answer.shown_locale,
            direction="rtl" if is_right_to_left(answer.shown_locale) else "ltr",
            text=plain_text(answer_html(content, locale, answer)),
        )
        for locale, answer in answers.items()
        if answer
    ]


def _sendable(content: Content) -> Iterator[str]:
    return (topic for topic in content.topics if content.article(topic, SOURCE_LOCALE))


def _has(content: Content, topic: str, asked: Sequence[str], locale: str) -> bool:
    titles = (topic_title(topic, content, each) for each in dict.fromkeys((locale, SOURCE_LOCALE)))
    text = _folded(" ".join((*titles, topic.replace("_", " "), topic)))
    return all(word in text for word in asked)


def _folded(text: str) -> str:
    """Without case and accents: operators type in a hurry."""
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
