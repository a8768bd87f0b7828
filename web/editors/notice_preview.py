"""What the checks say of a notice that is being written, and how people would see it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time

import msgspec

from content import notice_edit
from content.content import Content
from content.draft import Draft
from content.notice import EVERYBODY, Notice
from road.clock import BUDAPEST, day_of
from road.errors import ContentError
from road.locale import SOURCE_LOCALE
from web.editors.bubble import Bubble
from web.editors.notice_form import NoticeForm, lacks
from web.editors.preview import preview


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What the checks and the preview say of a form.

    Attributes:
        lacks: Words of `FAULTS`.
        faults: What the content checks find.
        bubbles: The answer with the notice above, while it runs; none where there is none to show.
    """

    lacks: Sequence[str]
    faults: Sequence[ContentError]
    bubbles: Sequence[Bubble]


def seen(draft: Draft, form: NoticeForm, live: Content, now: float) -> Seen:
    """What the checks and the preview say; some milliseconds.

    Args:
        live: Gives the interface's texts, which a draft may lack.
    """
    notice, tried = notice_edit.with_notice(draft, form.edit)
    return Seen(
        lacks=lacks(draft, form),
        faults=tried.faults,
        bubbles=_bubbles(replace(tried.content, interface=live.interface), notice, form, now) if notice else (),
    )


def _bubbles(content: Content, notice: Notice, form: NoticeForm, now: float) -> Sequence[Bubble]:
    """The answer as it is while the notice runs: now, or at noon of its first day."""
    moment = now if notice.start <= day_of(now) <= notice.until else _noon(notice.start)
    above = topics_below(content, notice.topics)
    topic = form.topic if form.topic in above else next(iter(above), "")
    return preview(content, topic, form.locale, "full", moment) if topic else ()


def topics_below(content: Content, topics: Iterable[str]) -> list[str]:
    """Topics with an answer above which it stands."""
    wanted = frozenset(topics)
    concerned = (topic for topic in content.topics if topic in wanted or EVERYBODY in wanted)
    return [topic for topic in concerned if content.article(topic, SOURCE_LOCALE)]


def _noon(day: date) -> float:
    return datetime.combine(day, time(12), BUDAPEST).timestamp()
