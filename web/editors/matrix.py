"""The matrix: every text that the hotline should have, topics by locales, as far as it was asked for."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

import msgspec
from starlette.datastructures import QueryParams

from content.content import Content
from content.state import State, Text, texts
from content.topic import CONVERSATION, Topic
from road.locale import SOURCE_LOCALE

DUE: Final = "due"
"""Texts that give a value which somebody should look at, whatever their own state."""

SIGNS: Final = (*State, DUE)
"""What can be asked for and is counted."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What an editor wants to see; what is empty leaves nothing out.

    Attributes:
        sign: One of `SIGNS`.
        words: They stand in the title, in the reader's language or in English, or in the id.
    """

    group: str = ""
    locales: tuple[str, ...] = ()
    sign: str = ""
    critical: bool = False
    words: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A topic.

    Attributes:
        cells: Its texts by locale.
        counts: By sign.
    """

    topic: Topic
    title: str
    cells: Mapping[str, Sequence[Text]]
    counts: Mapping[str, int]


class Matrix(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown.

    Attributes:
        groups: Rows by group, in the order of the catalogue.
        counts: By sign and locale.
        totals: By sign.
    """

    locales: Sequence[str]
    groups: Mapping[str, Sequence[Row]]
    counts: Mapping[str, Mapping[str, int]]
    totals: Mapping[str, int]


def asked_of(query: QueryParams, content: Content) -> Wanted:
    """What an address asks for; what does not exist is not asked for."""
    named = query.getlist("locale")
    group, sign = query.get("group", ""), query.get("state", "")
    return Wanted(
        group=group if group in groups_of(content, SOURCE_LOCALE) else "",
        locales=tuple(locale for locale in content.languages if locale in named),
        sign=sign if sign in SIGNS else "",
        critical=query.get("critical") == "1",
        words=query.get("words", "").strip(),
    )


def groups_of(content: Content, locale: str) -> Mapping[str, str]:
    """Titles of the groups that have answers; their ids where the draft has no title yet."""
    found = dict.fromkeys(topic.group for topic in content.topics.values() if topic.group != CONVERSATION)
    named = {group for group in found if f"group.{group}" in content.interface}
    return {group: content.group_title(group, locale) if group in named else group for group in found}


def matrix_of(content: Content, wanted: Wanted, today: date, locale: str) -> Matrix:
    """The texts that are wanted.

    Args:
        locale: The reader's.
    """
    topics = {topic.id for topic in content.topics.values() if _is_wanted(topic, content, wanted, locale)}
    found = [text for text in texts(content, today) if text.topic in topics and _fits(text, wanted)]
    rows = [_row(content, topic, list(group), locale) for topic, group in groupby(found, key=lambda text: text.topic)]
    by_locale = {each: _counts(text for text in found if text.locale == each) for each in content.languages}
    return Matrix(
        locales=wanted.locales or tuple(content.languages),
        groups={name: list(group) for name, group in groupby(rows, key=lambda row: row.topic.group)},
        counts={sign: {each: counts[sign] for each, counts in by_locale.items()} for sign in SIGNS},
        totals=_counts(found),
    )


def title_of(content: Content, topic: str, locale: str) -> str:
    """A topic's name for editors, a sensitive one's too: its answer's title, in English where the locale has none."""
    article = content.article(topic, locale)
    return article.title if article else topic


def _is_wanted(topic: Topic, content: Content, wanted: Wanted, locale: str) -> bool:
    named = " ".join((topic.id, title_of(content, topic.id, locale), title_of(content, topic.id, SOURCE_LOCALE)))
    return (
        wanted.group in ("", topic.group)
        and (topic.critical or not wanted.critical)
        and all(word in named.casefold() for word in wanted.words.casefold().split())
    )


def _fits(text: Text, wanted: Wanted) -> bool:
    return (not wanted.locales or text.locale in wanted.locales) and (not wanted.sign or wanted.sign in _signs(text))


def _row(content: Content, topic: str, found: Sequence[Text], locale: str) -> Row:
    cells = {each: [text for text in found if text.locale == each] for each in content.languages}
    title = title_of(content, topic, locale)
    return Row(topic=content.topics[topic], title=title, cells=cells, counts=_counts(found))


def _signs(text: Text) -> tuple[str, ...]:
    return (text.state, DUE) if text.due else (text.state,)


def _counts(found: Iterable[Text]) -> Counter[str]:
    return Counter(sign for text in found for sign in _signs(text))
