"""What a changed value changes: every answer that people would read otherwise, with the words that differ."""

from collections.abc import Sequence
from itertools import groupby

import msgspec

from content.change import Change, changes_of, otherwise
from content.content import Content
from content.difference import Paragraph, by_paragraph
from content.direction import is_right_to_left
from content.draft import Draft
from content.usage import uses_of


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that people would read otherwise.

    Attributes:
        paragraphs: Those that change.
    """

    locale: str
    form: str
    is_rtl: bool
    paragraphs: Sequence[Paragraph]


class Touched(msgspec.Struct, frozen=True, kw_only=True):
    """A topic whose answers change.

    Attributes:
        critical: It is about danger; a second editor looks at it before it is published.
    """

    topic: str
    title: str
    critical: bool
    answers: Sequence[Read]

    @property
    def locales(self) -> Sequence[str]:
        """Languages in which people would read something else."""
        return list(dict.fromkeys(answer.locale for answer in self.answers))


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What a change does.

    Attributes:
        line: The emergency line that it changes, or "".
    """

    topics: Sequence[Touched]
    line: str

    @property
    def answers(self) -> int:
        """How many answers change."""
        return sum(len(topic.answers) for topic in self.topics)

    @property
    def locales(self) -> Sequence[str]:
        """In which languages."""
        return list(dict.fromkeys(locale for topic in self.topics for locale in topic.locales))

    @property
    def critical(self) -> Sequence[Touched]:
        """What a second editor has to look at."""
        return [topic for topic in self.topics if topic.critical]


def effect_of(entry: str, before: Draft, after: Draft, locale: str, now: float) -> Effect:
    """What the draft with another value of an entry changes; titles are in the editor's language."""
    changes = changes_of(uses_of(entry, before.content), before.content, after.content, now)
    topics = [_touched(topic, list(of), after.content, locale) for topic, of in groupby(changes, lambda c: c.topic)]
    return Effect(topics=topics, line=_emergency(entry, before.content, after.content))


def _touched(topic: str, changes: Sequence[Change], content: Content, locale: str) -> Touched:
    article = content.article(topic, locale)
    order = list(content.languages)
    reads = sorted(map(_read, changes), key=lambda read: (read.locale != locale, order.index(read.locale)))
    return Touched(
        topic=topic,
        title=article.title if article else topic,
        critical=content.topics[topic].critical,
        answers=reads,
    )


def _read(change: Change) -> Read:
    return Read(
        locale=change.locale,
        form=change.form,
        is_rtl=is_right_to_left(change.locale),
        paragraphs=[each for each in by_paragraph(change.before, change.after) if any(r.kind != "same" for r in each)],
    )


def _emergency(entry: str, before: Content, after: Content) -> str:
    """The id of a critical line of which people would hear something else."""
    kind, _, name = entry.partition(".")
    old, new = before.lines.get(name), after.lines.get(name)
    return name if kind == "line" and old and old.critical and otherwise(old, new) else ""
