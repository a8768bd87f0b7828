"""From scores to a decision: urgent first, then answer, ask back, or a person."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import msgspec

from content.content import Content
from content.topic import CONVERSATION, Topic
from road.understanding import Candidate, Understanding

URGENT_AT: Final = 0.4
"""Lowest urgency that counts: a missed danger weighs more than a false alarm. Source: docs/decisions/0003."""

ANSWER_AT: Final = 0.6
"""Lowest confidence that is answered at once. Source: docs/decisions/0003."""

OFFER_AT: Final = 0.10
"""Lowest confidence of a topic that is offered when asking back. Source: docs/decisions/0003."""

CLARIFY_AT: Final = 0.30
"""Lowest confidence that the first three must reach together, for asking back to be worth it. Source: as above."""

OFFERED: Final = 3

PRIVACY: Final = "privacy_and_data"
ERASURE: Final = "hide_or_erase_chat"


class Kind(StrEnum):
    """What is done with a message; `hotline understand` prints these words."""

    URGENT = "urgent"
    ANSWER = "answer"
    CLARIFY = "clarify"
    CHAT = "chat"
    PERSON = "person"


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A decision and what it rests on.

    Attributes:
        topic: The topic it is about; "" when none is likely.
        offered: Topics to offer when asking back, best first.
    """

    kind: Kind
    topic: str = ""
    confidence: float = 0.0
    offered: tuple[str, ...] = ()


def decide(text: str, understanding: Understanding, content: Content) -> Decision:
    """What to do with a text.

    The staff's urgent phrases hold whether or not the model could be asked. Where both see danger, the model says which
    it is, since it hears the whole message.
    """
    return _urgent(text, understanding, content) or _ordinary(understanding.ranking, content.topics)


def _urgent(text: str, understanding: Understanding, content: Content) -> Decision | None:
    if understanding.urgent_topic and understanding.urgent_confidence >= URGENT_AT:
        return Decision(kind=Kind.URGENT, topic=understanding.urgent_topic, confidence=understanding.urgent_confidence)
    phrase = content.urgent_phrase(text)
    return Decision(kind=Kind.URGENT, topic=phrase, confidence=1.0) if phrase else None


def _ordinary(ranking: tuple[Candidate, ...], topics: Mapping[str, Topic]) -> Decision:
    if not ranking:
        return Decision(kind=Kind.PERSON)
    best = ranking[0]
    if best.confidence >= ANSWER_AT:
        return Decision(kind=_kind_of(topics[best.topic]), topic=best.topic, confidence=best.confidence)
    offered = tuple(c.topic for c in ranking[:OFFERED] if c.confidence >= OFFER_AT and _offerable(topics[c.topic]))
    if offered and sum(c.confidence for c in ranking[:OFFERED]) >= CLARIFY_AT:
        return Decision(kind=Kind.CLARIFY, topic=best.topic, confidence=best.confidence, offered=offered)
    return Decision(kind=Kind.PERSON, topic=best.topic, confidence=best.confidence)


def _kind_of(topic: Topic) -> Kind:
    if topic.critical:
        return Kind.URGENT
    if topic.id == "talk_to_human_operator":
        return Kind.PERSON
    return Kind.CHAT if topic.group == CONVERSATION else Kind.ANSWER


def _offerable(topic: Topic) -> bool:
    return topic.group != CONVERSATION or topic.id in (PRIVACY, ERASURE)
