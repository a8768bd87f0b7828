"""The moment a deed decides in: turn, scene, content and the session as it is now, with short words for each."""

import msgspec

from actions import saying
from actions.scene import Scene
from content.card import Card
from content.content import Content
from road.case import Case, CaseState, Visibility
from road.outcome import Outcome
from road.reply import Button, Lane, Reply, Say
from road.session import Session
from road.turn import Turn


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """Passed to every deed of a turn."""

    turn: Turn
    scene: Scene
    content: Content
    session: Session

    @property
    def now(self) -> float:
        """Seconds since the epoch."""
        return self.scene.now

    @property
    def locale(self) -> str:
        """The locale to answer in."""
        return self.session.locale

    @property
    def card(self) -> Card | None:
        """What can be said in the language that the person writes, where the hotline has no more than a card in it."""
        return self.content.cards.get(self.session.outside)

    @property
    def answered(self) -> str:
        """The topic answered last, if it has an answer in the locale to answer in; "" otherwise."""
        topic = self.session.last_topic
        return topic if self.content.article(topic, self.locale) else ""

    def open_case(self, visibility: Visibility = Visibility.ALL) -> Case | None:
        """The person's open case of this visibility."""
        return next((case for case in self.open_cases if case.visibility is visibility), None)

    @property
    def open_cases(self) -> tuple[Case, ...]:
        """All of the person's open cases: one of each visibility at most."""
        return tuple(case for case in self.scene.remembered.cases if case.state is not CaseState.CLOSED)

    @property
    def case(self) -> Case | None:
        """The open case that what is said now belongs to: the focal one, where there is one."""
        return self.open_case(Visibility.FOCAL) or self.open_case()

    def closed_case(self, *visibilities: Visibility) -> Case | None:
        """The case closed last, of these visibilities or of any, if that was so lately that it may be opened again."""
        closed = [c for c in self.scene.remembered.cases if c.state is CaseState.CLOSED]
        fitting = [c for c in closed if not visibilities or c.visibility in visibilities]
        return max(fitting, key=lambda c: c.closed_at or 0.0, default=None)

    @property
    def visibility(self) -> Visibility:
        """Who may read what is said now: while a focal case is open, focal points alone."""
        return Visibility.FOCAL if self.open_case(Visibility.FOCAL) else Visibility.ALL

    @property
    def has_words(self) -> bool:
        """Whether the turn's text has a letter in it."""
        return any(character.isalpha() for character in self.turn.text)

    def text(self, key: str, **values: object) -> str:
        """An interface text as HTML in the person's locale."""
        return self.content.text(key, self.locale, **values)

    def plain(self, key: str, /, **values: object) -> str:
        """An interface text for a button or a toast."""
        return self.content.plain(key, self.locale, **values)

    def button(self, key: str, data: str) -> Button:
        """A button with an interface text."""
        return saying.button(self.content, self.locale, key, data)

    def say(self, html: str, *rows: tuple[Button, ...], lane: Lane = Lane.ANSWER) -> Say:
        """A message in the person's locale and letters; empty rows are dropped."""
        return saying.say(self.session, html, *rows, lane=lane)

    def outcome(self, *replies: Reply, session: Session | None = None, cases: tuple[Case, ...] = ()) -> Outcome:
        """An outcome that keeps the session unless another is given."""
        return Outcome(session=session or self.session, replies=replies, cases=cases)
