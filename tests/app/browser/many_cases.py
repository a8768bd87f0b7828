"""Cases in every state that a page can show: right to left, with words that do not end, with files and arrangements."""

from typing import Any, Final

from msgspec.structs import replace

from desk import transitions
from road.care import CallBack, Care, Given, Referral, Unsent
from road.case import Author, Call, Case, CaseState, Ending, Entry, Interpreter
from road.outcome import Outcome
from road.session import Session
from road.turn import Address, Attachment, Channel
from road.understanding import Candidate
from store.interface import Store

ARABIC: Final = "أين يمكنني النوم الليلة؟ اتصلت بالرقم 112 ولم يجبني أحد."
ENDLESS: Final = "https://example.org/" + "Donaudampfschifffahrtsgesellschaft" * 8
RANKING: Final = (
    Candidate("transit_accommodation", 0.62),
    Candidate("tp_eligibility", 0.31),
    Candidate("legal_aid", 0.06),
)
PHOTO: Final = Attachment(file_id="photo", media_type="image/jpeg", size_bytes=240_000, name="photo.jpg")
FILM: Final = Attachment(file_id="film", media_type="video/mp4", size_bytes=40_000_000, name="film.mp4")
VOICE: Final = Attachment(file_id="voice", media_type="audio/ogg", size_bytes=44_100)
LETTER: Final = Attachment(
    file_id="letter", media_type="application/pdf", size_bytes=99_000, name=f"{ENDLESS[20:]}.pdf"
)


async def open_many(store: Store, now: float, holder: str) -> None:
    """WAITING, MINE, SILENT, THEIRS and CLOSED: the second and third in the hands of `holder`, the fourth Bence's."""
    begun = now - 5400
    theirs = _new("THEIRS", begun, "vi", undelivered=True, minor=True)
    cases = (
        _new("WAITING", begun, "mn", minor_suggested=True),
        _mine(_new("MINE", begun, "ar", minor=True), now, holder),
        _silent(_new("SILENT", begun, "fa", sensitive=True, safe_word="red kite"), now, holder),
        transitions.claimed(theirs, at=begun + 60, by="Bence"),
        _closed(_new("CLOSED", begun, "uk"), now - 60, holder),
    )
    for number, case in enumerate(cases):
        address = Address(Channel.TELEGRAM, str(700_000_100 + number))
        remembered = await store.load(store.person(address))
        session = Session(address=address, locale=case.locale, at=begun)
        named = replace(case, person=remembered.person)
        await store.change(remembered, Outcome(session=session, cases=(named,), entries=_said(begun)))


def _new(name: str, begun: float, locale: str, **more: Any) -> Case:
    return transitions.opened(Case(id=name, person="", state=CaseState.WAITING, opened_at=begun, locale=locale, **more))


def _closed(case: Case, at: float, holder: str) -> Case:
    held = transitions.claimed(case, at=at - 600, by=holder)
    return transitions.closed(held, at=at, by=holder, ending=Ending(outcome="answered", topic="tp_eligibility"))


def _silent(case: Case, now: float, holder: str) -> Case:
    """Somebody who has come back and has not said the safe word yet."""
    back = transitions.reopened(_closed(case, now - 2400, holder), at=now - 1800, why="", due_at=None, resolve_by=None)
    return transitions.claimed(back, at=now - 1700, by=holder)


def _mine(case: Case, now: float, holder: str) -> Case:
    """Danger, with all that can be arranged for a person."""
    case = transitions.raised(case, at=now - 5400, topic="domestic_violence")
    return replace(
        transitions.claimed(case, at=now - 5300, by=holder),
        alarm=True,
        unanswered_since=now - 700,
        nudged=1,
        call=Call(group="now", since=now - 240, calls=3, next_at=now + 60),
        interpreter=Interpreter(locale="ar", purpose="doctor", time="14:30", asked_at=now - 900),
        care=Care(
            given=(Given(at=now, phone="+36201234567"), Given(at=now, lat=47.4979, lon=19.0402)),
            call_back=CallBack(safe="yes", who="family", number="+36201234567", due_at=now - 60),
            referrals=(
                Referral(at=now, to="Shelter", agreed=True, asked="chat", by=holder),
                Referral(at=now, to=ENDLESS, agreed=False, asked="phone", by=holder),
            ),
            unsent=Unsent(by=holder, text=f"one moment {ENDLESS}", send_at=now + 9999),
        ),
    )


def _said(begun: float) -> tuple[Entry, ...]:
    """Two days of talk."""
    person, bot, staff = Author.PERSON, Author.BOT, Author.OPERATOR
    asked = {"own_text": "ask:interpreter", "locale": "ar"}
    return (
        Entry(at=begun - 86_400, author=person, text=f"{ARABIC} {ENDLESS}", kind="edited_text"),
        Entry(at=begun, author=person, text=ARABIC, ranking=RANKING, topic=RANKING[0].topic, confidence=0.62),
        Entry(at=begun + 1, author=bot, text=ARABIC * 6, kind="reply", topic=RANKING[0].topic, locale="ar"),
        Entry(at=begun + 2, author=person, text="helpful", kind="button"),
        Entry(at=begun + 70, author=staff, by="Bence", text=f"Jó napot! {ENDLESS}", name="MINE.3"),
        Entry(at=begun + 71, author=staff, by="Bence", text=ARABIC, name="MINE.4", **asked),  # type: ignore[arg-type]
        Entry(at=begun + 72, author=person, text="سكن", kind="button", own_text="tap:interpreter:doctor", locale="ar"),
        Entry(at=begun + 73, author=staff, by="Bence", text=f"قالت: {ENDLESS}", kind="note"),
        *(
            Entry(at=begun + 80 + number, author=person, text="", kind=kind, file=file)
            for number, (kind, file) in enumerate(
                (("photo", PHOTO), ("voice", VOICE), ("file", FILM), ("file", LETTER))
            )
        ),
        Entry(at=begun + 90, author=person, text=f"he beats me {ARABIC}", urgent=True, locale_confidence=0.9),
    )
