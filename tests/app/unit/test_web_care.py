"""Care at a case's page: undo, delivery marks, call-backs, referrals, and what was handed over in danger."""

import re
from datetime import datetime

import pytest

from actions.typed_number import HIDDEN
from content.content import Content
from road.care import CallBack, Care, Given
from road.case import CaseState
from road.clock import BUDAPEST
from road.settings import Settings
from store.interface import Delivery
from tests.app.unit.test_web_conversation import holds, said
from tests.app.unit.web_stage import NOW, Operator, Stage, wrote


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content, Settings(undo_s=5))


async def page(operator: Operator) -> str:
    return (await operator.sees("/console/cases/CASE1")).text


async def outgoing(stage: Stage) -> list[Delivery]:
    lease = await stage.store.acquire("courier", "a test", ttl_s=60)
    assert lease is not None
    return list(await stage.store.next_deliveries(lease, limit=99, wait_s=0))


async def arrives(stage: Stage, why: str = "") -> None:
    """All that is on its way arrives, or does not for a reason."""
    lease = await stage.store.acquire("courier", "a test", ttl_s=60)
    assert lease is not None
    for number, delivery in enumerate(await outgoing(stage)):
        if why:
            await stage.store.give_up(lease, delivery, why=why)
        else:
            await stage.store.delivered(lease, delivery, [100 + number])


# Undo


async def test_a_message_can_be_undone_and_its_text_comes_back_into_the_box(stage: Stage) -> None:
    anna = await holds(stage, "anna")
    await arrives(stage)
    await anna.does("cases/CASE1/answer", text="too quick")
    shown = await page(anna)
    assert "too quick" in shown.split('id="pending"')[1].split("</div>\n</div>")[0]
    undone = await anna.does("cases/CASE1/undo")
    assert re.search(r'<textarea id="answer"[^>]*>too quick</textarea>', undone.text)
    assert "Not sent" in said(undone)
    assert await outgoing(stage) == []
    assert "data-pending" not in await page(anna)


async def test_a_second_undo_says_that_it_is_too_late(stage: Stage) -> None:
    anna = await holds(stage, "anna")
    assert "went out already" in said(await anna.does("cases/CASE1/undo"))


async def test_closing_sends_what_still_waits_first(stage: Stage) -> None:
    anna = await holds(stage, "anna")
    await arrives(stage)
    await anna.does("cases/CASE1/answer", text="goodbye")
    assert (await anna.does("cases/CASE1/close", outcome="answered")).status_code == 303
    assert "goodbye" in (await outgoing(stage))[0].reply.html  # type: ignore[union-attr]


# What became of a message


@pytest.mark.parametrize(
    ("why", "words"), [("", "delivered"), ("unreachable", "has blocked the bot"), ("refused", "Telegram refused")]
)
async def test_each_message_says_what_became_of_it(content: Content, why: str, words: str) -> None:
    stage = Stage(content)
    anna = await holds(stage, "anna")
    await anna.does("cases/CASE1/answer", text="hello")
    assert 'data-mark="on_its_way"' in await page(anna)
    await arrives(stage, why)
    shown = (await page(anna)).split("data-mark=")[1]
    assert words in shown


async def test_a_delivered_message_is_taken_back_and_the_transcript_says_so(content: Content) -> None:
    stage = Stage(content)
    anna, bela = await holds(stage, "anna"), await stage.at_console("bela")
    await arrives(stage)
    await anna.does("cases/CASE1/answer", text="wrong address")
    await arrives(stage)
    name = re.findall(r'name="message" value="([^"]+)"', await page(anna))[0]
    assert (await bela.does("cases/CASE1/take_back_message", message=name)).status_code == 409
    assert (await anna.does("cases/CASE1/take_back_message", message=name)).status_code == 303
    (hide,) = await outgoing(stage)
    assert hide.reply.message_ids == (100,)  # type: ignore[union-attr]
    assert "taken back: deleted" in await page(anna)
    assert "wrong address" in await page(anna)
    assert "take_back_message" not in await page(anna)
    assert (await anna.does("cases/CASE1/take_back_message", message="CASE1.99")).status_code == 404


