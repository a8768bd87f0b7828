"""Answers: what a person reads about a topic, with what it rests on."""

from collections.abc import Sequence
from datetime import date

import msgspec

from content import wording
from content.article import Article
from content.direction import directed
from content.filling import Filling, Known
from content.markdown import Block
from content.markup import keep, to_html, to_plain
from content.place import Place


class SourceNote(msgspec.Struct, frozen=True, kw_only=True):
    """A source as the person sees it.

    Attributes:
        as_of: When it said so, in words; the oldest of its values' dates, or "" when none is dated.
    """

    name: str
    url: str
    as_of: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A topic's answer in a locale.

    Attributes:
        locale: The locale that was asked for.
        shown_locale: The locale it is written in: the same, or English.
        title: Plain text.
        html: Telegram's subset.
        reviewed_on: None for a draft.
        left_out: Something could not be shown; our staff can tell more.
        notices: Announcements that run now, as HTML, to stand above.
        places: Those named in the text that can be shown on a map.
    """

    topic: str
    locale: str
    shown_locale: str
    title: str
    html: str
    sources: tuple[SourceNote, ...]
    reviewed_on: date | None
    left_out: bool
    notices: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def plain(self) -> str:
        """Title and text without markup."""
        return f"{self.title}\n\n{to_plain(self.html)}"


def compose(
    article: Article, filling: Filling, *, locale: str, stated: Sequence[str], notices: tuple[str, ...]
) -> Answer:
    """The answer that an article gives.

    Args:
        locale: The locale that was asked for.
        stated: Ids of the sources that its plain sentences rest on.
    """
    blocks = keep(article.blocks, filling.known.may_show)
    return Answer(
        topic=article.topic,
        locale=locale,
        shown_locale=article.locale,
        title=directed(article.title, article.locale),
        html=to_html(blocks, filling, article.locale),
        sources=_notes(blocks, filling.known, stated, article.locale),
        reviewed_on=article.reviewed_on,
        left_out=len(blocks) < len(article.blocks),
        notices=notices,
        places=_places(blocks, filling.known),
    )


def _notes(blocks: Sequence[Block], known: Known, stated: Sequence[str], locale: str) -> tuple[SourceNote, ...]:
    dates: dict[str, list[str]] = {source: [] for source in stated}
    for slot in _slots(blocks):
        if entry := known.entry(slot):
            dates.setdefault(entry.source, []).extend([entry.as_of] if entry.as_of else [])
    return tuple(
        SourceNote(name=source.name, url=source.url, as_of=wording.as_of(min(days, default=""), locale))
        for source, days in ((known.sources[name], days) for name, days in dates.items() if name in known.sources)
    )


def _places(blocks: Sequence[Block], known: Known) -> tuple[Place, ...]:
    named = (known.entry(slot) for slot in _slots(blocks))
    return tuple({place.id: place for place in named if isinstance(place, Place) and place.on_map}.values())


def _slots(blocks: Sequence[Block]) -> list[str]:
    return [slot for block in blocks for slot in block.slots]
