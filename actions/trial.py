"""Trying a message out: what somebody who writes for the first time would get, with nothing stored or sent."""

from collections.abc import Container
from typing import Final

from msgspec.structs import replace

from actions import taps
from actions.route import route
from actions.scene import Scene
from actions.taps import tap
from content.content import Content
from road.outcome import Outcome
from road.session import Remembered, Session
from road.turn import Address, Channel, Turn, TurnKind
from road.understanding import UNAVAILABLE, Understanding

NOBODY: Final = Address(Channel.WEB, "nobody")


def tried(text: str, locale: str, understanding: Understanding, content: Content, now: float) -> Outcome:
    """What a message leads to.

    Args:
        locale: The locale that the person has chosen; "" for one that is known by the message alone.
    """
    turn = Turn(id="trial:1", address=NOBODY, kind=TurnKind.TEXT, at=now, text=text)
    return route(turn, _scene(locale, understanding, now), content)


def tried_topic(topic: str, locale: str, content: Content, now: float) -> Outcome:
    """What a tap on a topic leads to; of a critical one also what those get who only want information."""
    scene = _scene(locale, Understanding(), now)
    opened = route(_tapped(tap(taps.ANSWER, topic), now), scene, content)
    if not content.topics[topic].critical:
        return opened
    informed = route(_tapped(tap(taps.INFORMATION, topic), now), scene, content)
    return replace(opened, replies=(*opened.replies, *informed.replies))


def within(understanding: Understanding, topics: Container[str]) -> Understanding:
    """An understanding as far as a catalogue goes; none at all where not one topic of it is known there."""
    known = tuple(candidate for candidate in understanding.ranking if candidate.topic in topics)
    if understanding.ranking and not known:
        return UNAVAILABLE
    urgent = understanding.urgent_topic if understanding.urgent_topic in topics else ""
    return replace(understanding, ranking=known, urgent_topic=urgent)


def _tapped(data: str, now: float) -> Turn:
    return Turn(id="trial:1", address=NOBODY, kind=TurnKind.BUTTON, at=now, button=data)


def _scene(locale: str, understanding: Understanding, now: float) -> Scene:
    session = Session(address=NOBODY, locale=locale, locale_chosen=True) if locale else None
    remembered = Remembered(person="trial", version=0, session=session)
    return Scene(remembered=remembered, understanding=understanding, now=now, fresh_id="TRIAL")
