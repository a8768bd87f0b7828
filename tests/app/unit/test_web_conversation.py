"""A case's page: what the operator reads of it, and each deed with its refusals."""

import asyncio
import html
import re

import httpx
import pytest
from msgspec.structs import replace

from content.content import Content
from desk import transitions
from road.account import Role
from road.case import Author, CaseState, Consent, Entry
from tests.app.unit.web_stage import NOW, Operator, Stage, wrote


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


async def holds(stage: Stage, name: str, *entries: Entry, role: Role = Role.OPERATOR, **more: object) -> Operator:
    """A member of staff on duty who has taken CASE1."""
    operator = await stage.at_console(name, role)
    await stage.store.set_duty(name, on=True)
    await stage.person_waits(1, *entries, **more)
    assert (await operator.does("cases/CASE1/claim")).status_code == 303
    return operator


def said(answer: httpx.Response) -> str:
    """The notice of a page."""
    notice = re.search(r'<div id="notice"[^>]*>(.*?)</div>', answer.text, re.DOTALL)
    assert notice is not None
    return html.unescape(notice[1])


async def test_what_the_bot_understood_is_named_in_the_operators_language(stage: Stage) -> None:
    entry = wrote("he beats me", topic="domestic_violence_help", confidence=0.914, urgent=True)
    anna = await holds(stage, "anna", entry, topic="domestic_violence_help", sensitive=True)
    title = stage.content.article("domestic_violence_help", "hu").title  # type: ignore[union-attr]
    await anna.does("locale", locale="hu")
    page = html.unescape((await anna.sees("/console/cases/CASE1")).text)
    assert f"így értette: {title}, 91 %" in page
    assert "understood as" not in page


async def test_what_happened_stands_between_what_was_said(stage: Stage) -> None:
    anna = await holds(stage, "anna", wrote("first", at=NOW - 200), topic="tp_how_to_apply")
    stage.now += 60
    await anna.does("cases/CASE1/answer", text="second")
    stage.now += 60
    await anna.does("cases/CASE1/release")
    page = (await anna.sees("/console/cases/CASE1")).text
    places = [
        page.index(words) for words in ("Opened: ", "first", "Taken over by anna", "second", "Given back by anna")
    ]
    assert places == sorted(places)
    assert "console.event" not in page


async def test_every_event_of_the_machine_is_told_in_words(stage: Stage) -> None:
    anna = await holds(stage, "anna")
    case = await stage.case("CASE1")
    kinds = transitions.MACHINE.keys() - transitions.UNLOGGED
    events = [replace(case.events[0], kind=kind, by="bela", why="carl") for kind in sorted(kinds)]
    await stage.changes("CASE1", events=tuple(events))
    page = (await anna.sees("/console/cases/CASE1")).text
    assert page.count('class="event"') == len(kinds) - len({"answered", "noted"})


async def test_an_answer_is_found_by_words_of_its_title_and_sent(stage: Stage) -> None:
    anna = await holds(stage, "anna", locale="hu")
    page = (await anna.sees("/console/cases/CASE1?find=temporary+protection")).text
    found = re.findall(r'name="topic" value="(\w+)"', page)
    assert len(found) >= 2
    preview = (await anna.sees(f"/console/cases/CASE1?find=x&topic={found[0]}")).text
    assert re.findall(r'<p class="text preview" lang="(\w+)"', preview) == ["hu", "en"]
    assert (await anna.does("cases/CASE1/send_topic", topic=found[0])).status_code == 303
    case = await stage.case("CASE1")
    sent = (await stage.store.transcript(case.person, anna.visitor.visibilities))[-1]
    title = stage.content.article(found[0], "hu").title  # type: ignore[union-attr]
    assert title in sent.text
    assert (sent.author, sent.by) == (Author.OPERATOR, "anna")


@pytest.mark.parametrize("words", ["TEMPORARY protect", "ideiglenes védelem", "ideiglenes vedelem", "tp_how_to_apply"])
async def test_words_find_without_capitals_and_accents_in_both_languages_and_by_id(stage: Stage, words: str) -> None:
    anna = await holds(stage, "anna")
    await anna.does("locale", locale="hu")
    page = (await anna.browser.get("/console/cases/CASE1", params={"find": words})).text
    assert re.search(r'name="topic" value="tp_', page)


async def test_before_anything_is_typed_what_the_bot_understood_is_offered(stage: Stage) -> None:
    anna = await holds(stage, "anna", wrote("x", topic="tp_how_to_apply"), topic="tp_eligibility")
    page = (await anna.sees("/console/cases/CASE1")).text
    offered = re.findall(r'name="topic" value="(\w+)"', page)
    assert offered == ["tp_how_to_apply", "tp_eligibility"]


