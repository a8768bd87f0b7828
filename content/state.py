"""States: how good each text is that the hotline should have, topic by topic and locale by locale."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from itertools import product
from typing import Final, get_args

import msgspec

from content.article import Article, Form
from content.content import Content
from content.line import Line
from content.placeholder import parts_of
from content.sourced import Sourced
from content.topic import CONVERSATION, Topic
from road.locale import SOURCE_LOCALE


class State(StrEnum):
    """How good a text is; the first that fits, from below."""

    REVIEWED = "reviewed"
    DRAFT = "draft"
    STALE = "stale"
    MISSING = "missing"


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """A text that a locale should have, written or not.

    Attributes:
        due: What it gives that somebody should look at: `line.okit`, `fact.tp_valid_until`.
    """

    topic: str
    locale: str
    form: Form
    state: State
    due: tuple[str, ...] = ()


_FORMS: Final[tuple[Form, ...]] = get_args(Form)[::-1]


def texts(content: Content, today: date) -> list[Text]:
    """Every text of every topic and locale, in the order of the catalogue, a short text before the full one."""
    due = frozenset(due_values(content, today))
    wanted = ((topic, form) for topic in content.topics.values() for form in forms_of(topic))
    return [_text(content, topic, locale, form, due) for (topic, form), locale in product(wanted, content.languages)]


def forms_of(topic: Topic) -> tuple[Form, ...]:
    """The texts that a topic should have; one of conversation has none."""
    if topic.group == CONVERSATION:
        return ()
    return _FORMS if topic.critical else ("full",)


def due_values(content: Content, today: date) -> Mapping[str, Sourced]:
    """Facts, lines and places that somebody should look at, by name: overdue, or a critical line nobody confirmed."""
    return {name: value for name, value in _values(content) if is_overdue(value, today) or is_unconfirmed(value)}


def is_overdue(value: Sourced, today: date) -> bool:
    """Whether it was to be looked at before today."""
    return value.review_after < today


def is_unconfirmed(value: Sourced) -> bool:
    """Whether it is a critical line that no member of staff has confirmed."""
    return isinstance(value, Line) and value.critical and value.confirmed is None


def values_in(article: Article) -> frozenset[str]:
    """Names of the facts, lines and places that an article gives: `line.okit`."""
    return frozenset(".".join(parts_of(slot)[:2]) for slot in article.slots)


def state_of(article: Article | None, english: Article | None) -> State:
    """How good an article is, beside its English text."""
    if article is None:
        return State.MISSING
    if english is not None and article.is_stale(english):
        return State.STALE
    return State.REVIEWED if article.reviewed_on else State.DRAFT


def _text(content: Content, topic: Topic, locale: str, form: Form, due: frozenset[str]) -> Text:
    article = content.articles.get((topic.id, locale, form))
    english = content.articles.get((topic.id, SOURCE_LOCALE, form))
    given = sorted(due & values_in(article)) if article and due else ()
    return Text(topic=topic.id, locale=locale, form=form, state=state_of(article, english), due=tuple(given))


def _values(content: Content) -> Iterator[tuple[str, Sourced]]:
    yield from ((f"line.{line.id}", line) for line in content.lines.values())
    yield from ((f"place.{place.id}", place) for place in content.places.values())
    yield from ((f"fact.{fact.id}", fact) for fact in content.facts.values())
