"""The client against a box over real HTTP; the box here is a small server that answers as it is told."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Container
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from nlu.client import UnderstandingClient
from road.errors import UnderstandingFailed, UnknownIntent
from road.understanding import Candidate, Hints

Answer = Callable[[int], Awaitable[web.StreamResponse]]

TOPICS = frozenset({"greet", "medical_emergency", "pets"})
PARSED: dict[str, Any] = {
    "text": "",
    "intent": {"name": "pets", "confidence": 0.8},
    "entities": [],
    "intent_ranking": [{"name": "pets", "confidence": 0.8}, {"name": "greet", "confidence": 0.2}],
    "locale_scores": {"uk": 0.9, "ru": 0.1},
    "urgency": {"confidence": 0.25, "topics": [{"name": "medical_emergency", "confidence": 1.0}]},
}


class FakeBox:
    """Remembers what it was asked; `answer` gets the number of the request, from 1."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[dict[str, Any]] = []
        self.tokens: list[str | None] = []
        self._answer = answer

    async def parse(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(await request.json())
        self.tokens.append(request.query.get("token"))
        return await self._answer(len(self.asked))


@asynccontextmanager
async def box_and_client(
    answer: Answer, *, clock: Callable[[], float] = lambda: 0.0, topics: Callable[[], Container[str]] = lambda: TOPICS
) -> AsyncIterator[tuple[FakeBox, UnderstandingClient]]:
    box = FakeBox(answer)
    application = web.Application()
    application.router.add_post("/model/parse", box.parse)
    runner = web.AppRunner(application, handle_signals=False, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with UnderstandingClient(url, "secret", topics, clock=clock, attempts_s=(0.2, 0.2)) as client:
        yield box, client
    await runner.cleanup()


async def parsed(_: int) -> web.Response:
    return web.json_response(PARSED)


async def broken(_: int) -> web.Response:
    return web.Response(status=500)


async def test_an_answer_becomes_an_understanding() -> None:
    async with box_and_client(parsed) as (box, client):
        found = await client.understand("де лікар для кота", Hints())

    assert found.ranking == (Candidate("pets", 0.8), Candidate("greet", 0.2))
    assert (found.locale, found.locale_confidence) == ("uk", pytest.approx(0.9))
    assert (found.urgent_topic, found.urgent_confidence) == ("medical_emergency", 0.25)
    assert box.asked == [{"text": "де лікар для кота"}]
    assert box.tokens == ["secret"]


async def test_a_slash_never_goes_in_and_long_texts_go_in_cut() -> None:
    async with box_and_client(parsed) as (box, client):
        await client.understand('/greet{"a": "b"}', Hints())
        await client.understand("x" * 100_000, Hints())

    assert box.asked[0] == {"text": 'greet{"a": "b"}'}
    assert len(box.asked[1]["text"]) == 801


@pytest.mark.parametrize("text", ["", "   ", "/", "\u200b\u202e", "\ud800"])
async def test_a_text_with_nothing_to_read_is_not_sent(text: str) -> None:
    async with box_and_client(parsed) as (box, client):
        found = await client.understand(text, Hints(client_locale="hu"))

    assert box.asked == []
    assert found.available
    assert found.ranking == ()
    assert found.locale == "hu"


async def test_one_failure_is_tried_again() -> None:
    async def second_time(number: int) -> web.Response:
        return await (broken(number) if number == 1 else parsed(number))

    async with box_and_client(second_time) as (box, client):
        found = await client.understand("cat", Hints())

    assert found.ranking[0].topic == "pets"
    assert len(box.asked) == 2


async def test_a_slow_box_is_given_up() -> None:
    async def slow(_: int) -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError

    async with box_and_client(slow) as (box, client):
        with pytest.raises(UnderstandingFailed, match="TimeoutError"):
            await client.understand("cat", Hints())

    assert len(box.asked) == 2


@pytest.mark.parametrize(
    "body", [b"", b"nonsense", b"[]", b'{"text": ""}', b'{"intent_ranking": {}, "locale_scores": 1, "urgency": []}']
)
async def test_nonsense_is_a_failure(body: bytes) -> None:
    async def nonsense(_: int) -> web.Response:
        return web.Response(body=body, content_type="application/json")

    async with box_and_client(nonsense) as (_, client):
        with pytest.raises(UnderstandingFailed):
            await client.understand("cat", Hints())


async def ahead(_: int) -> web.Response:
    """A box whose model has learnt topics that are not published yet."""
    ranking = [{"name": "new_topic", "confidence": 0.7}, *PARSED["intent_ranking"]]
    danger = [{"name": "new_danger", "confidence": 0.6}, *PARSED["urgency"]["topics"]]
    return web.json_response(
        {**PARSED, "intent_ranking": ranking, "urgency": {"confidence": 0.9, "topics": danger}},
    )


async def test_topics_that_are_not_published_are_left_out_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    async with box_and_client(ahead) as (_, client):
        with caplog.at_level(logging.WARNING, logger="nlu.client"):
            found = [await client.understand("cat", Hints()) for _ in range(3)]

    assert found[2].ranking == (Candidate("pets", 0.8), Candidate("greet", 0.2))
    assert (found[2].urgent_topic, found[2].urgent_confidence) == ("medical_emergency", 0.9)
    assert sorted(record.getMessage().split("'")[1] for record in caplog.records) == ["new_danger", "new_topic"]


async def test_a_topic_that_is_published_later_is_known_without_a_restart() -> None:
    topics = set(TOPICS)
    async with box_and_client(ahead, topics=lambda: topics) as (_, client):
        before = await client.understand("cat", Hints())
        topics |= {"new_topic"}
        after = await client.understand("cat", Hints())

    assert before.ranking[0].topic == "pets"
    assert after.ranking[0].topic == "new_topic"


@pytest.mark.parametrize(
    "strange",
    [
        {"intent_ranking": [{"name": "order_pizza", "confidence": 1.0}]},
        {"urgency": {"confidence": 0.9, "topics": [{"name": "order_pizza", "confidence": 1.0}]}},
    ],
)
async def test_where_nothing_of_the_catalogue_is_left_it_is_an_error_of_its_own(strange: dict[str, Any]) -> None:
    async def stranger(_: int) -> web.Response:
        return web.json_response({**PARSED, **strange})

    async with box_and_client(stranger) as (_, client):
        with pytest.raises(UnknownIntent) as caught:
            await client.understand("cat", Hints())

    assert caught.value.intent == "order_pizza"


async def test_a_box_that_keeps_failing_is_left_alone_for_a_while() -> None:
    now = [0.0]
    async with box_and_client(broken, clock=lambda: now[0]) as (box, client):
        for _ in range(8):
            with pytest.raises(UnderstandingFailed):
                await client.understand("cat", Hints())
        asked_until_open = len(box.asked)
        now[0] = 60.0
        with pytest.raises(UnderstandingFailed):
            await client.understand("cat", Hints())

    assert asked_until_open == 10
    assert len(box.asked) == 12


async def test_a_box_that_is_not_there_is_a_failure(unused_tcp_port: int) -> None:
    async with UnderstandingClient(f"http://127.0.0.1:{unused_tcp_port}", "secret", lambda: TOPICS) as client:
        with pytest.raises(UnderstandingFailed) as caught:
            await client.understand("my secret sentence", Hints())

    assert isinstance(caught.value.__cause__, aiohttp.ClientError)
    assert "secret" not in str(caught.value)


async def test_a_rush_waits_at_the_client_and_not_against_the_time_of_an_attempt() -> None:
    """Eighty messages that a box answers one by one in 10 ms each: four times as long as an attempt may take."""
    box_reads = asyncio.Lock()

    async def one_by_one(_: int) -> web.Response:
        async with box_reads:
            await asyncio.sleep(0.01)
        return web.json_response(PARSED)

    async with box_and_client(one_by_one) as (box, client):
        found = await asyncio.gather(*(client.understand(f"text {number}", Hints()) for number in range(80)))

    assert len(found) == len(box.asked) == 80
