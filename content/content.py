"""Content: everything the hotline says, read whole and never changed; what other rooms ask is asked here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from content.answer import Answer, compose
from content.article import Article, Form
from content.bridge import Bridge
from content.card import EMERGENCY, Card, Part
from content.direction import directed
from content.fact import Fact
from content.filling import Filling, Known
from content.interface import Interface
from content.line import Line
from content.markup import keep, to_html
from content.notice import Notice
from content.place import Place
from content.prepared import PreparedTexts
from content.source import Source
from content.topic import Topic
from content.urgent import Phrases
from road.case import Priority
from road.locale import SOURCE_LOCALE
from road.team import Target, Team

ArticleKey = tuple[str, str, Form]
"""Topic, locale, form."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """An immutable snapshot of the content folder.

    Attributes:
        languages: Those it answers in: own name by locale, in the order of the buttons.
        topics: The catalogue, in its own order, by id.
        cards: By language outside the thirteen.
        bridge: Questions that staff asks with answers to tap.
        prepared: Texts that staff sends.
        teams: Who reads when, by id.
        targets: What staff promises itself, for every priority.
        version: Fingerprint of all its files.
    """

    languages: Mapping[str, str]
    topics: Mapping[str, Topic]
    known: Known
    articles: Mapping[ArticleKey, Article]
    notices: Sequence[Notice]
    phrases: Phrases
    interface: Interface
    cards: Mapping[str, Card]
    bridge: Bridge
    prepared: PreparedTexts
    teams: Mapping[str, Team]
    targets: Mapping[Priority, Target]
    version: str

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Facts by id."""
        return self.known.facts

    @property
    def lines(self) -> Mapping[str, Line]:
        """Telephone lines by id."""
        return self.known.lines

    @property
    def sources(self) -> Mapping[str, Source]:
        """Sources by id."""
        return self.known.sources

    @property
    def places(self) -> Mapping[str, Place]:
        """Places by id."""
        return self.known.places

    def answer(self, topic: str, locale: str, *, form: Form = "full", now: float) -> Answer | None:
        """A topic's answer, in English where the locale has none; None when there is none at all.

        Args:
            form: `now` gives a critical topic's short text.
            now: Decides which notices run and what is open.
        """
        article = self.article(topic, locale, form)
        if article is None:
            return None
        english = self.articles.get((topic, SOURCE_LOCALE, form), article)
        return compose(
            article,
            Filling(self.known, self.interface, article.locale, now),
            locale=locale,
            stated=english.front.sources,
            notices=tuple(self._notice(notice, locale, now) for notice in self.notices if notice.concerns(topic, now)),
        )

    def article(self, topic: str, locale: str, form: Form = "full") -> Article | None:
        """The file that answers: in the locale, or in English."""
        return self.articles.get((topic, locale, form)) or self.articles.get((topic, SOURCE_LOCALE, form))

    def card_html(self, language: str, *parts: Part, now: float, numbers_of: str = "") -> str:
        """Some texts of a language's card as Telegram HTML.

        Args:
            numbers_of: A critical topic, whose other numbers stand below.
        """
        card = self.cards[language]
        filling = Filling(self.known, self.interface, language, now)
        lines = card.html_of_numbers(filling, self._other_lines(numbers_of))
        return "\n\n".join(filter(None, (card.html(filling, *parts), lines)))

    def prepared_html(self, name: str, locale: str, values: Mapping[str, str], *, now: float) -> tuple[str, str]:
        """A prepared text as Telegram HTML, "" where nothing of it may be shown, and the locale it is written in.

        Args:
            values: What the operator filled in, by field.
        """
        text = self.prepared.text(name, locale)
        return text.html(Filling(self.known, self.interface, text.locale, now), values), text.locale

    def text(self, key: str, locale: str, /, **values: object) -> str:
        """An interface text as Telegram HTML; `n` chooses the plural form.

        Raises:
            ContentError: English does not have the key, or a value is missing.
        """
        return self.interface.text(key, locale, values)

    def plain(self, key: str, locale: str, /, **values: object) -> str:
        """An interface text without markup, for buttons and pages.

        Raises:
            ContentError: As `text`.
        """
        return self.interface.plain(key, locale, values)

    def title(self, topic: str, locale: str) -> str:
        """A topic's name for buttons; neutral for a sensitive one."""
        if self.topics[topic].sensitive:
            return self.plain("topic.neutral", locale)
        article = self.article(topic, locale)
        if article is None:
            return self.group_title(self.topics[topic].group, locale)
        return directed(article.title, article.locale)

    def group_title(self, group: str, locale: str) -> str:
        """A group's name for buttons."""
        return self.plain(f"group.{group}", locale)

    def urgent_phrase(self, text: str) -> str | None:
        """The critical topic of an urgent phrase in a text, in whatever language, or None."""
        return self.phrases.topic_in(text)

    def _other_lines(self, topic: str) -> Iterator[Line]:
        """The critical lines that a topic's short text names, but 112."""
        article = self.articles.get((topic, SOURCE_LOCALE, "now"))
        named = (block.slots for block in article.blocks) if article else ()
        for slot in dict.fromkeys(slot for slots in named for slot in slots if slot != EMERGENCY):
            entry = self.known.entry(slot)
            if isinstance(entry, Line) and entry.critical and slot.endswith(".number"):
                yield entry

    def _notice(self, notice: Notice, locale: str, now: float) -> str:
        shown, blocks = notice.blocks(locale)
        html = to_html(keep(blocks, self.known.may_show), Filling(self.known, self.interface, shown, now), shown)
        return html if shown == locale else f"{self.text('notice.only_english', locale)}\n{html}"
