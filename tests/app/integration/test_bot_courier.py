"""The courier between a store in memory and a Bot API server over HTTP."""

import asyncio
import logging
from unittest.mock import AsyncMock

import pytest

from bot.courier import IN_HAND, run_courier
from road.care import Wish
from road.case import Page
from road.errors import Conflict, SetupError, StoreFull, StoreUnavailable
from road.locale import LOCALES
from road.outcome import Erasure, Outcome
from road.reply import AskFor, Button, ConfirmTap, DropButtons, Lane, Say, ShowPlace
from road.settings import Settings
from road.turn import Address, Channel, TurnKind
from store.memory import MemoryStore
from tests.app.botapi.refusal import Refusal, too_fast
from tests.app.botapi.server import TOKEN, BotApi
from tests.app.integration.bot_road import all_turns, answer, post, running, settings, until

ROWS = ((Button(text="A person", data="1:p"), Button(text="Map", url="https://example.org/map")),)
STAFF = -100200
ILL = Refusal(502, "Bad Gateway")


@pytest.fixture
async def api():
    async with BotApi() as server:
        yield server


@pytest.fixture
def store():
    return MemoryStore(staff={"now": (Address(Channel.TELEGRAM, str(STAFF)),)})


@pytest.fixture
async def courier(api, store):
    async with running(run_courier, settings(api), store):
        yield


@pytest.fixture
def person(api):
    return api.person(501)


pytestmark = pytest.mark.usefixtures("courier")


async def outbox_is_empty(store):
    await until(lambda: not store._state.outbox)


async def first_is_under_way(store):
    await until(lambda: store._state.outbox and store._state.outbox[0].attempts)


async def flood_has_come(api):
    await api.until(lambda: [call for call in api.calls if call.status == 429])


async def test_a_text_arrives_with_its_markup_and_buttons_and_without_a_preview(api, store, person):
    await post(store, Say(html='<b>Title</b>\n<a href="https://example.org">page</a>', buttons=ROWS))
    seen = await person.next_answer()
    assert seen["text"] == "Title\npage"
    assert [entity["type"] for entity in seen["entities"]] == ["bold", "text_link"]
    assert [button["text"] for button in seen["reply_markup"]["inline_keyboard"][0]] == ["A person", "Map"]
    assert seen["link_preview_options"] == {"is_disabled": True}


async def test_a_long_text_arrives_in_parts_in_order_with_the_buttons_last(api, store, person):
    await post(store, Say(html="\n\n".join(f"<b>{n}</b> " + "word " * 700 for n in range(3)), buttons=ROWS))
    first, second, third = await person.next_answers(3)
    assert [part["text"][0] for part in (first, second, third)] == ["0", "1", "2"]
    assert ["reply_markup" in part for part in (first, second, third)] == [False, False, True]


async def test_a_place_is_a_venue_and_a_nameless_one_a_pin(api, store, person):
    await post(store, ShowPlace(name="Test office", address="Test utca 1.", lat=47.5, lon=19.04))
    await post(store, ShowPlace(name="", address="", lat=47.5, lon=19.04))
    venue, pin = await person.next_answers(2)
    assert venue["venue"]["title"] == "Test office"
    assert "venue" not in pin
    assert pin["location"] == {"latitude": 47.5, "longitude": 19.04}


async def test_a_tap_is_confirmed_and_buttons_are_dropped(api, store, person):
    await post(store, Say(html="menu", buttons=ROWS))
    message = await person.next_answer()
    tap = await person.presses("A person")
    await post(store, ConfirmTap(callback_id=tap, text="x" * 300), DropButtons(message_id=message["message_id"]))
    await api.until(lambda: api.called("editMessageReplyMarkup"))
    assert person.tap_text(tap) == "x" * 200
    assert person.labels == []


async def test_taps_too_old_and_buttons_long_gone_are_no_trouble(api, store, person):
    await post(store, ConfirmTap(callback_id="old"), DropButtons(message_id=7), Say(html="after"))
    assert (await person.next_answer())["text"] == "after"


async def test_text_that_telegram_can_not_parse_arrives_plain(api, store, person):
    await post(store, Say(html="<div>1 &lt; 2</div>", buttons=ROWS))
    seen = await person.next_answer()
    assert seen["text"] == "1 < 2"
    assert person.labels == ["A person", "Map"]


async def test_text_with_a_button_that_telegram_refuses_arrives_without_buttons(api, store, person):
    await post(store, Say(html="<b>text</b>", buttons=((Button(text="x", data="y" * 65),),)))
    await post(store, Say(html="<b>text</b>", buttons=((Button(text="x", url="nowhere"),),)))
    assert [seen["text"] for seen in await person.next_answers(2)] == ["text", "text"]
    assert person.labels == []


