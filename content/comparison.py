"""Comparisons: all that changes between what people read and what they would read, in an editor's terms."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from content.article import Form
from content.change import Change, Emergency, changes, emergencies
from content.content import Content
from content.difference import Run, difference, excerpt
from content.fact import Fact
from content.guards import answer_path
from content.line import Line
from content.notice import Notice
from content.place import Place

Became = Literal["new", "gone", "other"]


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """Content, and the files that it was read from; without texts where only what is served is known."""

    content: Content
    texts: Mapping[str, str] = {}


class AnswerChange(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that people would read otherwise in its own language.

    Attributes:
        runs: Its text as people read it, whole, with what goes and what comes.
    """

    topic: str
    locale: str
    form: Form
    runs: Sequence[Run]

    @property
    def excerpt(self) -> Sequence[Run]:
        """What changes, with a little around it."""
        return excerpt(self.runs)


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a value, as it is written."""

    name: str
    before: str
    after: str


class ValueChange(msgspec.Struct, frozen=True, kw_only=True):
    """A fact, line or place that changes.

    Attributes:
        kind: `fact`, `line` or `place`.
    """

    kind: str
    id: str
    became: Became
    fields: Sequence[FieldChange] = ()


class NoticeChange(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that changes."""

    id: str
    became: Became


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What changes.

    Attributes:
        emergencies: Emergency content that changes.
        answers: Answers that change in their own language, in the order of the catalogue.
        in_english: Locales by topic whose people read the changed English answer.
        other_files: Paths of files that change and of which nothing above speaks.
    """

    emergencies: Sequence[Emergency]
    answers: Sequence[AnswerChange]
    in_english: Mapping[str, Sequence[str]]
    values: Sequence[ValueChange]
    notices: Sequence[NoticeChange]
    other_files: Sequence[str]

    @property
    def topics(self) -> Sequence[str]:
        """Topics whose answers change."""
        return list(dict.fromkeys((*(each.topic for each in self.answers), *self.in_english)))

    @property
    def locales(self) -> Mapping[str, int]:
        """How many topics are read otherwise in each locale."""
        pairs = {(each.locale, each.topic) for each in self.answers}
        pairs |= {(locale, topic) for topic, locales in self.in_english.items() for locale in locales}
        counted: dict[str, int] = {}
        for locale, _ in sorted(pairs):
            counted[locale] = counted.get(locale, 0) + 1
        return counted

    def answers_of(self, emergency: Emergency) -> Sequence[AnswerChange]:
        """Those that a second person looks at: of the answer itself, or of what an emergency topic becomes."""
        return [each for each in self.answers if emergency.kind != "line" and each.topic == emergency.id]

    def value_of(self, emergency: Emergency) -> ValueChange | None:
        """The line that a second person looks at."""
        named = (each for each in self.values if emergency.kind == each.kind == "line" and each.id == emergency.id)
        return next(named, None)


def compare(live: Edition, wanted: Edition, now: float) -> Comparison:
    """What changes from one edition to another; some seconds for all content."""
    changed = changes(live.content, wanted.content, now)
    in_english: dict[str, dict[str, None]] = {}
    for change in changed:
        if change.in_english:
            in_english.setdefault(change.topic, {})[change.locale] = None
    return Comparison(
        emergencies=emergencies(live.content, wanted.content, changed),
        answers=[_answer(change) for change in changed if not change.in_english],
        in_english={topic: tuple(locales) for topic, locales in in_english.items()},
        values=list(_values(live.content, wanted.content)),
        notices=list(_notices(live.content, wanted.content)),
        other_files=list(_other_files(live, wanted, changed)),
    )


def _answer(change: Change) -> AnswerChange:
    runs = difference(change.before, change.after)
    return AnswerChange(topic=change.topic, locale=change.locale, form=change.form, runs=runs)


def _values(live: Content, wanted: Content) -> Iterator[ValueChange]:
    for kind, before, after in (
        ("fact", live.facts, wanted.facts),
        ("line", live.lines, wanted.lines),
        ("place", live.places, wanted.places),
    ):
        for name in dict.fromkeys((*before, *after)):
            old, new = before.get(name), after.get(name)
            if old != new:
                yield ValueChange(kind=kind, id=name, became=_became(old, new), fields=list(_fields(old, new)))


def _became(old: object, new: object) -> Became:
    return "new" if old is None else "gone" if new is None else "other"


def _fields(old: Fact | Line | Place | None, new: Fact | Line | Place | None) -> Iterator[FieldChange]:
    there = new or old
    for field in msgspec.structs.fields(there) if there else ():
        before, after = _written(getattr(old, field.name, "")), _written(getattr(new, field.name, ""))
        if before != after:
            yield FieldChange(name=field.name, before=before, after=after)


def _written(value: object) -> str:
    """A field's value on one line."""
    plain = msgspec.to_builtins(value, str_keys=True)
    if isinstance(plain, dict):
        return ", ".join(f"{key}: {_written(each)}" for key, each in plain.items())
    if isinstance(plain, list | tuple):
        return ", ".join(map(_written, plain))
    return "" if plain is None else str(plain)


def _notices(live: Content, wanted: Content) -> Iterator[NoticeChange]:
    before, after = _by_id(live.notices), _by_id(wanted.notices)
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield NoticeChange(id=name, became=_became(before.get(name), after.get(name)))


def _by_id(notices: Sequence[Notice]) -> Mapping[str, Notice]:
    return {notice.id: notice for notice in notices}


def _other_files(live: Edition, wanted: Edition, changed: Sequence[Change]) -> Iterator[str]:
    told = {_path(live.content, wanted.content, change) for change in changed}
    for path in sorted(live.texts.keys() | wanted.texts.keys()) if live.texts else ():
        apart = path.startswith(("lines/", "places/", "notices/")) or path == "facts.yml"
        if live.texts.get(path) != wanted.texts.get(path) and not apart and path not in told:
            yield path


def _path(live: Content, wanted: Content, change: Change) -> str:
    topic = wanted.topics.get(change.topic) or live.topics[change.topic]
    return answer_path(topic.group, change.topic, change.locale, change.form)
