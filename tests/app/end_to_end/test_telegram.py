"""Whole processes beside a Bot API server: both ways in, and what goes wrong on the way out."""

import io

import aiohttp
import pytest

from tests.app.botapi.refusal import Refusal, blocked
from tests.app.botapi.server import TOKEN, BotApi
from tests.app.end_to_end.house import SECRET, House

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
ALL = ("store", "worker", "courier")


@pytest.fixture
async def api():
    async with BotApi() as server:
        yield server


@pytest.fixture
async def polled(api):
    async with House(api) as house:
        await house.start(*ALL, "polling")
        yield house


@pytest.fixture
async def hooked(api):
    async with House(api, webhook=True) as house:
        await house.start(*ALL, "webhook")
        await api.until(lambda: api.called("setWebhook"))
        yield house


@pytest.fixture(params=["polling", "webhook"])
async def house(api, request):
    """The same tests by both ways in."""
    way = request.param
    async with House(api, webhook=way == "webhook") as made:
        await made.start(*ALL, way)
        yield made


async def test_what_people_write_tap_and_send_is_answered(api, house):
    person = api.person(501, locale="uk")
    await person.writes("Добрий день <3")
    assert (await person.next_answer())["text"] == "text: Добрий день <3"
    tap = await person.presses("Again")
    assert (await person.next_answer())["text"] == "button: again:Добрий день <3"
    assert person.tap_text(tap) == "ok"
    assert person.labels == ["Again"]
    await person.speaks()
    assert (await person.next_answer())["text"] == "voice:"
    await person.photographs(caption="letter")
    assert (await person.next_answer())["text"] == "photo: letter"


async def test_a_conversation_stays_in_order(api, house):
    people = [api.person(500 + number) for number in range(5)]
    for word in ("one", "two", "three"):
        for person in people:
            await person.writes(word)
    for person in people:
        answers = await person.next_answers(3, within_s=60)
        assert [answer["text"] for answer in answers] == ["text: one", "text: two", "text: three"]


async def test_a_doubled_update_is_answered_once(api, house):
    person = api.person(501)
    number = await person.writes("once")
    await person.next_answer()
    message = min(person.chat.messages.values(), key=lambda message: message["message_id"])
    await api.bot.updates.push({"update_id": number, "message": message})
    await person.writes("after")
    assert (await person.next_answer())["text"] == "text: after"
    await api.bot.updates.settled()
    assert person.texts == ["text: once", "text: after"]


async def test_groups_and_updates_of_the_future_get_no_answer(api, house):
    person = api.person(501)
    group = api.bot.chats.add(-1001, "supergroup")
    await person.update(message=api.bot.chats.write(group, person.user, text="hello all"))
    await person.update(update_of_2031={"chat": person.chat.wire(), "text": "hello"})
    await person.writes("hello you")
    assert (await person.next_answer())["text"] == "text: hello you"
    assert [call.fields["chat_id"] for call in api.called("sendMessage")] == ["501"]


async def test_whoever_blocks_the_bot_stops_nobody_else(api, house):
    leaver, other = api.person(501), api.person(502)
    await leaver.writes("bye")
    leaver.chat.is_blocked = True
    await other.writes("hello")
    assert (await other.next_answer())["text"] == "text: hello"
    await leaver.blocks()
    await leaver.unblocks()
    await leaver.writes("back")
    await api.until(lambda: "text: back" in leaver.texts)


async def test_hiding_empties_the_chat(api, polled):
    person = api.person(501)
    await person.writes("secret")
    await person.next_answer()
    await person.writes("/hide")
    await api.until(lambda: [message["text"] for message in person.chat.messages.values()] == ["text: /hide"])


async def test_texts_names_and_tokens_stay_out_of_all_logs(api, house):
    person = api.person(777001, locale="uk")
    api.fail("sendMessage", Refusal(400, "Bad Request: MARKER in 777001"), chat=777001)
    api.fail("sendMessage", Refusal(502, "Bad Gateway"), chat=777001)
    await person.writes("MARKER <b>")
    await person.next_answer(within_s=60)
    await api.person(777002).writes("MARKER")
    api.fail("sendMessage", blocked(), chat=777002)
    await api.until(lambda: [call for call in api.calls if call.status == 403])
    assert len(house.logs) > 500
    for secret in ("MARKER", "777001", "777002", TOKEN, TOKEN.partition(":")[2], SECRET):
        assert secret not in house.logs


