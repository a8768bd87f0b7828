"""Answers a topic from the content store, with its sources and dates."""

from datetime import UTC, datetime

from msgspec.structs import replace

from actions import handover, taps
from actions.moment import Moment
from actions.taps import tap
from content.answers import Answer
from road.outcome import Outcome
from road.reply import Button, ShowPlace

TITLES_A_ROW = 1


def answer_topic(moment: Moment, topic: str) -> Outcome:
    """The topic's answer; a person where the content store has none."""
    answer = moment.content.answer(topic, moment.locale, form="full", now=moment.now)
    if answer is None:
        return handover.hand_over(moment, why="no_answer", topic=topic)
    session = replace(moment.session, last_topic=topic)
    said = moment.say(answer_html(moment, answer), *answer_rows(moment, answer))
    return moment.outcome(said, session=session)


def show_place(moment: Moment, place_id: str) -> Outcome:
    """A place's pin, or the menu's hint when it is no longer known."""
    place = moment.content.places.get(place_id)
    if place is None or place.lat is None or place.lon is None:
        return moment.outcome(moment.say(moment.text("tap.outdated"), _menu_row(moment)))
    name = moment.content.place_name(place, moment.locale)
    return moment.outcome(ShowPlace(name=name, address=place.address, lat=place.lat, lon=place.lon))


def answer_html(moment: Moment, answer: Answer) -> str:
    """Notices, title, body, what was left out, sources and dates."""
    parts = [
        moment.text("answer.only_english") if answer.shown_locale != moment.locale else "",
        *answer.notices,
        f"<b>{answer.title_html}</b>",
        answer.html,
        moment.text("answer.ask_staff") if answer.left_out else "",
        f"<i>{'\n'.join(_provenance(moment, answer))}</i>",
    ]
    return "\n\n".join(part for part in parts if part)


def answer_rows(moment: Moment, answer: Answer) -> tuple[tuple[Button, ...], ...]:
    """Places, related topics, "was this helpful", a person and the menu."""
    places = tuple(
        (Button(text=f"📍 {moment.content.place_name(p, moment.locale)}", data=tap(taps.PLACE, p.id)),)
        for p in answer.places
    )
    helpful = (
        moment.button("helpful", tap(taps.HELPFUL, answer.topic)),
        moment.button("not_helpful", tap(taps.NOT_HELPFUL, answer.topic)),
    )
    person = (moment.button("person", tap(taps.PERSON)), moment.button("menu", tap(taps.MENU)))
    return (*places, *_related(moment, answer.topic), helpful, person)


def _related(moment: Moment, topic: str) -> tuple[tuple[Button, ...], ...]:
    known = (t for t in moment.content.topics[topic].related if moment.content.has_answer(t))
    titles = {t: moment.content.title(t, moment.locale) for t in known}
    return tuple((Button(text=title, data=tap(taps.ANSWER, t)),) for t, title in titles.items())


def _provenance(moment: Moment, answer: Answer) -> list[str]:
    lines = []
    if answer.sources:
        sources = "; ".join(moment.content.source_note(note, moment.locale) for note in answer.sources)
        lines.append(moment.text("answer.sources", sources=sources))
    if answer.reviewed_on:
        day = datetime(answer.reviewed_on.year, answer.reviewed_on.month, answer.reviewed_on.day, tzinfo=UTC)
        lines.append(moment.text("answer.checked_on", date=moment.content.date(day.date(), moment.locale)))
    else:
        lines.append(moment.text("answer.not_checked"))
    return lines


def _menu_row(moment: Moment) -> tuple[Button, ...]:
    return (moment.button("menu", tap(taps.MENU)), moment.button("person", tap(taps.PERSON)))
