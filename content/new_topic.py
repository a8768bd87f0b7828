"""A topic that an editor adds: its line in the catalogue and its English answer, as one change."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec
import yaml

from content.door import Change
from content.draft import NOTHING, Draft
from content.guards import answer_path
from content.topic import CONVERSATION, VOLUNTARY_RETURN, Topic
from content.yaml_edit import applied, below, field, flow, scalar, tree
from road.locale import SOURCE_LOCALE

TOPICS: Final = "topics.yml"
URGENCIES: Final = ("low", "medium", "high")
"""Those that an editor may give. Critical topics call people, and sensitive ones hide their title: developers make
them, with the urgent phrases and evaluation questions that belong to them."""

PROBLEMS: Final = ("id", "taken", "group", "urgency", "related", "return", "title", "text")
"""What may stand against a topic before its texts are checked (`console.content.topic.problem.<problem>`)."""

_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LONGEST_ID: Final = 40
"""With its verb and version an id must fit into a button's 64 bytes (`actions.taps`)."""

_INDENT: Final = "  "


class NewTopic(msgspec.Struct, frozen=True, kw_only=True):
    """What an editor has written of a new topic.

    Attributes:
        title, text: The English answer's; text in Markdown.
        sources: Ids of the sources that the answer rests on.
    """

    id: str = ""
    group: str = ""
    urgency: str = "low"
    related: tuple[str, ...] = ()
    title: str = ""
    text: str = ""
    sources: tuple[str, ...] = ()

    def problems(self, draft: Draft) -> Sequence[str]:
        """What stands against it, of `PROBLEMS`; what is wrong in the texts the door says."""
        topics = draft.content.topics
        stands = {
            "id": not _ID.fullmatch(self.id) or len(self.id) > _LONGEST_ID,
            "taken": self.id in topics,
            "group": self.group not in groups(draft),
            "urgency": self.urgency not in URGENCIES,
            "related": not set(self.related) <= topics.keys(),
            "return": self.group in ("safety", "asylum") and not VOLUNTARY_RETURN.isdisjoint(self.related),
            "title": not self.title.strip(),
            "text": not self.text.strip(),
        }
        return [problem for problem in PROBLEMS if stands[problem]]

    def topic(self) -> Topic:
        """Its line of the catalogue, once nothing stands against it."""
        return msgspec.convert(
            {"id": self.id, "group": self.group, "urgency": self.urgency, "related": self.related}, Topic
        )

    def change(self, draft: Draft) -> Change:
        """The catalogue with it, behind the last topic of its group, and its answer; a draft until it is reviewed."""
        answer = answer_path(self.group, self.id, SOURCE_LOCALE, "full")
        return Change(
            what=f"New topic {self.id}",
            texts={TOPICS: self._listed(draft.texts[TOPICS]), answer: self._answer()},
            marks={TOPICS: draft.mark(TOPICS), answer: NOTHING},
        )

    def _listed(self, text: str) -> str:
        last = [item for item in _items(text) if _value(item, "group") == self.group][-1]
        lines = [f"- id: {self.id}", f"  group: {self.group}", f"  urgency: {self.urgency}"]
        lines += [f"  related: {flow(self.related)}"] if self.related else []
        return applied(text, [below(text, last, [f"{_INDENT}{line}" for line in lines])])

    def _answer(self) -> str:
        body = "\n".join(line.rstrip() for line in self.text.strip().splitlines())
        title, sources = scalar(" ".join(self.title.split())), flow(self.sources)
        front = [f"title: {title}", 'reviewed: {by: "", on: }', f"sources: {sources}"]
        return "\n".join(["---", *front, "---", body, ""])


def groups(draft: Draft) -> Sequence[str]:
    """Groups that a topic may come into: those of the menu, in its order."""
    return list(dict.fromkeys(topic.group for topic in draft.content.topics.values() if topic.group != CONVERSATION))


def _items(text: str) -> list[yaml.MappingNode]:
    _, topics = field(tree(text), "topics") or (None, None)
    return list(topics.value) if isinstance(topics, yaml.SequenceNode) else []


def _value(item: yaml.Node, name: str) -> str:
    found = field(item, name)
    return str(found[1].value) if found else ""