async def test_a_courier_killed_while_sending_repeats_that_one_message_at_most(api, polled):
    person, others = api.person(501), [api.person(600 + number) for number in range(5)]
    await person.writes("before")
    await person.next_answer()
    api.fail("sendMessage", delay_s=1.0, chat=501, times=1)
    await person.writes("in flight")
    await api.until(lambda: api.begun[-1].get("text") == "text: in flight")
    await polled.kill("courier")
    for other in others:
        await other.writes("hello")
    await polled.start("courier")
    for other in others:
        assert (await other.next_answer(within_s=60))["text"] == "text: hello"
    await api.until(lambda: "text: in flight" in person.texts)
    await person.writes("after")
    await api.until(lambda: person.texts[-1] == "text: after", within_s=60)
    assert person.texts in (
        ["text: before", "text: in flight", "text: after"],
        ["text: before", "text: in flight", "text: in flight", "text: after"],
    )
    assert [other.texts for other in others] == [["text: hello"]] * 5


async def test_a_courier_that_stalls_past_its_lease_sends_nothing_more_with_it(api, polled):
    person = api.person(501)
    await person.writes("before")
    await person.next_answer()
    polled.freeze("courier")
    await person.writes("meanwhile")
    await polled.start("courier")
    await api.until(lambda: "text: meanwhile" in person.texts, within_s=60)
    polled.thaw("courier")
    await person.writes("after")
    await api.until(lambda: "text: after" in person.texts, within_s=60)
    await polled.stop("frozen courier")
    assert list(dict.fromkeys(person.texts)) == ["text: before", "text: meanwhile", "text: after"]
    assert person.texts.count("text: before") <= 2  # it stalled before it could say that this one was sent
    assert len(person.texts) <= 4


async def test_whatever_comes_in_or_goes_out_is_killed_nothing_is_lost(api, polled):
    person = api.person(501)
    for number, name in enumerate(("polling", "worker", "courier")):
        await person.writes(f"before {number}")
        await polled.kill(name)
        await person.writes(f"after {number}")
        await polled.start(name)
    await api.until(lambda: len(set(person.texts)) == 6, within_s=60)
    assert list(dict.fromkeys(person.texts)) == [f"text: {when} {n}" for n in range(3) for when in ("before", "after")]


async def test_the_store_away_for_a_while_loses_and_doubles_nothing(api, house):
    person = api.person(501)
    await person.writes("before")
    await person.next_answer()
    await house.kill("store")
    await person.writes("while away")
    await house.start("store")
    await api.until(lambda: person.texts == ["text: before", "text: while away"], within_s=60)
    await person.writes("after")
    await api.until(lambda: person.texts[-1] == "text: after", within_s=60)
    assert person.texts == ["text: before", "text: while away", "text: after"]


async def test_the_webhook_takes_nothing_without_the_secret_and_nothing_oversized(api, hooked):
    url = api.bot.updates.webhook.url
    forged = {"update_id": 1, "message": {"text": "forged", "chat": {"id": 501, "type": "private"}}}
    async with aiohttp.ClientSession() as http:
        async with http.post(url, json=forged, headers={SECRET_HEADER: "guessed"}) as response:
            assert response.status == 403
        async with http.post(url, data=io.BytesIO(b"x" * 2_000_000), headers={SECRET_HEADER: SECRET}) as response:
            assert response.status == 413
        async with http.post(url, data=b"{", headers={SECRET_HEADER: SECRET}) as response:
            assert response.status == 400
    person = api.person(501)
    await person.writes("real")
    assert (await person.next_answer())["text"] == "text: real"
    assert person.texts == ["text: real"]


async def test_a_webhook_that_is_set_stops_polling_with_a_sentence(api):
    await api.bot.updates.set_webhook("https://example.org/theirs", "", drop=False)
    async with House(api) as house:
        await house.start("store")
        said = await house.fails("polling")
    assert "remove the webhook" in said
    assert "Traceback" not in said


async def test_processes_end_at_once_and_cleanly_when_they_are_told_to(api, house):
    person = api.person(501)
    await person.writes("hello")
    await person.next_answer()
    names = [name for name in house.names if name != "store"]
    assert len(names) == 3
    for name in names:
        assert await house.stop(name) == 0
        assert "Traceback" not in house.log(name)