async def test_a_message_without_visible_text_is_given_up(api, store):
    await post(store, Say(html="<b> </b>", buttons=ROWS))
    await outbox_is_empty(store)
    assert store._state.given_up == {"empty": 1}


async def test_whoever_blocked_the_bot_or_is_gone_holds_nobody_up(api, store, person):
    blocker = api.person(502)
    await blocker.blocks()
    await post(store, Say(html="one"), to=502)
    await post(store, Say(html="two"), to=999)
    await post(store, Say(html="three"))
    assert (await person.next_answer())["text"] == "three"
    await outbox_is_empty(store)
    assert store._state.given_up == {"unreachable": 2}


async def test_whoever_has_the_case_of_an_unreachable_person_is_told_once_per_message(api, store):
    await api.person(502).blocks()
    await post(store, Say(html="one"), to=502)
    await post(store, Say(html="two"), to=502)
    await outbox_is_empty(store)
    turns = await all_turns(store)
    assert [(turn.kind, turn.address.chat) for turn in turns] == [(TurnKind.LEFT, "502")] * 2
    assert len({turn.id for turn in turns}) == 2
    assert not await store.accept(turns[0]), "a courier that died before its mark says it again, and it counts once"


async def test_a_full_store_hears_nothing_of_an_unreachable_person_and_the_courier_goes_on(
    api, store, person, monkeypatch
):
    monkeypatch.setattr(store, "accept", AsyncMock(side_effect=StoreFull("full")))
    await api.person(502).blocks()
    await post(store, Say(html="one"), to=502)
    await post(store, Say(html="two"))
    assert (await person.next_answer())["text"] == "two"
    await outbox_is_empty(store)


async def test_flood_control_holds_only_its_chat_and_keeps_its_order(api, store, person):
    other = api.person(502)
    api.fail("sendMessage", too_fast(1), chat=501)
    await post(store, Say(html="one"), Say(html="two"))
    await flood_has_come(api)
    await post(store, Say(html="three"), to=502)
    await other.next_answer()
    await person.next_answers(2)
    sent = [call for call in api.called("sendMessage") if call.status == 200]
    assert [call.fields["text"] for call in sent] == ["three", "one", "two"]


async def test_an_ill_telegram_is_asked_again_until_it_is_well(api, store, person):
    api.fail("sendMessage", ILL, times=2, chat=501)
    await post(store, Say(html="one"), Say(html="two"))
    assert [seen["text"] for seen in await person.next_answers(2, within_s=60)] == ["one", "two"]
    assert [call.status for call in api.calls if call.method == "sendMessage"] == [502, 502, 200, 200]


async def test_a_part_that_failed_does_not_repeat_the_part_that_arrived(api, store, person):
    await post(store, Say(html="a" * 4096 + "b" * 10))
    api.fail("sendMessage", ILL, chat=501)
    first, second = await person.next_answers(2, within_s=60)
    assert (len(first["text"]), second["text"]) == (4096, "b" * 10)
    assert len(person.texts) == 2


async def test_a_fourth_message_in_a_second_waits(api, store, person):
    await post(store, *(Say(html=str(number)) for number in range(4)))
    await person.next_answers(4)
    first, *_, fourth = (call.at for call in api.called("sendMessage"))
    assert fourth - first > 0.7


async def test_the_urgent_lane_goes_first_in_a_chat(api, store, person):
    api.fail("sendMessage", too_fast(1), chat=501)
    await post(store, Say(html="answer"))
    await flood_has_come(api)
    await post(store, Say(html="call 112", lane=Lane.URGENT))
    assert [seen["text"] for seen in await person.next_answers(2)] == ["call 112", "answer"]


async def test_many_chats_are_served_at_the_same_time(api, store):
    people = [api.person(1000 + number) for number in range(30)]
    api.fail("sendMessage", None, delay_s=0.4, times=30)
    loop = asyncio.get_running_loop()
    began = loop.time()
    for someone in people:
        await post(store, Say(html="hello"), to=someone.chat.id)
    await api.until(lambda: len(api.called("sendMessage")) == 30)
    assert loop.time() - began < 10  # one after the other: 12 s


async def test_somebody_who_writes_without_end_keeps_nobody_waiting(api, store, person):
    await post(store, *(Say(html=str(number)) for number in range(IN_HAND + 100)))
    await person.next_answers(3)
    other = api.person(502)
    await post(store, Say(html="hello"), to=502)
    assert (await other.next_answer())["text"] == "hello"
    assert len(person.texts) < IN_HAND + 100


