"""The chat page: what is posted becomes a turn once, what comes back is safe to show."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from content.content import Content
from road.errors import StoreFull, StoreUnavailable
from road.outcome import Outcome
from road.reply import Button, ConfirmTap, DropButtons, HideMessages, Reply, Say, ShowPlace
from road.session import Session
from road.settings import Settings
from road.turn import Address, Channel, Turn, TurnKind
from store.interface import SHARDS
from tests.app.unit.web_stage import NOW, Stage
from web.chat import LOWEST_NUMBER
from web.chat_reply import safe_html, shown_reply
from web.message_pace import BURST, MessagePace

NUMBER = 176_000_000_000_012


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


async def visitor(stage: Stage) -> httpx.AsyncClient:
    browser = stage.browser()
    await browser.get("/")
    return browser


def address_of(browser: httpx.AsyncClient) -> Address:
    return Address(Channel.WEB, browser.cookies["hotline_chat"])


async def posts(browser: httpx.AsyncClient, **more: Any) -> httpx.Response:
    return await browser.post("/chat/turns", json={"number": NUMBER, "language": "uk", **more})


async def stored(stage: Stage) -> list[Turn]:
    """Everything in the inboxes, in order of shards."""
    turns = []
    for shard in range(SHARDS):
        lease = await stage.store.acquire(f"inbox:{shard}", "test", ttl_s=10)
        assert lease is not None
        while held := await stage.store.take(lease, wait_s=0):
            turns.append(held.turn)
            session = Session(address=held.turn.address)
            await stage.store.commit(held, await stage.store.load(held.person), Outcome(session=session))
    return turns


async def test_a_first_visit_gets_a_random_token_that_scripts_cannot_read(stage: Stage) -> None:
    first, second = await stage.browser().get("/"), await stage.browser().get("/")
    cookies = [answer.headers["set-cookie"] for answer in (first, second)]
    assert cookies[0] != cookies[1]
    assert all("httponly" in c.lower() and "samesite=lax" in c.lower() for c in cookies)
    browser = await visitor(stage)
    assert "set-cookie" not in (await browser.get("/")).headers


async def test_a_written_text_becomes_a_turn(stage: Stage) -> None:
    browser = await visitor(stage)
    assert (await posts(browser, text="Де \u202eгуртожиток?\r\n")).status_code == 202
    [turn] = await stored(stage)
    assert turn == Turn(
        id=f"web:{stage.store.person(address_of(browser))}:{NUMBER}",
        address=address_of(browser),
        kind=TurnKind.TEXT,
        at=NOW,
        text="Де гуртожиток?",
        message_id=NUMBER,
        client_locale="uk",
    )
    assert browser.cookies["hotline_chat"] not in turn.id


async def test_a_tap_becomes_a_turn_with_the_message_it_was_on(stage: Stage) -> None:
    browser = await visitor(stage)
    assert (await posts(browser, button="1:m", message=12)).status_code == 202
    [turn] = await stored(stage)
    assert (turn.kind, turn.button, turn.message_id) == (TurnKind.BUTTON, "1:m", 12)
    assert turn.callback_id == str(NUMBER)


async def test_sent_again_it_counts_once(stage: Stage) -> None:
    browser = await visitor(stage)
    answers = [await posts(browser, text="hello") for _ in range(3)]
    assert {answer.status_code for answer in answers} == {202}
    assert len(await stored(stage)) == 1


@pytest.mark.parametrize("text", ["x" * 100_000, "ї" * 100_000, "", "\u200b", "😀", "<b>/start</b>", '{"a": 1}'])
async def test_any_text_is_taken(stage: Stage, text: str) -> None:
    browser = await visitor(stage)
    assert (await posts(browser, text=text)).status_code == 202
    [turn] = await stored(stage)
    assert len(turn.text) <= 16_100
    turn.text.encode()


async def test_a_broken_surrogate_is_stored_as_readable_text(stage: Stage) -> None:
    browser = await visitor(stage)
    body = json.dumps({"number": NUMBER, "language": "en", "text": "a\ud800b"})
    answer = await browser.post("/chat/turns", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (202, 422)
    for turn in await stored(stage):
        turn.text.encode()


@pytest.mark.parametrize(
    "change",
    [
        {"number": 0},
        {"number": LOWEST_NUMBER - 1},
        {"number": 2**60},
        {"number": "1"},
        {"language": "<script>"},
        {"language": ""},
        {"button": "x" * 65},
        {"text": 7},
        {"unknown": 1},
    ],
)
async def test_a_malformed_post_is_refused(stage: Stage, change: dict[str, Any]) -> None:
    browser = await visitor(stage)
    assert (await posts(browser, **change)).status_code == 422
    assert await stored(stage) == []


async def test_forms_and_other_sites_can_not_post(stage: Stage) -> None:
    browser = await visitor(stage)
    body = json.dumps({"number": NUMBER, "language": "uk", "text": "x"})
    form = await browser.post("/chat/turns", content=body, headers={"Content-Type": "text/plain"})
    foreign = await browser.post("/chat/turns", json={}, headers={"Sec-Fetch-Site": "cross-site"})
    broken = await browser.post("/chat/turns", content="{", headers={"Content-Type": "application/json"})
    assert (form.status_code, foreign.status_code, broken.status_code) == (415, 403, 422)


@pytest.mark.parametrize("token", [None, "", "short", "x" * 44, "x" * 42 + "\u00e9"])
async def test_without_a_proper_token_nothing_is_taken_or_shown(stage: Stage, token: str | None) -> None:
    headers = {} if token is None else {"Cookie": f"hotline_chat={token}".encode()}
    browser = stage.browser(headers=headers)
    assert (await posts(browser, text="x")).status_code == 401
    assert (await browser.get("/chat/replies")).status_code == 401


async def test_with_a_public_address_there_is_no_chat_page(content: Content) -> None:
    stage = Stage(content, settings=Settings(public_url="https://hotline.example", webhook_secret="s" * 16))
    browser = stage.browser(cookies={"hotline_chat": "x" * 43})
    answers = [await browser.get("/"), await browser.get("/chat/replies"), await posts(browser, text="x")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert (await browser.get("/console/login")).status_code == 200


@pytest.mark.parametrize("error", [StoreUnavailable("gone"), StoreFull("full")])
async def test_when_the_store_is_gone_the_page_is_told_so(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    browser = await visitor(stage)

    async def gone(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(stage.store, "accept", gone)
    assert (await posts(browser, text="help")).status_code == 503


async def test_a_page_that_posts_like_a_machine_is_held_back(stage: Stage) -> None:
    browser = await visitor(stage)
    statuses = [(await posts(browser, number=NUMBER + i, text="x")).status_code for i in range(BURST + 2)]
    assert statuses == [202] * BURST + [429] * 2
    stage.now += 1
    assert (await posts(browser, number=NUMBER + 99, text="x")).status_code == 202


def test_the_pace_of_one_chat_does_not_hold_another_and_little_is_remembered() -> None:
    pace = MessagePace(lambda: 0.0)
    assert all(pace.allows("a") for _ in range(BURST))
    assert not pace.allows("a")
    assert pace.allows("b")
    for number in range(20_000):
        pace.allows(str(number))
    assert len(pace._buckets) == 10_000


async def test_replies_come_in_order_to_the_one_they_are_for(stage: Stage) -> None:
    browser, other = await visitor(stage), await visitor(stage)
    ids = [await stage.store.show(address_of(browser), Say(html=f"<b>{i}</b>")) for i in range(3)]
    shown = (await browser.get("/chat/replies", params={"after": ids[0]})).json()["replies"]
    assert [(reply["id"], reply["html"]) for reply in shown] == [(ids[1], "<b>1</b>"), (ids[2], "<b>2</b>")]
    assert (await other.get("/chat/replies", params={"wait": "no"})).json() == {"replies": []}


async def test_a_waiting_poll_ends_when_the_process_does(stage: Stage) -> None:
    browser = await visitor(stage)
    polling = asyncio.create_task(browser.get("/chat/replies"))
    await asyncio.sleep(0)
    stage.app.state.site.stop.set()
    answer = await asyncio.wait_for(polling, 60)
    assert answer.json() == {"replies": []}


@pytest.mark.parametrize("after", ["-1", "x", "9" * 17, "1.5"])
async def test_a_nonsense_position_is_refused(stage: Stage, after: str) -> None:
    browser = await visitor(stage)
    assert (await browser.get("/chat/replies", params={"after": after})).status_code == 422


SHOWN = [
    (
        Say(html="<b>Hi</b>", buttons=((Button(text="Menu", data="1:m"),),)),
        {"id": 7, "kind": "say", "html": "<b>Hi</b>", "buttons": [[{"text": "Menu", "data": "1:m"}]]},
    ),
    (
        Say(html="x", buttons=((Button(text="Page", url="https://iom.example/a"),),)),
        {"id": 7, "kind": "say", "html": "x", "buttons": [[{"text": "Page", "url": "https://iom.example/a"}]]},
    ),
    (
        Say(html="x", buttons=((Button(text="Page", url="javascript:alert(1)"),),)),
        {"id": 7, "kind": "say", "html": "x", "buttons": [[{"text": "Page", "url": ""}]]},
    ),
    (
        ShowPlace(name="Iroda (1)", address="Fő utca 1.", lat=47.5, lon=19.05),
        {
            "id": 7,
            "kind": "place",
            "name": "Iroda (1)",
            "address": "Fő utca 1.",
            "geo": "geo:47.5,19.05?q=47.5,19.05(Iroda%20%281%29)",
        },
    ),
    (ConfirmTap(callback_id="5", text="Done"), {"id": 7, "kind": "tap", "tap": "5", "text": "Done"}),
    (DropButtons(message_id=3), {"id": 7, "kind": "drop_buttons", "message": 3}),
    (HideMessages(message_ids=(1, 2)), {"id": 7, "kind": "hide", "messages": [1, 2]}),
]


@pytest.mark.parametrize(("reply", "shown"), SHOWN)
def test_every_kind_of_reply_has_a_form_for_the_page(reply: Reply, shown: dict[str, Any]) -> None:
    assert shown_reply(7, reply) == shown


@pytest.mark.parametrize(
    ("html", "safe"),
    [
        ("<b>a</b> <i>b</i>\n<code>c</code>", "<b>a</b> <i>b</i>\n<code>c</code>"),
        ("<blockquote>q</blockquote>", "<blockquote>q</blockquote>"),
        (
            '<a href="https://a.example/?b=1&amp;c">x</a>',
            '<a href="https://a.example/?b=1&amp;c" rel="noopener noreferrer">x</a>',
        ),
        ("1 &lt; 2 &amp; 3", "1 &lt; 2 &amp; 3"),
        ("a<script>alert(1)</script>b", "ab"),
        ("<img src=x onerror=alert(1)>", ""),
        ('<b onclick="x()" style="x">a</b>', "<b>a</b>"),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener noreferrer">x</a>'),
        ("<b>never closed", "<b>never closed</b>"),
        ("<svg><script>1</script></svg><math>x</math>", "x"),
    ],
)
def test_only_telegrams_subset_reaches_the_page(html: str, safe: str) -> None:
    assert safe_html(html) == safe


@pytest.mark.parametrize(("query", "accepted", "lang", "direction"), [
    ("?locale=ar", "en", "ar", "rtl"),
    ("?locale=ur", "", "ur", "rtl"),
    ("", "fa-IR,en;q=0.5", "fa", "rtl"),
    ("?locale=xx", "hu", "hu", "ltr"),
    ("", "zz", "en", "ltr"),
])  # fmt: skip
async def test_the_page_stands_in_the_picked_language_and_its_direction(
    stage: Stage, query: str, accepted: str, lang: str, direction: str
) -> None:
    page = await stage.browser().get(f"/{query}", headers={"Accept-Language": accepted})
    assert f'<html lang="{lang}" dir="{direction}">' in page.text
