"""A referral while the case goes on: where to, how the person was asked, what they said; they get what was agreed."""

from typing import Final

from msgspec.structs import replace

from actions.saying import say
from actions.takeover import sent, session_of
from actions.transcript import plain_text
from content import phone
from content.content import Content
from desk import transitions
from road.account import Account
from road.care import Referral
from road.case import Case
from road.errors import NotAllowed
from road.outcome import Outcome
from road.reply import Lane
from road.session import Remembered

WAYS: Final = ("chat", "phone", "in_person")
"""How a person can be asked."""

PLACE, LINE = "place:", "line:"
LONGEST_WORDS: Final = 200


def refer(
    remembered: Remembered, case: Case, by: Account, content: Content, now: float, *, to: str, agreed: bool, asked: str
) -> Outcome:
    """Keeps a referral; where the person agreed, sends them what was agreed, in their language.

    Args:
        to: `place:<id>`, `line:<id>`, or an operator's own words.

    Raises:
        NotAllowed: It says not where to, or not how the person was asked.
    """
    if not to or len(to) > LONGEST_WORDS:
        raise NotAllowed("a referral names where", "no_referral")
    if asked not in WAYS:
        raise NotAllowed("say how the person was asked", "not_asked")
    new = Referral(at=now, to=name_of(content, to, by.locale), agreed=agreed, asked=asked, by=by.name)
    care = replace(case.care, referrals=(*case.care.referrals, new))
    what = "referral_agreed" if agreed else "referral_refused"
    arranged = transitions.arranged(case, at=now, by=by.name, what=what, care=care)
    session = session_of(remembered)
    if not agreed:
        return Outcome(session=session, cases=(arranged,))
    html = content.text("care.referral", session.locale, name=_in_full(content, to, session.locale))
    said = say(session, html, lane=Lane.OPERATOR)
    return sent(session, arranged, by, content, now, reply=said, text=plain_text(said.html))


def choices(content: Content, locale: str) -> tuple[tuple[str, str], ...]:
    """What can be chosen: values and names, in the order of the names."""
    places = ((PLACE + place.id, place.named(locale)) for place in content.places.values() if place.shown)
    lines = ((LINE + line.id, line.named(locale)) for line in content.lines.values() if line.shown)
    return tuple(sorted((*places, *lines), key=lambda choice: choice[1]))


def name_of(content: Content, to: str, locale: str) -> str:
    """A place's or line's name, or the words themselves."""
    entry = content.places.get(to.removeprefix(PLACE)) or content.lines.get(to.removeprefix(LINE))
    return entry.named(locale) if entry else to


def _in_full(content: Content, to: str, locale: str) -> str:
    """The name with address and number, as far as they are known."""
    place, line = content.places.get(to.removeprefix(PLACE)), content.lines.get(to.removeprefix(LINE))
    if place:
        number = phone.shown(place.phone) if place.phone else ""
        return ", ".join(filter(None, (place.named(locale), place.address, number)))
    if line:
        return ", ".join(filter(None, (line.named(locale), line.number and phone.shown(line.number, line.printed))))
    return to
