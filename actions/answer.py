"""Answers a topic from the content store, with its sources and dates."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from actions import handover, taps
from actions.moment import Moment
from actions.taps import tap
from content.answer import Answer, SourceNote
from content.content import Content
from content.direction import as_name
from content.topic import CONVERSATION
from road.outcome import Outcome
from road.reply import Button, ShowPlace


def answer_topic(moment: Moment, topic: str) -> Outcome:
    """The topic's answer; a person where the content store has none."""
    answer = moment.content.answer(topic, moment.locale, form="full", now=moment.now)
    if answer is None:
        return replace(handover.hand_over(moment, why="no_answer", topic=topic), asked=counted(moment, topic))
    session = replace(moment.session, last_topic=topic)
    said = moment.say(answer_html(moment.content, moment.locale, answer), *answer_rows(moment, answer))
    return replace(moment.outcome(said, session=session), asked=counted(moment, topic), answered=topic)


def counted(moment: Moment, topic: str) -> str:
    """The topic, if the people who ask about it are counted: no small talk, and nothing that nobody should know of."""
    entry = moment.content.topics[topic]
    return "" if entry.critical or entry.sensitive or entry.group == CONVERSATION else topic


def show_place(moment: Moment, place_id: str) -> Outcome:
    """A place's pin, or the menu's hint when it is no longer known."""
    place = moment.content.places.get(place_id)
    if place is None or place.lat is None or place.lon is None:
        return moment.outcome(moment.say(moment.text("tap.outdated"), handover.menu_row(moment)))
    name = place.named(moment.locale)
    return moment.outcome(ShowPlace(name=name, address=place.address, lat=place.lat, lon=place.lon))


def answer_html(content: Content, locale: str, answer: Answer) -> str:
    """Notices, title, body, what was left out, sources and dates."""
    parts = [
        content.text("answer.only_english", locale) if answer.shown_locale != locale else "",
        *answer.notices,
        content.text("answer.title", locale, title=answer.title),
        answer.html,
        content.text("answer.ask_staff", locale) if answer.left_out else "",
        f"<i>{_provenance(content, locale, answer)}</i>",
    ]
    return "\n\n".join(part for part in parts if part)


def answer_rows(moment: Moment, answer: Answer) -> tuple[tuple[Button, ...], ...]:
    """Places, related topics, "was this helpful", a person and the menu."""
    places = place_rows(moment.locale, answer)
    helpful = (
        moment.button("helpful", tap(taps.HELPFUL, answer.topic)),
        moment.button("not_helpful", tap(taps.NOT_HELPFUL, answer.topic)),
    )
    person = (moment.button("person", tap(taps.PERSON)), moment.button("menu", tap(taps.MENU)))
    return (*places, *_related(moment, answer.topic), helpful, person)


def place_rows(locale: str, answer: Answer) -> tuple[tuple[Button, ...], ...]:
    """A button for the pin of each place that the answer names."""
    return tuple((Button(text=f"📍 {place.named(locale)}", data=tap(taps.PLACE, place.id)),) for place in answer.places)


def _related(moment: Moment, topic: str) -> tuple[tuple[Button, ...], ...]:
    known = (t for t in moment.content.topics[topic].related if moment.content.article(t, moment.locale))
    titles = {t: moment.content.title(t, moment.locale) for t in known}
    return tuple((Button(text=title, data=tap(taps.ANSWER, t)),) for t, title in titles.items())


def _provenance(content: Content, locale: str, answer: Answer) -> str:
    lines = []
    if answer.sources:
        sources = _in_one_line(_named_sources(answer.sources), answer.locale)
        lines.append(content.text("answer.sources", locale, sources=sources))
    if answer.reviewed_on:
        lines.append(content.text("answer.checked_on", locale, date=answer.reviewed_on))
    else:
        lines.append(content.text("answer.not_checked", locale))
    return "\n".join(lines)


def _named_sources(notes: Sequence[SourceNote]) -> dict[str, str]:
    """The date of each source by its name; our own staff's advice is named only where nothing else is."""
    published = [note for note in notes if note.url] or notes
    return {note.name: note.as_of for note in sorted(published, key=lambda note: bool(note.as_of))}


def _in_one_line(dates: Mapping[str, str], locale: str) -> str:
    names = {name: as_name(name, locale) for name in dates}
    return "; ".join(f"{names[name]} ({as_of})" if as_of else names[name] for name, as_of in dates.items())
