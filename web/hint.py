"""What the person's last message is about, for an operator who cannot read it."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from content import wording
from content.content import Content
from road.case import Author, Entry
from web.flow import topic_title

LIKELY_FROM: Final = 5
"""Percent; topics below it say nothing."""


class Guess(msgspec.Struct, frozen=True, kw_only=True):
    """A topic, and how sure the bot is of it."""

    title: str
    percent: int


class Hint(msgspec.Struct, frozen=True, kw_only=True):
    """The last message that was understood.

    Attributes:
        guesses: Topics, likeliest first; none where nothing was likely.
        language: In the operator's; "" where the bot did not know it.
        sure: Percent, of the language.
        unread: What came after it and cannot be understood, such as a photo: its kind, or "".
    """

    guesses: Sequence[Guess]
    urgent: bool
    language: str
    sure: int
    unread: str = ""


def hint_of(entries: Iterable[Entry], content: Content, locale: str) -> Hint | None:
    """The hint, or None where the person has written nothing that was understood."""
    said = [entry for entry in entries if entry.author is Author.PERSON and entry.kind != "button"]
    last = next((entry for entry in reversed(said) if entry.ranking or entry.topic), None)
    if last is None:
        return None
    return Hint(
        guesses=_guesses(last, content, locale),
        urgent=last.urgent,
        language=wording.language(last.locale, locale) if last.locale not in ("", "und") else "",
        sure=round(100 * last.locale_confidence),
        unread="" if said[-1] is last else said[-1].kind.removeprefix("edited_"),
    )


def _guesses(entry: Entry, content: Content, locale: str) -> list[Guess]:
    """The topic that was decided on first, then the others."""
    likely = {candidate.topic: candidate.confidence for candidate in entry.ranking}
    found = ({entry.topic: entry.confidence} if entry.topic else {}) | likely
    percents = {topic: round(100 * confidence) for topic, confidence in found.items()}
    return [
        Guess(title=topic_title(topic, content, locale), percent=percent)
        for topic, percent in percents.items()
        if percent >= LIKELY_FROM or topic == entry.topic
    ][:3]
