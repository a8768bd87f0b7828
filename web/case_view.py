"""A case and its transcript as the console shows them: words, not codes."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from actions import taps
from content import wording
from content.content import Content
from road.case import Author, Case, CaseState, Entry
from road.turn import TurnKind
from web.pages import age, clock_time


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """A case for the eyes of an operator.

    Attributes:
        title: The topic's title; neutral for a sensitive topic.
        language: The person's language, in the operator's.
        waited: How long it has waited, or has been held.
    """

    id: str
    title: str
    language: str
    waited: str
    opened: str
    state: CaseState
    operator: str
    critical: bool
    alarm: bool
    sensitive: bool
    information_only: bool


class EntryView(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a transcript.

    Attributes:
        id: Stays the same from one rendering to the next.
        topic: What the bot understood, or "".
        percent: How sure it was.
    """

    id: str
    author: Author
    kind: str
    edited: bool
    text: str
    by: str
    time: str
    topic: str
    percent: int
    urgent: bool


EDITED: Final = "edited_"
"""Stands before the kind of an entry that changes an earlier message."""

TAP_TEXTS: Final = {
    taps.MENU: "button.menu",
    taps.PERSON: "button.person",
    taps.NEED_HELP: "button.need_help",
    taps.INFORMATION: "button.information",
    taps.HELPFUL: "button.helpful",
    taps.NOT_HELPFUL: "button.not_helpful",
    taps.SIMPLER: "button.simpler",
    taps.SHOW: "button.show",
    taps.LEAVE_QUEUE: "button.leave_queue",
    taps.HIDE: "button.hide",
    taps.FORGET: "button.forget",
    taps.FORGET_SURE: "button.forget_sure",
    taps.CANCEL: "button.cancel",
}
"""What stood on a button, for those whose text does not depend on a topic."""


def case_view(case: Case, content: Content, now: float, locale: str) -> CaseView:
    """The case in the operator's words."""
    since = case.claimed_at if case.state is CaseState.ACTIVE and case.claimed_at is not None else case.opened_at
    return CaseView(
        id=case.id,
        title=title_of(case, content, locale),
        language=wording.language(case.locale, locale),
        waited=age(since, now, locale),
        opened=clock_time(case.opened_at, now, locale),
        state=case.state,
        operator=case.operator,
        critical=case.critical,
        alarm=case.alarm,
        sensitive=case.sensitive,
        information_only=case.information_only,
    )


def title_of(case: Case, content: Content, locale: str) -> str:
    """The topic's title, neutral where the case or the topic is sensitive; why it was opened when it has no topic."""
    if case.sensitive:
        return content.plain("topic.neutral", locale)
    if case.topic in content.topics:
        return content.title(case.topic, locale)
    return content.plain(f"console.why.{case.opened_why}", locale)


def entry_views(entries: Iterable[Entry], content: Content, now: float, locale: str) -> Sequence[EntryView]:
    """The transcript; entries of the same moment are told apart by their order."""
    seen: dict[float, int] = {}
    views = []
    for entry in entries:
        seen[entry.at] = seen.get(entry.at, 0) + 1
        views.append(_entry_view(entry, f"e{entry.at:.3f}-{seen[entry.at]}", content, now, locale))
    return views


def _entry_view(entry: Entry, name: str, content: Content, now: float, locale: str) -> EntryView:
    tapped = entry.kind == TurnKind.BUTTON
    return EntryView(
        id=name,
        author=entry.author,
        kind=entry.kind.removeprefix(EDITED),
        edited=entry.kind.startswith(EDITED),
        text=_tapped_text(entry.text, content, locale) if tapped else entry.text,
        by=entry.by,
        time=clock_time(entry.at, now, locale),
        topic=entry.topic,
        percent=round(100 * entry.confidence),
        urgent=entry.urgent,
    )


def _tapped_text(data: str, content: Content, locale: str) -> str:
    verb, argument = taps.read_tap(data)
    if verb in TAP_TEXTS:
        return content.plain(TAP_TEXTS[verb], locale)
    return argument or verb or data
