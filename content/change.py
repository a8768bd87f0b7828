"""Changes: what people would read otherwise if the draft were published in place of what is live."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Literal, get_args

import msgspec

from content.article import Form
from content.content import ArticleKey, Content
from content.line import Line
from content.sourced import Sourced
from road.locale import SOURCE_LOCALE

_SAID = tuple(field.name for field in msgspec.structs.fields(Line) if field.name not in Sourced.__struct_fields__)
"""Fields of a line that people hear of; where it comes from is not among them."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that people would read otherwise.

    Attributes:
        before: Title and text as plain text; "" where there was no answer.
        after: The same; "" where there is none any more.
        in_english: The locale has no text of its own, neither before nor after.
    """

    topic: str
    locale: str
    form: Form
    before: str
    after: str
    in_english: bool


def changes(live: Content, draft: Content, now: float) -> list[Change]:
    """Every answer that changes, in the order of the catalogue."""
    topics = dict.fromkeys((*draft.topics, *live.topics))
    keys = product(topics, dict.fromkeys((*draft.languages, *live.languages)), get_args(Form)[::-1])
    return changes_of(keys, live, draft, now)


def changes_of(keys: Iterable[ArticleKey], live: Content, draft: Content, now: float) -> list[Change]:
    """Those of these answers that change, in their order."""
    compared = (_change(live, draft, key, now) for key in keys)
    return [change for change in compared if change.before != change.after]


class Emergency(msgspec.Struct, frozen=True, kw_only=True):
    """Emergency content that changes: what a second person must have looked at.

    Attributes:
        kind: An emergency line, a topic that is critical no more, or a critical answer.
        id: Of the line or topic.
        parts: Fields of the line that change; locales of the answer.
    """

    kind: Literal["line", "topic", "answer"]
    id: str
    parts: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As the history and the command line name it."""
        match self.kind:
            case "line":
                return f"lines/{self.id}.yml ({', '.join(self.parts)})"
            case "topic":
                return f"topics.yml ({self.id} is critical no more)"
        return f"answer {self.id} ({', '.join(self.parts)})"


def emergencies(live: Content, draft: Content, changed: Iterable[Change]) -> list[Emergency]:
    """Emergency lines and critical answers that change.

    Args:
        changed: All answers that do.
    """
    critical = {topic.id for content in (live, draft) for topic in content.topics.values() if topic.critical}
    answers: dict[str, dict[str, None]] = {}
    for change in changed:
        if change.topic in critical and not change.in_english:
            answers.setdefault(change.topic, {})[change.locale] = None
    return [
        *_lines(live, draft),
        *_topics(live, draft),
        *(Emergency(kind="answer", id=topic, parts=tuple(locales)) for topic, locales in answers.items()),
    ]


def critical_changes(live: Content, draft: Content, now: float) -> list[str]:
    """The same in words."""
    return list(map(str, emergencies(live, draft, changes(live, draft, now))))


def _change(live: Content, draft: Content, key: ArticleKey, now: float) -> Change:
    topic, locale, form = key
    return Change(
        topic=topic,
        locale=locale,
        form=form,
        before=_read(live, key, now),
        after=_read(draft, key, now),
        in_english=locale != SOURCE_LOCALE and key not in live.articles and key not in draft.articles,
    )


def _read(content: Content, key: ArticleKey, now: float) -> str:
    topic, locale, form = key
    answer = content.answer(topic, locale, form=form, now=now)
    return answer.plain if answer else ""


def _lines(live: Content, draft: Content) -> Iterator[Emergency]:
    for name in dict.fromkeys((*live.lines, *draft.lines)):
        before, after = live.lines.get(name), draft.lines.get(name)
        if any(line and line.critical for line in (before, after)) and (parts := otherwise(before, after)):
            yield Emergency(kind="line", id=name, parts=tuple(parts))


def otherwise(before: Line | None, after: Line | None) -> Sequence[str]:
    """Fields of a line of which people would hear something else."""
    if before is None or after is None:
        return ["new"] if after else ["taken away"]
    return [name for name in _SAID if getattr(before, name) != getattr(after, name)]


def _topics(live: Content, draft: Content) -> Iterator[Emergency]:
    for name, topic in live.topics.items():
        if topic.critical and not (name in draft.topics and draft.topics[name].critical):
            yield Emergency(kind="topic", id=name)
