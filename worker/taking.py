"""Staff says "I take it" below a call: the calls end, and the person hears that somebody has seen their message.

Two writes, the case's and the turn's; a worker that dies between them repeats the first, which then changes nothing.
"""

from collections.abc import Mapping
from typing import Final

from actions.calling import STAFF_LOCALES, answered, case_taken, taken
from actions.counting import counted
from actions.scene import Scene
from content.content import Content
from road.account import Account, Role, Roster
from road.outcome import Outcome
from road.settings import Settings
from road.turn import Channel, Turn
from store.interface import Desk

STAFF_CHAT: Final = "staff chat"
"""Who has taken a case, where only a group of staff is known and not who of it."""

_ROLES: Final = {"now": Role.SUPERVISOR, "duty": Role.SUPERVISOR, "focal": Role.FOCAL}


def staff_chats(settings: Settings) -> dict[str, Account]:
    """In whose name each staff chat of the settings takes a case: a focal one sees focal cases."""
    return {
        str(chat): Account(name=STAFF_CHAT, role=role, password_hash="", locale=STAFF_LOCALES[0], chat=str(chat))
        for group, role in _ROLES.items()
        for chat in settings.staff_chats(group)
    }


def taker(turn: Turn, roster: Roster, staff: Mapping[str, Account]) -> Account | None:
    """Who of the staff takes a case by this turn; None for any other turn, and for anybody else."""
    if not case_taken(turn) or turn.address.channel is not Channel.TELEGRAM:
        return None
    chat = turn.address.chat
    return next((account for account in roster.accounts if account.chat == chat), staff.get(chat))


async def take(store: Desk, turn: Turn, scene: Scene, by: Account, content: Content) -> Outcome:
    """Takes the case, and answers whoever took it.

    Raises:
        Conflict: The case changed meanwhile.
    """
    found = await store.find_case(case_taken(turn))
    key, change = taken(found, by, content, scene.now)
    if found is not None and change is not None:
        await store.change(found[1], counted(change, found[1], content, scene.now))
    return answered(turn, scene.remembered, by, content, key=key)