async def test_a_staff_group_that_is_closed_is_told_in_the_log(api, store, caplog):
    api.bot.chats.add(STAFF, "group").is_blocked = True
    await post(store, pages=(Page(case_id="T3ST", group="now", html="<b>Case T3ST</b>"),))
    await outbox_is_empty(store)
    assert [record.levelname for record in caplog.records if "HOTLINE_STAFF_CHATS" in record.message] == ["ERROR"]
    assert await all_turns(store) == [], "a staff chat has no case"


async def test_a_page_follows_a_group_that_became_a_supergroup(api, store):
    api.bot.chats.add(STAFF, "group").moved_to = -100300
    moved = api.bot.chats.add(-100300, "supergroup")
    await post(store, pages=(Page(case_id="T3ST", group="now", html="<b>Case T3ST</b>"),))
    await api.until(lambda: moved.messages)
    assert [message["text"] for message in moved.messages.values()] == ["Case T3ST"]


async def test_hiding_deletes_what_was_sent_and_written(api, store, person):
    await person.writes("secret")
    await answer(store, Say(html="a" * 5000), message_id=max(person.chat.messages))
    await person.next_answers(2)
    await outbox_is_empty(store)
    await person.writes("/hide")
    await answer(store, Say(html="what remains"), message_id=max(person.chat.messages), erasure=Erasure.HIDE)
    await api.until(lambda: [message["text"] for message in person.chat.messages.values()] == ["what remains"])


async def test_what_was_on_its_way_is_not_shown_after_hiding(api, store, person):
    await answer(store, Say(html="shown"), message_id=51)
    await person.next_answer()
    await outbox_is_empty(store)
    api.fail("sendMessage", too_fast(1), chat=501)
    await answer(store, Say(html="old news"), message_id=52)
    await flood_has_come(api)
    await answer(store, Say(html="what remains"), message_id=53, erasure=Erasure.HIDE)
    await api.until(lambda: person.texts == ["what remains"])
    assert [call.fields["text"] for call in api.called("sendMessage")] == ["shown", "what remains"]


async def test_what_was_under_way_while_hiding_is_hidden_too_and_the_answer_stays(api, store, person):
    await answer(store, Say(html="shown"), message_id=51)
    await person.next_answer()
    await outbox_is_empty(store)
    api.fail("sendMessage", None, delay_s=0.5, chat=501)
    await answer(store, Say(html="old news"), message_id=52)
    await first_is_under_way(store)
    await answer(store, Say(html="what remains"), message_id=53, erasure=Erasure.HIDE)
    await api.until(lambda: len(api.called("deleteMessages")) == 2 and person.texts == ["what remains"])


async def test_messages_that_telegram_keeps_do_not_stop_the_others_from_being_hidden(api, store, person):
    await post(store, Say(html="one"), Say(html="two"))
    old, _ = await person.next_answers(2)
    await outbox_is_empty(store)
    person.chat.messages[old["message_id"]]["date"] -= 49 * 3600
    await post(store, Say(html="what remains"), erasure=Erasure.HIDE)
    await api.until(lambda: person.texts == ["one", "what remains"])


async def test_the_chat_page_gets_its_replies_through_the_same_courier(api, store):
    page = Address(Channel.WEB, "a-random-token")
    await post(store, Say(html="<b>hello</b>"), Say(html="x" * 9000), to=page)
    shown = await store.shown(page, after=0, wait_s=5)
    assert shown[0][1] == Say(html="<b>hello</b>")
    await outbox_is_empty(store)
    assert len(await store.shown(page, after=0, wait_s=0)) == 2


async def test_neither_text_nor_chat_nor_token_is_logged(api, store, person, caplog):
    caplog.set_level(logging.DEBUG)
    await api.person(777).blocks()
    for refusal in (ILL, too_fast(1), Refusal(400, "Bad Request: MARKER wrong in 501"), None):
        api.fail("sendMessage", refusal, chat=501, is_lost=refusal is None)
        await post(store, Say(html="<u>MARKER</u>"))
    await post(store, Say(html="<div>MARKER</div>"), to=777)
    await api.until(lambda: len(person.texts) >= 4, within_s=60)
    await outbox_is_empty(store)
    assert len(caplog.records) >= 4
    assert not [line for line in caplog.messages if "MARKER" in line or "501" in line or "777" in line]
    assert TOKEN not in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text


class Unsteady(MemoryStore):
    """A store whose marks fail."""

    def __init__(self, error, times):
        super().__init__()
        self._error, self._times = error, times

    async def delivered(self, lease, delivery, message_ids):
        if self._times > 0:
            self._times -= 1
            raise self._error
        await super().delivered(lease, delivery, message_ids)


