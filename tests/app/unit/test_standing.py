"""What somebody who waits is told: their place, how long, who reads and when; nothing that nobody knows."""

import dataclasses

import pytest

from actions.standing import Standing, staff_line, update
from content import wording
from content.content import Content
from road.account import OnDuty, Role, Roster
from road.case import Visibility
from road.team import Team
from tests.app.unit.stage import NIGHT, account, buttons_of, case, roster, session

MORNING = NIGHT + 33 * 3600  # Monday, 11 in the morning
FIVE_MINUTES = 300.0


def full(*, service_s: float = 600.0) -> Roster:
    """Anna on duty, with no hand free."""
    return Roster(on_duty=(OnDuty(account=account(capacity=2), holds=2),), service_s=(service_s,) * 5)


def line(content: Content, locale: str = "en", *, now: float = NIGHT, waits: int = 0, **more: object) -> str:
    given = {"case": case(), "ahead": {"all:en:": waits}, "roster": full(), "now": now, **more}
    return staff_line(content, locale, Standing(**given))  # type: ignore[arg-type]


def reading(content: Content, hours: str) -> Content:
    return dataclasses.replace(content, teams={"hotline": Team(id="hotline", name="Hotline", hours=hours)})


@pytest.mark.parametrize(
    ("waits", "service_s", "said"),
    [(0, 600.0, "5 minutes"), (1, 600.0, "10 minutes"), (1, 900.0, "15 minutes"), (3, 900.0, "30 minutes"),
     (3, 1800.0, "1 hour"), (7, 1800.0, "2 hours")],
)  # fmt: skip
def test_the_expected_wait_is_rounded_up(content: Content, waits: int, service_s: float, said: str) -> None:
    text = line(content, waits=waits, roster=full(service_s=service_s))
    assert text == f"Your place in the queue: {waits + 1}\nExpected wait: {said}"


def test_what_takes_hours_is_promised_for_today_and_not_beyond_midnight(content: Content) -> None:
    assert content.text("handover.wait_today", "en") in line(content, waits=29)
    assert line(content, now=NIGHT + 21 * 3600, waits=29) == "Your place in the queue: 30"


def test_nothing_is_said_of_a_wait_that_nothing_is_known_of(content: Content) -> None:
    assert line(content, roster=Roster(on_duty=full().on_duty)) == "Your place in the queue: 1"


def test_a_wait_beyond_the_hours_names_when_reading_goes_on(content: Content) -> None:
    office = reading(content, "Mo-Fr 09:00-11:30; PH off")
    assert line(office, now=MORNING, waits=11) == (
        "Your place in the queue: 12\nWe may only get to your message later: tomorrow (Tuesday) from 9:00."
    )
    assert "Expected wait: 5 minutes" in line(office, now=MORNING)


def test_a_critical_case_has_no_place(content: Content) -> None:
    assert line(content, case=case(critical=True, alarm=True), waits=9) == content.text("handover.soon", "en")


def test_that_a_colleague_has_seen_it_is_said_only_once_one_has(content: Content) -> None:
    raised = case(critical=True, alarm=True)
    assert content.text("handover.seen", "en") not in line(content, case=raised)
    seen = line(content, case=case(critical=True), roster=Roster())
    assert seen == content.text("handover.seen", "en")


@pytest.mark.parametrize("locale", ["uk", "hu", "en", "ar"])
def test_with_nobody_on_duty_the_truth_and_112(content: Content, locale: str) -> None:
    text = line(reading(content, "Mo-Fr 09:00-17:00"), locale, roster=Roster())
    assert "9:00" in text
    assert wording.weekday(0, locale) in text
    assert content.text("handover.call_112", locale) in text
    assert content.text("handover.nobody", locale) in line(reading(content, ""), locale, roster=Roster())


def test_a_focal_case_is_read_by_focal_points_alone(content: Content) -> None:
    focal = case(visibility=Visibility.FOCAL)
    assert content.text("handover.nobody", "en") in line(reading(content, ""), case=focal)
    assert "place" in line(content, case=focal, roster=roster(account(role=Role.FOCAL)))


def test_an_update_has_a_way_out_and_the_persons_letters(content: Content) -> None:
    standing = Standing(case=case(locale="sr"), ahead={}, roster=full(), now=NIGHT)
    told = update(content, session("sr", script="Latn"), standing)
    assert "Vaše mesto u redu" in told.html
    assert buttons_of(told) == ["1:m", "1:q"]


@pytest.mark.parametrize("amount", [5, 10, 15, 30])
def test_every_locale_has_words_for_the_wait(content: Content, amount: int) -> None:
    for locale in content.languages:
        text = line(content, locale, roster=full(service_s=amount * 60 * 2))
        assert str(amount) in text, locale
