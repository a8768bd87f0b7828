"""Topics: the catalogue of what people ask about."""

import re
from collections.abc import Mapping
from typing import Literal

import msgspec
import yaml

from content.proof import Sheet, nearest
from content.record import compose, entries, line_of, read
from road.case import Visibility

CONVERSATION = "conversation"
"""Group of the topics that no answer file speaks of: greetings, thanks, privacy."""

VOLUNTARY_RETURN = frozenset({"avrr_info", "avrr_how_to_apply", "reintegration_assistance", "return_to_ukraine"})
"""Never offered below safety, asylum or detention (facts.md, section 14)."""


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the catalogue.

    Attributes:
        page: Whom a case calls: now, duty, focal, or "" for nobody.
        visibility: Who may see a case about it.
        sensitive: Shown under a neutral title everywhere.
        related: Topics offered below the answer.
        legal_first: Its answer begins by sending to a free lawyer (facts.md, section 14).
    """

    id: str
    group: str
    urgency: Literal["critical", "high", "medium", "low"]
    page: Literal["", "now", "duty", "focal"] = ""
    visibility: Visibility = Visibility.ALL
    sensitive: bool = False
    related: tuple[str, ...] = ()
    legal_first: bool = False

    @property
    def critical(self) -> bool:
        """Somebody may be hurt."""
        return self.urgency == "critical"

    @property
    def guarded(self) -> bool:
        """Whether nothing that people wrote about it may serve another end."""
        return self.critical or self.sensitive or self.visibility is Visibility.FOCAL

    @property
    def apart_from_return(self) -> bool:
        """Whether voluntary return is never offered with it."""
        return self.group in ("safety", "asylum") or self.sensitive


def read_topics(text: str, sheet: Sheet) -> Mapping[str, Topic]:
    """The catalogue in its own order; faults are marked."""
    topics: dict[str, Topic] = {}
    lines: dict[str, int] = {}
    for node in _items(text, sheet):
        topic = read(node, Topic, sheet)
        if topic is None:
            continue
        if topic.id in topics:
            sheet.mark(line_of(node), f"id: {topic.id} stands here a second time")
        topics[topic.id], lines[topic.id] = topic, line_of(node)
    for topic in topics.values():
        for problem in _problems(topic, topics):
            sheet.mark(lines[topic.id], f"{topic.id}: {problem}")
    return topics


def ids_in(text: str) -> frozenset[str]:
    """Ids of all topics of the file, malformed ones too."""
    return frozenset(re.findall(r"^\s*-?\s*id:\s*([a-z0-9_]+)", text, re.MULTILINE))


def groups_in(text: str) -> tuple[str, ...]:
    """Groups of all topics of the file, malformed ones too, in its order."""
    return tuple(dict.fromkeys(re.findall(r"^\s*-?\s*group:\s*([a-z0-9_]+)", text, re.MULTILINE)))


def _items(text: str, sheet: Sheet) -> list[yaml.Node]:
    for name, key, value in entries(compose(text, sheet), sheet):
        if name == "topics" and isinstance(value, yaml.SequenceNode):
            return list(value.value)
        sheet.mark(line_of(key), f"{name}: must be a list `topics:`")
    return []


def _problems(topic: Topic, topics: Mapping[str, Topic]) -> list[str]:
    problems = []
    if topic.critical != bool(topic.page):
        problems.append("page: critical topics call somebody (now, duty or focal), others nobody")
    if (topic.page == "focal") != (topic.visibility is Visibility.FOCAL):
        problems.append("page and visibility: both focal or neither")
    for related in topic.related:
        if related == topic.id or related not in topics:
            problems.append(f"related: unknown topic {related}{nearest(related, topics)}")
        elif related in VOLUNTARY_RETURN and topic.apart_from_return:
            problems.append(f"related: voluntary return ({related}) is never offered below safety, asylum or detention")
    return problems
