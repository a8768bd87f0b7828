"""An answer as a person gets it: decided by the same deeds that answer people, drawn as Telegram shows it."""

from collections.abc import Mapping, Sequence
from typing import Final

from actions import taps
from actions.moment import Moment
from actions.scene import Scene
from actions.tapped import tapped
from content.article import Form
from content.content import Content
from road.session import Remembered, Session
from road.turn import Address, Channel, Turn, TurnKind
from road.understanding import UNAVAILABLE
from web.editors.bubble import Bubble, bubbles

_NOBODY: Final = Address(Channel.WEB, "")
_TAPS: Final[Mapping[Form, str]] = {"full": taps.INFORMATION, "now": taps.NEED_HELP}


def preview(content: Content, topic: str, locale: str, form: Form, now: float) -> Sequence[Bubble]:
    """What somebody gets who asks about a topic now, with today's values and notices.

    Args:
        form: `now` shows the short text of a critical topic, at a time when nobody is on duty.
    """
    session = Session(address=_NOBODY, locale=locale)
    remembered = Remembered(person="", version=0, session=session)
    scene = Scene(remembered=remembered, understanding=UNAVAILABLE, now=now, fresh_id="")
    turn = Turn(id="", address=_NOBODY, kind=TurnKind.BUTTON, at=now, button=taps.tap(_TAPS[form], topic))
    return bubbles(tapped(Moment(turn=turn, scene=scene, content=content, session=session)).replies)
