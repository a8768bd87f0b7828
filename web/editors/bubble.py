"""What a person gets, shown to editors as Telegram shows it."""

from collections.abc import Iterable, Sequence

import msgspec
from markupsafe import Markup

from road.reply import Button, Reply, Say, ShowPlace
from web.chat_reply import safe_html


class Bubble(msgspec.Struct, frozen=True, kw_only=True):
    """One message.

    Attributes:
        html: Made safe; Telegram's subset.
        buttons: Their rows.
    """

    html: Markup
    buttons: Sequence[Sequence[Button]] = ()


def bubbles(replies: Iterable[Reply]) -> Sequence[Bubble]:
    """The messages among replies, in order; `editors/telegram.html` draws them."""
    return [_bubble(reply) for reply in replies if isinstance(reply, Say | ShowPlace)]


def _bubble(reply: Say | ShowPlace) -> Bubble:
    if isinstance(reply, Say):
        return Bubble(html=Markup(safe_html(reply.html)), buttons=reply.buttons)
    return Bubble(html=Markup("<b>{}</b>\n{}").format(reply.name, reply.address))