@pytest.mark.parametrize("store", [Unsteady(StoreUnavailable("away"), 2), Unsteady(Conflict("fence"), 1)])
async def test_what_was_sent_is_not_sent_again_when_the_store_was_away_or_the_lease_was_lost(api, store, person):
    await post(store, Say(html="one"))
    await person.next_answer()
    await post(store, Say(html="two"))
    await person.next_answer()
    await outbox_is_empty(store)
    assert person.texts == ["one", "two"]


async def test_a_second_courier_waits_its_turn(api, store, person):
    async with running(run_courier, settings(api), store):
        for number in range(3):
            await post(store, Say(html=str(number)))
        await person.next_answers(3)
        await outbox_is_empty(store)
    assert person.texts == ["0", "1", "2"]


async def test_the_courier_says_that_it_is_alive(api, store):
    assert (await until(store.alive))[0].startswith("courier:")


class TestWithoutTheFixture:
    """Couriers that the tests start themselves."""

    @pytest.fixture
    def courier(self):
        """None is running."""

    async def test_a_courier_that_is_stopped_finishes_what_is_under_way(self, api, store, person):
        api.fail("sendMessage", None, delay_s=0.3)
        async with running(run_courier, settings(api), store):
            await post(store, Say(html="one"))
            await first_is_under_way(store)
        assert person.texts == ["one"]
        assert store._state.outbox == []

    async def test_a_courier_that_is_stopped_leaves_the_rest_to_the_next(self, api, store, person):
        api.fail("sendMessage", too_fast(60), chat=501)
        async with running(run_courier, settings(api), store):
            await post(store, Say(html="one"), Say(html="two"))
            await flood_has_come(api)
        async with running(run_courier, settings(api), store):
            assert [seen["text"] for seen in await person.next_answers(2)] == ["one", "two"]
            await outbox_is_empty(store)
        assert person.texts == ["one", "two"]

    async def test_the_overall_rate_is_kept(self, api, store):
        people = [api.person(1000 + number) for number in range(20)]
        async with running(run_courier, settings(api, send_rate=20), store):
            for someone in people:
                await post(store, Say(html="hello"), to=someone.chat.id)
            await api.until(lambda: len(api.called("sendMessage")) == 20)
        first, *_, last = (call.at for call in api.called("sendMessage"))
        assert last - first == pytest.approx(16 / 20, abs=0.25)

    async def test_a_wrong_token_stops_the_start_and_is_not_quoted(self, api, store):
        api.unknown_tokens.add(TOKEN)
        with pytest.raises(SetupError, match="HOTLINE_TELEGRAM_TOKEN") as refused:
            async with running(run_courier, settings(api), store):
                pass
        assert TOKEN.partition(":")[2] not in str(refused.value)

    async def test_without_a_token_the_chat_page_is_served_all_the_same(self, store):
        page = Address(Channel.WEB, "a-random-token")
        async with running(run_courier, Settings(), store):
            await post(store, Say(html="hello"), to=page)
            assert await store.shown(page, after=0, wait_s=5)

    async def test_the_commands_are_listed_in_every_locale(self, api, store):
        async with running(run_courier, settings(api), store, plain=lambda key, locale: f"{key} in {locale}"):
            await api.until(lambda: len(api.called("setMyCommands")) == 14)
        assert set(api.bot.commands) == {"", *LOCALES}
        assert api.bot.commands["uk"][0] == {"command": "start", "description": "command.start in uk"}


@pytest.mark.parametrize("wish", Wish)
async def test_a_wish_is_a_keyboard_with_one_button_that_hands_something_over(api, store, person, wish):
    await post(store, AskFor(html="<b>May</b> we?", wish=wish, give="Send it", decline="No"))
    seen = await person.next_answer()
    (give,), (decline,) = seen["reply_markup"]["keyboard"]
    assert [give.get("request_contact"), give.get("request_location")].count(True) == 1
    assert give[f"request_{wish}"] is True
    assert decline == {"text": "No"}
    await post(store, Say(html="Thank you", ends_wish=True))
    assert (await person.next_answer())["reply_markup"] == {"remove_keyboard": True}


async def test_a_message_that_is_taken_back_takes_no_other_with_it(api, store, person):
    await post(store, Say(html="wrong", name="C.1"), Say(html="right", name="C.2"))
    await person.next_answers(2)
    address = Address(Channel.TELEGRAM, str(person.chat.id))
    remembered = await store.load(store.person(address))
    await store.change(remembered, Outcome(session=remembered.session, take_back="C.1"))
    await until(lambda: person.texts == ["right"])