async def test_what_waits_behind_show_says_so(content: Content) -> None:
    stage = Stage(content)
    anna = await holds(stage, "anna", sensitive=True)
    stage.now += 600
    await anna.does("cases/CASE1/answer", text="He has been told & warned")
    assert 'data-mark="held"' in await page(anna)


async def test_each_day_of_a_conversation_begins_with_its_name(stage: Stage) -> None:
    anna = await holds(stage, "anna", wrote("first", at=NOW - 86400 * 2), wrote("second", at=NOW - 200))
    shown = await page(anna)
    days = re.findall(r'class="day"><span>([^<]+)<', shown)
    assert len(days) == 2
    assert all(str(datetime.fromtimestamp(NOW, BUDAPEST).year) in day for day in days)
    assert shown.index(days[0]) < shown.index("first") < shown.index(days[1]) < shown.index("second")


async def test_an_earlier_case_is_opened_in_the_page_however_long_ago_it_was(stage: Stage) -> None:
    then = NOW - 86400 * 5
    closed = {"state": CaseState.CLOSED, "opened_at": then, "closed_at": then + 600, "outcome": "answered"}
    await stage.person_waits(1, wrote("about my card", at=then + 60), id="OLDER")
    await stage.changes("OLDER", **closed)
    anna = await holds(stage, "anna", wrote("again me"))
    fold = (await page(anna)).split('id="earlier-OLDER"')[1]
    assert "about my card" in fold
    assert "again me" not in fold.split("</details>")[0]


# Calls


async def test_a_call_is_asked_for_agreed_and_stands_out_when_it_is_due(stage: Stage) -> None:
    anna = await holds(stage, "anna")
    await arrives(stage)
    await anna.does("cases/CASE1/ask_call", question="safe")
    (asked,) = await outgoing(stage)
    assert len(asked.reply.buttons) == 3  # type: ignore[union-attr]
    due = datetime.fromtimestamp(NOW + 1800, BUDAPEST).strftime("%Y-%m-%dT%H:%M")
    answers = {"safe": "yes", "who": "me", "message": "no", "name": "friend", "number": "+36201234567", "due": due}
    assert (await anna.does("cases/CASE1/call_back", **answers)).status_code == 303
    assert "Call at" in (await anna.sees()).text
    assert "Call now" not in (await anna.sees()).text
    stage.now += 1800
    assert "Call now" in (await anna.sees()).text
    await anna.does("cases/CASE1/called", outcome="not_reached")
    shown = await page(anna)
    assert "called, not reached" in shown
    assert "Call now" not in shown


@pytest.mark.parametrize(
    ("fields", "notice"),
    [({"due": "2026-11-22T16:00"}, "without a number"), ({"due": "soon", "number": "1"}, "Choose a time")],
)
async def test_a_call_that_cannot_be_made_is_refused_and_what_was_filled_in_comes_back(
    stage: Stage, fields: dict[str, str], notice: str
) -> None:
    anna = await holds(stage, "anna")
    refused = await anna.does("cases/CASE1/call_back", who="family", **fields)
    assert notice in said(refused)
    assert re.search(r'<option value="family" selected>', refused.text)


async def test_a_number_that_the_person_typed_stands_in_the_form_and_is_gone_at_close(stage: Stage) -> None:
    anna = await holds(stage, "anna", wrote(f"please {HIDDEN}"))
    await stage.changes("CASE1", care=Care(call_back=CallBack(asks_number=True, typed=("0620 123 4567",))))
    shown = await page(anna)
    assert re.search(r'id="call-number"[^>]*value="0620 123 4567"', shown)
    assert "It is erased when the case is closed." in shown.split('id="transcript"')[1]
    await anna.does("cases/CASE1/close", outcome="answered")
    assert "0620 123 4567" not in await page(anna)
    assert "0620 123 4567" not in repr(stage.store._state)


# In danger, and referrals


