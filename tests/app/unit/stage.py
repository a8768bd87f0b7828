"""What tests of decisions need: turns, scenes and understandings with everything ordinary filled in."""

from pathlib import Path
from typing import Any

from actions.scene import Scene
from road.account import Account, OnDuty, Role, Roster
from road.case import Case, CaseState, Visibility
from road.outcome import Outcome
from road.reply import Reply, Say
from road.session import Remembered, Session
from road.turn import Address, Channel, Turn, TurnKind
from road.understanding import Candidate, Understanding

CONTENT = Path(__file__).parents[3] / "content"
ADDRESS = Address(Channel.TELEGRAM, "700000001")
NIGHT = 1_795_310_000.0  # a Sunday, 2 in the morning in Budapest


def wrote(text: str, **more: Any) -> Turn:
    return Turn(id="7:1", address=ADDRESS, kind=TurnKind.TEXT, at=NIGHT, text=text, **more)


def tapped(data: str, **more: Any) -> Turn:
    more = {"callback_id": "9", "message_id": 40, **more}
    return Turn(id="7:2", address=ADDRESS, kind=TurnKind.BUTTON, at=NIGHT, button=data, **more)


def sent(kind: TurnKind) -> Turn:
    return Turn(id="7:3", address=ADDRESS, kind=kind, at=NIGHT, client_locale="ar")


def understood(*ranking: tuple[str, float], locale: str = "en", sure: float = 0.95, **more: Any) -> Understanding:
    candidates = tuple(Candidate(topic, confidence) for topic, confidence in ranking)
    return Understanding(ranking=candidates, locale=locale, locale_confidence=sure, **more)


def session(locale: str = "en", **more: Any) -> Session:
    return Session(address=ADDRESS, locale=locale, **more)


def case(state: CaseState = CaseState.WAITING, **more: Any) -> Case:
    more = {
        "id": "K7QF2M",
        "person": "p",
        "opened_at": NIGHT - 60,
        "unanswered_since": NIGHT - 60,
        "locale": "en",
        **more,
    }
    if state is CaseState.ACTIVE:
        more = {"operator": "anna", "claimed_at": NIGHT - 30, **more}
    return Case(state=state, **more)


def scene(understanding: Understanding | None = None, *cases: Case, **more: Any) -> Scene:
    kept = {name: more.pop(name) for name in ("ahead", "waiting") if name in more}
    if more.pop("on_duty", False):
        more["roster"] = roster()
    remembered = Remembered(person="p", version=3, session=more.pop("session", session()), cases=cases, **kept)
    return Scene(
        remembered=remembered, understanding=understanding or Understanding(), now=NIGHT, fresh_id="NEW234", **more
    )


def account(name: str = "anna", role: Role = Role.OPERATOR, **more: Any) -> Account:
    return Account(name=name, role=role, password_hash="$", **more)


def roster(*accounts: Account, service_s: tuple[float, ...] = ()) -> Roster:
    """Everybody on duty, with nothing in hand; anna alone when nobody is named."""
    return Roster(on_duty=tuple(OnDuty(account=each) for each in accounts or (account(),)), service_s=service_s)


def said(outcome: Outcome) -> list[Say]:
    return [reply for reply in outcome.replies if isinstance(reply, Say)]


def html_of(outcome: Outcome) -> str:
    return "\n".join(say.html for say in said(outcome))


def buttons_of(*replies: Reply) -> list[str]:
    return [button.data for reply in replies if isinstance(reply, Say) for row in reply.buttons for button in row]


FOCAL = Visibility.FOCAL
