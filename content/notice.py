"""Notices: dated announcements, shown above the answers they concern while they run."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time, timedelta

import msgspec

from content import markdown, placeholder
from content.frontmatter import FIRST_LINE, part
from content.markdown import Block
from content.proof import Sheet, nearest
from content.record import compose, mark_fields, read
from road.clock import BUDAPEST
from road.locale import SOURCE_LOCALE

EVERYBODY = "all"
"""Written as a topic: the notice stands above every answer."""


class _Front(msgspec.Struct, frozen=True, kw_only=True, rename={"start": "from"}):
    start: date
    until: date
    topics: tuple[str, ...]


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A folder of `notices/`.

    Attributes:
        start: First day it is shown, in Budapest.
        until: Last day.
        topics: Topics it stands above, or `all`.
        texts: By locale; English is always there.
    """

    id: str
    start: date
    until: date
    topics: tuple[str, ...]
    texts: Mapping[str, tuple[Block, ...]]

    def concerns(self, topic: str, now: float) -> bool:
        """Whether it stands above this topic's answer now."""
        runs = _midnight(self.start) <= now < _midnight(self.until + timedelta(days=1))
        return runs and (topic in self.topics or EVERYBODY in self.topics)

    def blocks(self, locale: str) -> tuple[str, tuple[Block, ...]]:
        """The locale it is shown in, English where it has no other, and its text."""
        shown = locale if locale in self.texts else SOURCE_LOCALE
        return shown, self.texts[shown]


def read_notice(texts: Mapping[str, str], sheets: Mapping[str, Sheet], topics: Collection[str]) -> Notice | None:
    """A notice from its files by locale; faults are marked.

    Raises:
        KeyError: There is no English file.
    """
    fronts = {locale: _read_front(text, sheets[locale], topics) for locale, text in texts.items()}
    front = fronts[SOURCE_LOCALE]
    for locale, other in fronts.items():
        if other and front and other != front:
            sheets[locale].mark(1, "from, until and topics must be as in the English file")
    if front is None:
        return None
    return Notice(
        id=sheets[SOURCE_LOCALE].path.parent.name,
        start=front.start,
        until=front.until,
        topics=front.topics,
        texts={locale: _read_body(text, sheets[locale]) for locale, text in texts.items()},
    )


def _read_front(text: str, sheet: Sheet, topics: Collection[str]) -> _Front | None:
    parted = part(text, sheet)
    node = compose(parted.front, sheet.below(FIRST_LINE)) if parted else None
    front = read(node, _Front, sheet.below(FIRST_LINE)) if parted else None
    if front:
        mark_fields(node, _problems(front, topics), sheet.below(FIRST_LINE))
    return front


def _read_body(text: str, sheet: Sheet) -> tuple[Block, ...]:
    parted = part(text, sheet)
    return markdown.parse(parted.body, placeholder.PATTERN, sheet.below(parted.body_line)) if parted else ()


def _problems(front: _Front, topics: Collection[str]) -> Iterator[tuple[str, str]]:
    if front.until < front.start:
        yield "until", "is before `from`"
    if not front.topics:
        yield "topics", f"name topics, or [{EVERYBODY}] for every answer"
    for topic in front.topics:
        if topic != EVERYBODY and topic not in topics:
            yield "topics", f"unknown topic {topic}{nearest(topic, topics)}"


def _midnight(day: date) -> float:
    return datetime.combine(day, time(), BUDAPEST).timestamp()