async def test_in_danger_alone_the_number_and_the_place_are_asked_for(stage: Stage) -> None:
    anna = await holds(stage, "anna")
    assert "Ask for the telephone number" not in await page(anna)
    assert (await anna.does("cases/CASE1/wish", wish="contact")).status_code == 409
    await stage.changes("CASE1", critical=True)
    assert "Ask for the telephone number" in await page(anna)
    assert (await anna.does("cases/CASE1/wish", wish="contact")).status_code == 303
    assert "asked once only" in said(await anna.does("cases/CASE1/wish", wish="contact"))
    assert (await anna.does("cases/CASE1/wish", wish="passport")).status_code == 422


async def test_what_was_handed_over_is_shown_with_a_map_that_learns_nothing_and_gone_at_close(stage: Stage) -> None:
    anna = await holds(stage, "anna")
    given = (Given(at=NOW, phone="+36201234567"), Given(at=NOW, lat=47.4979, lon=19.0402))
    await stage.changes("CASE1", care=Care(given=given))
    shown = await page(anna)
    assert "+36201234567" in shown
    link = re.search(r'<a href="(https://www.openstreetmap.org/[^"]+)"([^>]*)>', shown)
    assert link is not None
    assert "47.4979" in link[1]
    assert "noreferrer" in link[2]
    await anna.does("cases/CASE1/close", outcome="answered")
    assert "+36201234567" not in await page(anna)
    assert "+36201234567" not in repr(stage.store._state)
    assert "47.4979" not in repr(stage.store._state)


async def test_referrals_are_recorded_while_the_case_goes_on_and_shown_at_closing(stage: Stage) -> None:
    anna = await holds(stage, "anna")
    await arrives(stage)
    await anna.does("cases/CASE1/refer", text="Night shelter", asked="chat", agreed="1")
    assert "Night shelter" in (await outgoing(stage))[0].reply.html  # type: ignore[union-attr]
    await anna.does("cases/CASE1/refer", place="line:okit", asked="phone", agreed="0")
    closing = (await page(anna)).split('id="closing"')[1]
    assert closing.index("Night shelter") < closing.index(stage.content.lines["okit"].named("en"))
    assert 'name="referral" maxlength="200" dir="auto" autocomplete="off" value="Night shelter"' in closing
    assert "how the person was asked" in said(await anna.does("cases/CASE1/refer", text="x"))


# Keys and drafts


async def test_keys_lead_from_one_of_my_cases_to_the_next_and_round(stage: Stage) -> None:
    anna = await holds(stage, "anna")
    for number in (2, 3):
        await stage.person_waits(number)
        stage.now += 1
        await anna.does(f"cases/CASE{number}/claim")

    async def leads(of: str, way: str) -> str:
        return (await anna.sees(f"/console/step?from={of}&way={way}")).headers["location"].rpartition("/")[2]

    assert [await leads("CASE1", "next"), await leads("CASE3", "next"), await leads("CASE1", "previous")] == [
        "CASE2", "CASE1", "CASE3",
    ]  # fmt: skip
    assert await leads("ELSE", "next") == "CASE1"


async def test_a_key_takes_the_first_case_that_waits_for_me(stage: Stage) -> None:
    anna = await stage.at_console("anna")
    await stage.store.set_duty("anna", on=True)
    assert (await anna.does("claim_next")).headers["location"] == "/console"
    await stage.person_waits(1)
    await stage.person_waits(2, critical=True)
    assert (await anna.does("claim_next")).headers["location"] == "/console/cases/CASE2"
    assert (await stage.case("CASE2")).operator == "anna"


async def test_the_key_of_drafts_is_the_accounts_own_and_comes_with_a_login_alone(stage: Stage) -> None:
    anna, bela = await holds(stage, "anna"), await stage.at_console("bela")
    keys = [re.findall(r'data-key="([^"]{40,})"', await page(each))[0] for each in (anna, bela, anna)]
    assert keys[0] == keys[2] != keys[1]
    login = await stage.browser().get("/console/login")
    assert keys[0] not in login.text
    assert keys[0] not in (await anna.sees()).text
