"""The moment a deed decides in: turn, scene, content and the session as it is now, with short words for each."""

import msgspec
from msgspec.structs import replace

from actions.scene import Scene
from actions.script import written
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

    def open_case(self, visibility: Visibility = Visibility.ALL) -> Case | None:
        """The person's open case of this visibility."""
        return next(
            (c for c in self.scene.remembered.cases if c.visibility is visibility and c.state is not CaseState.CLOSED),
            None,
        )

    @property
    def visibility(self) -> Visibility:
        """Who may read what is said now: while a focal case is open, focal points alone."""
        return Visibility.FOCAL if self.open_case(Visibility.FOCAL) else Visibility.ALL

    @property
    def staffed(self) -> bool:
        """Whether somebody on duty may take the person's case: focal points alone, while a focal case is open."""
        return bool(self.scene.roster.seeing(self.visibility))

    def text(self, key: str, **values: object) -> str:
        """An interface text as HTML in the person's locale."""
        return self.content.text(key, self.locale, **values)

    def plain(self, key: str, /, **values: object) -> str:
        """An interface text for a button or a toast."""
        return self.content.plain(key, self.locale, **values)

    def button(self, key: str, data: str) -> Button:
        """A button with an interface text."""
        return Button(text=self.plain(f"button.{key}"), data=data)

    def say(self, html: str, *rows: tuple[Button, ...], lane: Lane = Lane.ANSWER) -> Say:
        """A message in the person's locale and letters; empty rows are dropped."""
        buttons = tuple(tuple(self._lettered(button) for button in row) for row in rows if row)
        return Say(html=written(html, self.session), buttons=buttons, lane=lane, locale=self.locale)

    def _lettered(self, button: Button) -> Button:
        return replace(button, text=written(button.text, self.session))

    def outcome(self, *replies: Reply, session: Session | None = None, cases: tuple[Case, ...] = ()) -> Outcome:
        """An outcome that keeps the session unless another is given."""
        return Outcome(session=session or self.session, replies=replies, cases=cases)
