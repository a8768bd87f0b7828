"""What is arranged for a person, as a case's page shows it."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode
from zlib import crc32

import msgspec

from actions import referral
from actions.call_back import answer_key
from content.content import Content
from desk.call_back import QUESTIONS
from road.care import CallBack, Given, Referral, Wish
from road.case import Case
from road.clock import BUDAPEST
from web.times import clock_time


class GivenView(msgspec.Struct, frozen=True, kw_only=True):
    """A telephone number, or coordinates with a map's address."""

    phone: str = ""
    place: str = ""
    map: str = ""


class CareView(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, with what there is to choose from.

    Attributes:
        call: What is known of a call.
        is_agreed: Whether there is a time for it.
        due: Time of the call in Budapest, as a browser's field wants it.
        questions: By field: the answers' values and words.
        wishes: What may still be asked for.
        to: Where a person can be referred to.
    """

    call: CallBack
    is_agreed: bool
    due: str
    questions: dict[str, Sequence[tuple[str, str]]]
    wishes: Sequence[Wish]
    asked: Sequence[Wish]
    given: Sequence[GivenView]
    referrals: Sequence[tuple[Referral, str]]
    to: Sequence[tuple[str, str]]
    ways: Sequence[str] = referral.WAYS

    @property
    def agreed_to(self) -> str:
        """Where the person last agreed to be referred to, or ""."""
        return next((each.to for each, _ in reversed(self.referrals) if each.agreed), "")

    @property
    def number(self) -> str:
        """What was agreed on, or what the person typed last."""
        return self.call.number or next(reversed(self.call.typed), "")

    @property
    def stamp(self) -> str:
        """Changes with all that the page's forms show of it."""
        return f"{len(self.given)}.{len(self.asked)}.{len(self.referrals)}.{crc32(repr(self.call).encode()):x}"


def care_view(case: Case, content: Content, now: float, locale: str) -> CareView:
    """The case's care in the operator's words."""
    care = case.care
    call = care.call_back or CallBack()
    return CareView(
        call=call,
        is_agreed=call.due_at is not None,
        due=_field(call.due_at) if call.due_at else "",
        questions={
            question: [(answer, content.plain(answer_key(question, answer), locale)) for answer in answers]
            for question, answers in QUESTIONS.items()
        },
        wishes=[wish for wish in Wish if wish not in care.wishes],
        asked=care.wishes,
        given=[_given(each) for each in care.given],
        referrals=[(each, clock_time(each.at, now, locale)) for each in care.referrals],
        to=referral.choices(content, locale),
    )


def map_address(lat: float, lon: float) -> str:
    """OpenStreetMap's page of a point."""
    return f"https://www.openstreetmap.org/?{urlencode({'mlat': lat, 'mlon': lon})}#map=17/{lat}/{lon}"


def _given(given: Given) -> GivenView:
    if given.lat is None or given.lon is None:
        return GivenView(phone=given.phone)
    return GivenView(place=f"{given.lat:.5f}, {given.lon:.5f}", map=map_address(given.lat, given.lon))


def _field(at: float) -> str:
    return datetime.fromtimestamp(at, BUDAPEST).strftime("%Y-%m-%dT%H:%M")
