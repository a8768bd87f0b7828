"""Calls to staff: to whom, with what words, and what "I take it" leads to."""

import pytest
from msgspec.structs import replace

from actions import calling, taps
from actions.taps import tap
from content.content import Content
from desk import transitions
from road.account import Account, OnDuty, Role, Roster
from road.case import Call, Case, CaseState, Page, Visibility
from road.session import Remembered
from tests.app.unit.stage import FOCAL, NIGHT, account, buttons_of, case, scene, session, tapped

ANNA = account("anna", chat="11")
EVA = account("eva", Role.SUPERVISOR, chat="22", locale="hu")
OTTO = account("otto", Role.ADMINISTRATOR, chat="33", on_call=True)
FANNI = account("fanni", Role.FOCAL, chat="44")
STAFF = Roster(on_duty=(OnDuty(account=ANNA),), others=(EVA, FANNI, OTTO))


def calls(
    content: Content, group: str, count: int, roster: Roster = STAFF, visibility: Visibility = Visibility.ALL
) -> list[Page]:
    """The messages of so many calls of one group."""
    ringing, pages = case(critical=True, alarm=True, visibility=visibility), []
    for _ in range(count):
        ringing, page = calling.called(ringing, scene(roster=roster), content, group=group)
        pages.append(page)
    return pages


def test_danger_calls_those_on_duty_then_supervisors_then_who_is_on_call_then_everybody(content: Content) -> None:
    pages = calls(content, "now", 5)
    assert [page.chats for page in pages] == [("11",), ("22", "33"), ("33",), ("11", "22", "33"), ("11", "22", "33")]


def test_the_staffs_group_chats_hear_the_first_call_alone(content: Content) -> None:
    assert [page.group for page in calls(content, "now", 3)] == ["now", "", ""]


def test_where_nobody_has_a_chat_the_group_chats_hear_every_call(content: Content) -> None:
    roster = Roster(on_duty=(OnDuty(account=account()),))
    assert [(page.group, page.chats) for page in calls(content, "now", 3, roster)] == [("now", ())] * 3


@pytest.mark.parametrize("group", ["now", "duty", "supervisor", "focal"])
def test_a_focal_case_calls_focal_points_alone(content: Content, group: str) -> None:
    pages = calls(content, group, 4, visibility=FOCAL)
    assert [(page.group, page.chats) for page in pages] == [("focal", ("44",)), *[("", ("44",))] * 3]


def test_a_call_names_case_and_language_in_two_languages_and_links_to_the_console(content: Content) -> None:
    here = scene(roster=STAFF, console_url="https://desk.example.org")
    _, page = calling.called(case(locale="uk"), here, content, group="now")
    assert "K7QF2M" in page.html
    assert "Ukrainian" in page.html
    assert "ukrán" in page.html
    assert 'href="https://desk.example.org/console/cases/K7QF2M"' in page.html
    (button,) = page.buttons[0]
    assert button.data == tap(taps.TAKE, "K7QF2M")


def test_without_a_console_address_a_call_has_no_link(content: Content) -> None:
    _, page = calling.called(case(), scene(roster=STAFF), content, group="now")
    assert "<a" not in page.html


def test_a_target_nearly_missed_is_told_to_supervisors_once(content: Content) -> None:
    warned, page = calling.warned(case(due_at=NIGHT + 10), scene(roster=STAFF), content)
    assert (warned.overdue_called, warned.call) == (True, None)
    assert (page.chats, page.group) == (("22", "33"), "")


# "I take it"


def taken(found: Case | None, by: Account, content: Content) -> tuple[str, Case | None]:
    remembered = Remembered(person="p", version=1, session=session())
    key, change = calling.taken((found, remembered) if found else None, by, content, NIGHT)
    return key, change.cases[0] if change else None


def ringing(**more: object) -> Case:
    call = Call(group="now", since=NIGHT - 5, next_at=NIGHT + 55)
    return case(critical=True, alarm=True, sensitive=True, call=call, **more)


def test_whoever_takes_a_case_ends_its_calls_and_its_alarm(content: Content) -> None:
    key, seen = taken(ringing(), ANNA, content)
    assert key == "taken"
    assert seen is not None
    assert seen.call is not None
    assert (seen.alarm, seen.call.next_at, seen.call.taken_by, seen.state) == (False, None, "anna", CaseState.WAITING)


def test_taking_twice_changes_nothing_and_says_the_same(content: Content) -> None:
    _, seen = taken(ringing(), ANNA, content)
    assert taken(seen, ANNA, content) == ("taken", None)


def test_whoever_comes_second_hears_that_a_colleague_has_it(content: Content) -> None:
    _, seen = taken(ringing(), ANNA, content)
    assert taken(seen, EVA, content) == ("taken_before", None)


def test_danger_that_came_after_it_was_taken_can_be_taken_again(content: Content) -> None:
    _, seen = taken(ringing(), ANNA, content)
    assert seen is not None
    again = transitions.raised(seen, at=NIGHT, topic="suicide_self_harm")
    assert taken(again, ANNA, content)[0] == "taken"
    assert taken(again, ANNA, content)[1] is not None


def test_nobody_takes_a_case_that_they_may_not_see(content: Content) -> None:
    assert taken(ringing(visibility=FOCAL), EVA, content) == ("not_yours", None)
    assert taken(ringing(visibility=FOCAL), FANNI, content)[0] == "taken"


@pytest.mark.parametrize("gone", [None, case(CaseState.CLOSED, closed_at=NIGHT)])
def test_a_case_that_is_closed_or_erased_cannot_be_taken(content: Content, gone: Case | None) -> None:
    assert taken(gone, ANNA, content) == ("gone", None)


def test_who_took_a_case_reads_so_in_the_language_of_their_console_and_the_button_goes(content: Content) -> None:
    turn = tapped(tap(taps.TAKE, "K7QF2M"))
    outcome = calling.answered(turn, replace(scene().remembered, session=None), EVA, content, key="taken")
    assert content.text("console.page.taken", "hu", case="K7QF2M") in [
        reply.html for reply in outcome.replies if hasattr(reply, "html")
    ]
    assert [type(reply).__name__ for reply in outcome.replies] == ["DropButtons", "Say", "ConfirmTap"]
    assert buttons_of(*outcome.replies) == []


def test_only_its_own_button_takes_a_case() -> None:
    assert calling.case_taken(tapped(tap(taps.TAKE, "K7QF2M"))) == "K7QF2M"
    assert calling.case_taken(tapped(tap(taps.MENU))) == ""
    assert calling.case_taken(tapped("2:t:K7QF2M")) == ""
