"""The to-do list as it stands on the page: what each task is called, for whom it is, and where it is done."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from content.article import Form
from content.content import Content
from content.fact import Fact
from content.tasks import Task, Work
from web.editors.desk import PATH
from web.editors.matrix import title_of

SHOWN: Final = 15
"""Tasks that are read at once; the others are counted."""

_OF_VALUES: Final = f"{PATH}/values"
_OF_FAULTS: Final = f"{PATH}/publish"
WHERE: Final[Mapping[Work, str]] = {
    Work.FAULT: _OF_FAULTS,
    Work.EMERGENCY_LINE: _OF_VALUES,
    Work.EMERGENCY_LINE_OVERDUE: _OF_VALUES,
    Work.VALUE: _OF_VALUES,
    Work.EMERGENCY_TEXT_MISSING: f"{PATH}?state=missing&critical=1#answers",
    Work.EMERGENCY_TEXT_STALE: f"{PATH}?state=stale&critical=1#answers",
    Work.EMERGENCY_DRAFT: f"{PATH}?state=draft&critical=1#answers",
    Work.STALE: f"{PATH}?state=stale#answers",
    Work.MISSING: f"{PATH}?state=missing#answers",
    Work.DRAFT: f"{PATH}?state=draft#answers",
}
"""Where all tasks of a kind are found."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A task on the page.

    Attributes:
        title: What it is about, for the reader.
        address: Where it is done.
        by_locale: Where it is done for each locale, if that is not in one place.
    """

    task: Task
    title: str
    address: str
    by_locale: Mapping[str, str] = {}


class Todo(msgspec.Struct, frozen=True, kw_only=True):
    """The first tasks, and how many more there are of each kind."""

    items: Sequence[Item]
    more: Mapping[Work, int]


def todo_of(found: Sequence[Task], content: Content, locale: str) -> Todo:
    """The list for a reader of this locale."""
    items = [_item(task, content, locale) for task in found[:SHOWN]]
    return Todo(items=items, more=Counter(task.work for task in found[SHOWN:]))


def answer_address(topic: str, locale: str, form: Form) -> str:
    """Where an answer is edited."""
    return f"{PATH}/answers/{locale}/{topic}{'?form=now' if form == 'now' else ''}"


def _item(task: Task, content: Content, locale: str) -> Item:
    match task.work:
        case Work.FAULT:
            return Item(task=task, title=task.about, address=_where_mended(task.about, content))
        case Work.EMERGENCY_LINE | Work.EMERGENCY_LINE_OVERDUE | Work.VALUE:
            return Item(task=task, title=_value_title(task.about, content, locale), address=_value_address(task.about))
    by_locale = {each: answer_address(task.about, each, task.form) for each in task.locales}
    first = by_locale.get(locale) or next(iter(by_locale.values()))
    return Item(task=task, title=title_of(content, task.about, locale), address=first, by_locale=by_locale)


def _value_title(name: str, content: Content, locale: str) -> str:
    value = content.known.entry(name)
    if value is None:
        return name
    return value.meaning if isinstance(value, Fact) else value.named(locale)


def _value_address(name: str) -> str:
    return f"{_OF_VALUES}/{name.replace('.', '/')}"


def _where_mended(path: str, content: Content) -> str:
    """The page of what a file holds; where no page does, that of all faults."""
    match path.removesuffix(".md").removesuffix(".yml").split("/"):
        case ["answers", locale, _, name] if locale in content.languages:
            topic, _, short = name.partition(".")
            if topic in content.topics:
                return answer_address(topic, locale, "now" if short else "full")
        case ["lines", name] if name in content.lines:
            return _value_address(f"line.{name}")
        case ["places", name] if name in content.places:
            return _value_address(f"place.{name}")
        case ["facts"]:
            return _OF_VALUES
    return _OF_FAULTS
