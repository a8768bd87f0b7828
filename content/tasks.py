"""Tasks: what editors do first, and for whom; the most dangerous before the merely unfinished."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from content.article import Form
from content.content import Content
from content.draft import Draft
from content.line import Line
from content.sourced import Sourced
from content.state import State, due_values, is_unconfirmed, texts, values_in
from road.errors import ContentError


class Work(StrEnum):
    """What is to be done, in the order in which it should be."""

    FAULT = "fault"
    EMERGENCY_LINE = "emergency_line"
    EMERGENCY_LINE_OVERDUE = "emergency_line_overdue"
    EMERGENCY_TEXT_MISSING = "emergency_text_missing"
    EMERGENCY_TEXT_STALE = "emergency_text_stale"
    VALUE = "value"
    STALE = "stale"
    MISSING = "missing"
    EMERGENCY_DRAFT = "emergency_draft"
    DRAFT = "draft"


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do.

    Attributes:
        about: A file for a fault, a value's name (`line.okit`), or a topic.
        form: Which text of the topic.
        locales: For whom: those whose text it is, or whose texts give the value.
        texts: How many texts it concerns.
        why: What is wrong in the file, for developers and in English; "" where `work` says it all.
    """

    work: Work
    about: str
    form: Form = "full"
    locales: tuple[str, ...] = ()
    texts: int = 0
    why: str = ""


_EMERGENCY: Mapping[State, Work] = {
    State.MISSING: Work.EMERGENCY_TEXT_MISSING,
    State.STALE: Work.EMERGENCY_TEXT_STALE,
    State.DRAFT: Work.EMERGENCY_DRAFT,
}
_ORDINARY: Mapping[State, Work] = {State.MISSING: Work.MISSING, State.STALE: Work.STALE, State.DRAFT: Work.DRAFT}


def tasks(draft: Draft, today: date, locales: Collection[str] = ()) -> list[Task]:
    """Everything there is to do, first things first; among equals what concerns the most texts.

    Args:
        locales: For whom; nobody named means for all.
    """
    content, order = draft.content, list(Work)
    asked = [locale for locale in content.languages if not locales or locale in locales]
    found = [*_faults(draft.faults), *_values(content, today, asked), *_texts(content, today, asked)]
    return sorted(found, key=lambda task: (order.index(task.work), -task.texts))


def _faults(faults: Sequence[ContentError]) -> Iterator[Task]:
    """One for each file; its first fault stands for the others."""
    first: dict[str, str] = {}
    for fault in faults:
        first.setdefault(fault.path.as_posix(), fault.problem)
    counts = Counter(fault.path.as_posix() for fault in faults)
    for path, why in first.items():
        yield Task(work=Work.FAULT, about=path, texts=counts[path], why=why)


def _values(content: Content, today: date, locales: Sequence[str]) -> Iterator[Task]:
    uses: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article in content.articles.values():
        for name in values_in(article):
            uses[name][article.locale] += 1
    for name, value in due_values(content, today).items():
        used = {locale: count for locale in locales if (count := uses[name][locale])}
        yield Task(work=_value_work(value), about=name, locales=tuple(used), texts=sum(used.values()))


def _value_work(value: Sourced) -> Work:
    if is_unconfirmed(value):
        return Work.EMERGENCY_LINE
    return Work.EMERGENCY_LINE_OVERDUE if isinstance(value, Line) and value.critical else Work.VALUE


def _texts(content: Content, today: date, locales: Sequence[str]) -> Iterator[Task]:
    """One for each text that is in the same state in some locales."""
    grouped: dict[tuple[str, Form, State], list[str]] = {}
    for text in texts(content, today):
        if text.locale in locales and text.state is not State.REVIEWED:
            grouped.setdefault((text.topic, text.form, text.state), []).append(text.locale)
    for (topic, form, state), found in grouped.items():
        work = (_EMERGENCY if content.topics[topic].critical else _ORDINARY)[state]
        yield Task(work=work, about=topic, form=form, locales=tuple(found), texts=len(found))