async def test_an_unknown_topic_is_not_sent(stage: Stage) -> None:
    anna = await holds(stage, "anna")
    refused = await anna.does("cases/CASE1/send_topic", topic="no_such_topic")
    assert refused.status_code == 409
    assert "topic" in said(refused)


async def test_a_case_is_handed_over_with_a_note_to_a_colleague_who_has_room(stage: Stage) -> None:
    anna = await holds(stage, "anna")
    bela = await stage.at_console("bela")
    await stage.account("bela", capacity=2)
    await stage.store.set_duty("bela", on=True)
    assert "bela (free: 2)" in (await anna.sees("/console/cases/CASE1")).text
    handed = await anna.does("cases/CASE1/reassign", to="bela", text="She waits for a bed")
    assert handed.headers["location"] == "/console"
    assert (await stage.case("CASE1")).operator == "bela"
    page = (await bela.sees("/console/cases/CASE1")).text
    assert "She waits for a bed" in page
    assert "Handed over by anna to bela" in page


@pytest.mark.parametrize(
    ("to", "text", "notice"),
    [
        ("carl", "a note", "not on duty any more"),
        ("bela", "", "nothing to send"),
        ("full", "a note", "no hand free"),
    ],
)
async def test_a_case_is_not_handed_into_empty_or_full_hands(stage: Stage, to: str, text: str, notice: str) -> None:
    anna = await holds(stage, "anna")
    for name, capacity in (("bela", 2), ("full", 0)):
        await stage.account(name, capacity=capacity)
        await stage.store.set_duty(name, on=True)
    await stage.account("carl")
    refused = await anna.does("cases/CASE1/reassign", to=to, text=text)
    assert refused.status_code in (409, 422)
    assert notice in said(refused)
    assert (await stage.case("CASE1")).operator == "anna"


async def test_a_supervisor_takes_a_case_back_and_an_operator_does_not(stage: Stage) -> None:
    await holds(stage, "anna")
    bela, boss = await stage.at_console("bela"), await stage.at_console("boss", Role.SUPERVISOR)
    assert (await bela.does("cases/CASE1/take_back")).status_code == 409
    assert "Take back from anna" in (await boss.sees("/console/cases/CASE1")).text
    assert (await boss.does("cases/CASE1/take_back")).status_code == 303
    assert (await stage.case("CASE1")).state is CaseState.WAITING


@pytest.mark.parametrize(
    ("fields", "notice"),
    [
        ({}, "choose how it ended"),
        ({"outcome": "answered"}, "in a critical case say whether the person agreed"),
        ({"outcome": "referred", "consent": "given"}, "write where the person was referred to"),
        ({"outcome": "referred", "referral": "shelter"}, "nobody is referred without having agreed"),
        ({"outcome": "referred", "referral": "shelter", "consent": "refused"}, "without having agreed"),
        (
            {"outcome": "referred", "referral": "shelter", "consent": "overruled", "reason": "knife"},
            "Only a supervisor",
        ),
    ],
)
async def test_a_critical_case_is_not_closed_without_its_words_and_the_form_says_why(
    stage: Stage, fields: dict[str, str], notice: str
) -> None:
    anna = await holds(stage, "anna", critical=True)
    refused = await anna.does("cases/CASE1/close", **fields)
    assert refused.status_code == 409
    assert notice in said(refused)
    assert (await stage.case("CASE1")).state is CaseState.ACTIVE
    assert f'value="{fields.get("referral", "")}"' in refused.text, "what was filled in comes back"


async def test_a_case_is_closed_with_topic_outcome_referral_and_consent(stage: Stage) -> None:
    anna = await holds(stage, "anna", critical=True, topic="tp_how_to_apply")
    fields = {"outcome": "referred", "referral": "NANE", "consent": "given", "topic": "domestic_violence_help"}
    assert (await anna.does("cases/CASE1/close", **fields)).status_code == 303
    case = await stage.case("CASE1")
    assert (case.state, case.outcome, case.referral, case.consent, case.topic) == (
        CaseState.CLOSED, "referred", "NANE", Consent.GIVEN, "domestic_violence_help",
    )  # fmt: skip


