"""A message to a person: in their locale and letters, with the buttons below it."""

from msgspec.structs import replace

from actions.script import written
from content.content import Content
from road.reply import Button, Lane, Say
from road.session import Session


def say(session: Session, html: str, *rows: tuple[Button, ...], lane: Lane = Lane.ANSWER) -> Say:
    """A message in the person's locale and letters; empty rows are dropped."""
    buttons = tuple(tuple(_lettered(button, session) for button in row) for row in rows if row)
    return Say(html=written(html, session), buttons=buttons, lane=lane, locale=session.locale)


def button(content: Content, locale: str, key: str, data: str) -> Button:
    """A button with an interface text."""
    return Button(text=content.plain(f"button.{key}", locale), data=data)


def _lettered(button: Button, session: Session) -> Button:
    return replace(button, text=written(button.text, session))
