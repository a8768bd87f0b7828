"""A conversation as operators read it: what was said and what happened to the case, in one flow."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from actions import taps
from actions.typed_number import HIDDEN
from content.content import Content
from road.case import Author, Case, CaseEvent, Entry
from road.turn import TurnKind
from web.file_view import FileView, file_view
from web.meaning import meaning_of, topic_of
from web.times import clock_time, day_name

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


SHOWN_BY_ENTRIES: Final = frozenset({"answered", "noted"})
"""Events that the transcript shows already."""


class EntryView(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a transcript.

    Attributes:
        id: Stays the same from one rendering to the next.
        topic: Title of what the bot understood, or of the answer that was sent; or "".
        percent: How sure the bot was.
        locale: The language of a text of ours, or "".
        meaning: What a text of ours says, in the operator's language; "" where they read it as it is.
        folded: The meaning is long, and opens at a click.
        day: The day that begins with it, in words; "" where it is the line before's.
        message: Of an operator's message: its name, to take it back.
        hides_number: A telephone number in it stands in the case alone.
        mark: What became of it, one of `web.marks.WORDS`; "" where that is not known any more.
    """

    id: str
    at: float
    author: Author
    kind: str
    edited: bool
    text: str
    by: str
    time: str
    topic: str
    percent: int
    urgent: bool
    locale: str
    meaning: str
    folded: bool = False
    file: FileView | None = None
    day: str = ""
    message: str = ""
    hides_number: bool = False
    mark: str = ""


class EventView(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to the case.

    Attributes:
        kind: A deed of the case machine.
        what: Its reason in words: a topic's title, a colleague, an outcome, what staff wrote; or "".
    """

    id: str
    at: float
    kind: str
    by: str
    what: str
    time: str
    day: str = ""


Line = EntryView | EventView


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation.

    Attributes:
        past: What lies before the case was last opened and is not to be spoken of yet; empty where it may be.
        present: The rest, oldest first.
    """

    past: Sequence[Line]
    present: Sequence[Line]


def flow_of(  # noqa: PLR0913 - all that is read of a conversation
    case: Case, entries: Sequence[Entry], content: Content, now: float, locale: str, *, states: Mapping[str, str]
) -> Flow:
    """Entries and events by time; the past of somebody who has not yet said the safe word apart."""
    said = zip(_entry_views(entries, content, now, locale), entries, strict=True)
    lines: list[Line] = [
        *(replace(view, file=file_view(entry, case, states, locale)) for view, entry in said),
        *_event_views(case, content, now, locale),
    ]
    lines = with_days(sorted(lines, key=lambda line: line.at), locale)
    begins = _begins_at(case) if case.silent_on_past else 0.0
    return Flow(
        past=[line for line in lines if line.at < begins],
        present=[line for line in lines if line.at >= begins],
    )


def with_days(lines: Iterable[Line], locale: str) -> list[Line]:
    """The lines, each first one of a day in Budapest with that day's name."""
    days, dated = [""], list[Line]()
    for line in lines:
        day = day_name(line.at, locale)
        dated.append(line if day == days[-1] else replace(line, day=day))
        days.append(day)
    return dated


def topic_title(topic: str, content: Content, locale: str) -> str:
    """A topic's own title, for staff who work with it: sensitive ones too; the id where nobody has written one."""
    if article := content.article(topic, locale):
        return article.title
    key = f"console.conversation.{topic}"
    return content.plain(key, locale) if key in content.interface else topic


def _begins_at(case: Case) -> float:
    return max(event.at for event in case.events if event.kind == "reopened")


def _entry_views(entries: Iterable[Entry], content: Content, now: float, locale: str) -> Iterable[EntryView]:
    """Entries of the same moment are told apart by their order."""
    seen: dict[float, int] = {}
    for entry in entries:
        seen[entry.at] = seen.get(entry.at, 0) + 1
        yield _entry_view(entry, f"e{entry.at:.3f}-{seen[entry.at]}", content, now, locale)


def _entry_view(entry: Entry, name: str, content: Content, now: float, locale: str) -> EntryView:
    tapped, topic = entry.kind == TurnKind.BUTTON and not entry.own_text, entry.topic or topic_of(entry)
    return EntryView(
        id=name,
        at=entry.at,
        author=entry.author,
        kind=entry.kind.removeprefix(EDITED),
        edited=entry.kind.startswith(EDITED),
        text=_tapped_text(entry.text, content, locale) if tapped else entry.text,
        by=entry.by,
        time=clock_time(entry.at, now, locale),
        topic=topic_title(topic, content, locale) if topic else "",
        percent=round(100 * entry.confidence),
        urgent=entry.urgent,
        message=entry.name,
        hides_number=entry.author is Author.PERSON and HIDDEN in entry.text,
        locale=entry.locale if entry.own_text or entry.author is Author.BOT else "",
        meaning=meaning_of(entry, content, now, locale),
        folded=entry.author is Author.BOT or bool(topic_of(entry)),
    )


def _tapped_text(data: str, content: Content, locale: str) -> str:
    verb, argument = taps.read_tap(data)
    if verb in TAP_TEXTS:
        return content.plain(TAP_TEXTS[verb], locale)
    if f"care.call.{argument}" in content.interface:
        return content.plain(f"care.call.{argument}", locale)
    return argument or verb or data


def _event_views(case: Case, content: Content, now: float, locale: str) -> Iterable[EventView]:
    for number, event in enumerate(case.events):
        if event.kind in SHOWN_BY_ENTRIES:
            continue
        yield EventView(
            id=f"v{number}",
            at=event.at,
            kind=event.kind,
            by=event.by,
            what=_what(event, content, locale),
            time=clock_time(event.at, now, locale),
        )


def _what(event: CaseEvent, content: Content, locale: str) -> str:
    """What an event says beside its kind, in words where it is a word of ours."""
    if event.why in content.topics:
        return topic_title(event.why, content, locale)
    for beginning in (
        "console.why.",
        "console.outcome.",
        "console.marked.",
        "console.called.",
        "console.arranged.",
        "console.interpreter.for.",
    ):
        if f"{beginning}{event.why}" in content.interface:
            return content.plain(f"{beginning}{event.why}", locale)
    return event.why