async def test_a_supervisor_refers_without_consent_only_with_a_reason_that_is_kept(stage: Stage) -> None:
    boss = await holds(stage, "boss", role=Role.SUPERVISOR, critical=True)
    fields = {"outcome": "referred", "referral": "police", "consent": "overruled"}
    assert "needs a reason" in said(await boss.does("cases/CASE1/close", **fields))
    assert (await boss.does("cases/CASE1/close", **fields, reason="a child, tonight")).status_code == 303
    case = await stage.case("CASE1")
    assert (case.consent, [event.why for event in case.events if event.kind == "overruled"]) == (
        Consent.OVERRULED, ["a child, tonight"],
    )  # fmt: skip


async def test_a_minor_is_marked_confirmed_or_denied_and_never_asked_for_documents(stage: Stage) -> None:
    anna = await holds(stage, "anna", minor_suggested=True)
    page = (await anna.sees("/console/cases/CASE1")).text
    assert "Never ask for photos or documents" in page
    assert "Yes, under 18" in page
    await anna.does("cases/CASE1/minor", minor="1")
    case = await stage.case("CASE1")
    assert (case.minor, case.minor_suggested) == (True, False)
    await anna.does("cases/CASE1/minor", minor="0")
    assert not (await stage.case("CASE1")).minor
    assert "Never ask for photos" not in (await anna.sees("/console/cases/CASE1")).text


async def test_the_past_of_somebody_who_came_back_is_folded_away_until_the_word_is_said(stage: Stage) -> None:
    anna = await holds(stage, "anna", wrote("he hits me", at=NOW - 200), sensitive=True)
    await anna.does("cases/CASE1/safe_word", safe_word="umbrella")
    assert (await stage.case("CASE1")).safe_word == "umbrella"
    stage.now += 1800
    before = await stage.case("CASE1")
    closed = replace(before, state=CaseState.CLOSED, closed_at=stage.now)
    again = transitions.reopened(closed, at=stage.now, why="asked", due_at=None, resolve_by=None)
    await stage.changes("CASE1", **{field: getattr(again, field) for field in again.__struct_fields__})
    page = (await anna.sees("/console/cases/CASE1")).text
    past, present = page.split('id="transcript"')
    assert "he hits me" in past.split('<details class="more" id="past">')[1]
    assert "he hits me" not in present
    assert "The word: umbrella" in page
    await stage.changes("CASE1", safe_word_said=True)
    page = (await anna.sees("/console/cases/CASE1")).text
    assert 'id="past"' not in page
    assert "he hits me" in page.split('id="transcript"')[1]


async def test_a_sensitive_case_begins_with_whether_the_person_can_write_safely(stage: Stage) -> None:
    anna = await holds(stage, "anna", sensitive=True)
    assert "may be watching" in (await anna.sees("/console/cases/CASE1")).text
    await stage.changes("CASE1", sensitive=False)
    assert "may be watching" not in (await anna.sees("/console/cases/CASE1")).text


async def test_a_message_that_will_not_arrive_is_announced_as_such(stage: Stage) -> None:
    anna = await holds(stage, "anna", undelivered=True)
    assert "is not delivered" in (await anna.sees("/console/cases/CASE1")).text


async def test_a_silent_holder_is_reminded_then_asked_to_hand_over(stage: Stage) -> None:
    anna = await holds(stage, "anna")
    assert 'id="silence"' not in (await anna.sees("/console/cases/CASE1")).text
    await stage.changes("CASE1", nudged=1, unanswered_since=NOW - 200)
    once = (await anna.sees("/console/cases/CASE1")).text
    assert "waiting for your answer for 3 min" in once
    assert "Should a colleague go on?" not in once
    await stage.changes("CASE1", nudged=2)
    assert "Should a colleague go on?" in (await anna.sees("/console/cases/CASE1")).text


async def test_two_tabs_that_answer_at_once_are_both_heard_once(stage: Stage) -> None:
    anna = await holds(stage, "anna")
    answers = await asyncio.gather(*(anna.does("cases/CASE1/answer", text=text) for text in ("one", "two")))
    assert [answer.status_code for answer in answers] == [303, 303]
    case = await stage.case("CASE1")
    entries = await stage.store.transcript(case.person, anna.visitor.visibilities)
    assert sorted(entry.text for entry in entries if entry.by == "anna") == ["one", "two"]


async def test_earlier_cases_of_the_person_are_named_and_focal_ones_are_not(stage: Stage) -> None:
    await stage.person_waits(1, id="OLD", visibility="focal")
    await stage.person_waits(1, id="OLDER")
    anna = await holds(stage, "anna")
    page = (await anna.sees("/console/cases/CASE1")).text
    assert "/console/cases/OLDER" in page
    assert '/console/cases/OLD"' not in page
