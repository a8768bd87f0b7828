"""The test server judged from outside: by aiogram's types, and by lo-bot-api-emulator where both do the same."""

import json
from contextlib import asynccontextmanager

import aiogram
import aiohttp
import pytest
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Update,
)
from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator

from tests.app.botapi.refusal import too_fast
from tests.app.botapi.server import TOKEN, BotApi

ROWS = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="1:m")]])


@asynccontextmanager
async def listening(take):
    """A little web server that hands each POST to `take`."""
    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


@asynccontextmanager
async def emulator():
    """lo-bot-api-emulator's address."""
    runner = web.AppRunner(LoBotApiEmulator(allow_insecure_loopback_webhooks=True).app(), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
async def api():
    async with BotApi() as server:
        yield server


@pytest.fixture
async def aio(api):
    """aiogram's bot, which reads every answer strictly by its own model of the Bot API."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api.url))
    bot = aiogram.Bot(TOKEN, session=session)
    yield bot
    await session.close()


async def test_aiogram_reads_who_the_bot_is(aio):
    me = await aio.get_me()
    assert (me.id, me.is_bot, me.username) == (7000000001, True, "test_hotline_bot")


async def test_aiogram_reads_a_message_with_entities_buttons_and_options(aio, api):
    api.person(501)
    message = await aio.send_message(
        501,
        '😀 <b>Bold &amp; <i>both</i></b> <a href="https://example.org">link</a>\n',
        parse_mode="HTML",
        reply_markup=ROWS,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        protect_content=True,
    )
    assert message.text == "😀 Bold & both link"
    assert [(found.type, found.extract_from(message.text)) for found in message.entities] == [
        ("bold", "Bold & both"),
        ("italic", "both"),
        ("text_link", "link"),
    ]
    assert message.reply_markup.model_dump() == ROWS.model_dump()
    assert message.link_preview_options.is_disabled
    assert message.has_protected_content
    assert message.date.year > 2020


async def test_aiogram_reads_places_and_files(aio, api):
    api.person(501)
    venue = await aio.send_venue(501, 47.5, 19.04, title="Office", address="Test utca 1.")
    assert (venue.venue.title, venue.location.latitude) == ("Office", 47.5)
    assert (await aio.send_location(501, 47.5, 19.04)).location.longitude == 19.04
    document = await aio.send_document(501, BufferedInputFile(b"%PDF", "form.pdf"))
    assert (document.document.file_name, document.document.file_size) == ("form.pdf", 4)


async def test_aiogram_reads_edits_deletions_taps_and_commands(aio, api):
    person = api.person(501)
    first = await aio.send_message(501, "one", reply_markup=ROWS)
    edited = await aio.edit_message_reply_markup(chat_id=501, message_id=first.message_id)
    assert edited.reply_markup is None
    tap = await person.taps("1:m", person.sees[0])
    assert await aio.answer_callback_query(tap, text="ok")
    assert person.tap_text(tap) == "ok"
    assert await aio.delete_messages(501, [first.message_id, 99999])
    assert person.sees == []
    assert await aio.set_my_commands([BotCommand(command="start", description="Begin")], language_code="hu")
    assert [command.command for command in await aio.get_my_commands(language_code="hu")] == ["start"]


async def test_aiogram_reads_every_update_that_a_person_makes(aio, api):
    person = api.person(501, locale="uk")
    sent = await aio.send_message(501, "menu", reply_markup=ROWS)
    await person.writes("hello")
    await person.speaks()
    await person.photographs(caption="letter")
    await person.edits(max(person.chat.messages), "changed")
    await person.presses("Go")
    await person.blocks()
    await person.unblocks()
    updates = await aio.get_updates()
    kinds = [(update.event_type, getattr(update.event, "content_type", None)) for update in updates]
    assert kinds == [
        ("message", "text"),
        ("message", "voice"),
        ("message", "photo"),
        ("edited_message", "photo"),
        ("callback_query", None),
        ("my_chat_member", None),
        ("my_chat_member", None),
    ]
    assert updates[0].message.from_user.language_code == "uk"
    assert updates[4].callback_query.message.message_id == sent.message_id


async def test_offsets_confirm_and_unconfirmed_updates_come_again(aio, api):
    person = api.person(501)
    ids = [await person.writes(text) for text in ("one", "two", "three")]
    assert [update.update_id for update in await aio.get_updates(limit=2)] == ids[:2]
    assert [update.update_id for update in await aio.get_updates()] == ids
    assert [update.update_id for update in await aio.get_updates(offset=ids[1])] == ids[1:]
    assert await aio.get_updates(offset=ids[2] + 1) == []
    assert await aio.get_updates() == []


@pytest.mark.parametrize(
    ("html", "objection"),
    [
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("é<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("é < 2", 'Unsupported start tag "" at byte offset 3'),
    ],
)
async def test_html_that_telegram_can_not_parse_is_refused_in_its_words(aio, api, html, objection):
    api.person(501)
    with pytest.raises(TelegramBadRequest) as refused:
        await aio.send_message(501, html, parse_mode="HTML")
    assert objection in refused.value.message
    assert "can't parse entities" in refused.value.message
    assert (await aio.send_message(501, html)).text == html


async def test_refusals_are_the_errors_that_aiogram_knows(aio, api):
    person = api.person(501)
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await aio.send_message(999, "x")
    with pytest.raises(TelegramBadRequest, match="message is too long"):
        await aio.send_message(501, "😀" * 2049)
    long_button = InlineKeyboardButton.model_construct(text="Go", callback_data="я" * 33)
    long_markup = InlineKeyboardMarkup.model_construct(inline_keyboard=[[long_button]])
    with pytest.raises(TelegramBadRequest, match="BUTTON_DATA_INVALID"):
        await aio.send_message(501, "x", reply_markup=long_markup)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await aio.answer_callback_query("nothing")
    await person.blocks()
    with pytest.raises(TelegramForbiddenError, match="blocked by the user"):
        await aio.send_message(501, "x")
    await person.unblocks()
    api.fail("sendMessage", too_fast(7))
    with pytest.raises(TelegramRetryAfter) as flood:
        await aio.send_message(501, "x")
    assert flood.value.retry_after == 7
    await aio.set_webhook("http://127.0.0.1:1/hook")
    with pytest.raises(TelegramConflictError, match="webhook is active"):
        await aio.get_updates()
    api.unknown_tokens.add(TOKEN)
    with pytest.raises(TelegramUnauthorizedError):
        await aio.get_me()


async def test_a_webhook_gets_its_secret_and_the_update_again_until_it_takes_it(aio, api):
    received, statuses = [], [503, 200]

    async def take(request):
        received.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        return web.Response(status=statuses[len(received) - 1])

    async with listening(take) as url:
        await aio.set_webhook(url, secret_token="a-secret-of-the-tests")
        update_id = await api.person(501).writes("hello")
        await api.bot.updates.settled()
    assert [Update.model_validate(update).update_id for _, update in received] == [update_id, update_id]
    assert {secret for secret, _ in received} == {"a-secret-of-the-tests"}


MARKUP = json.dumps({"inline_keyboard": [[{"text": "Go", "callback_data": "1:m"}]]})
LONG_DATA = json.dumps({"inline_keyboard": [[{"text": "Go", "callback_data": "x" * 65}]]})

BOTH = [
    ("sendMessage", {"chat_id": "501", "text": "hello"}),
    ("sendMessage", {"chat_id": "501", "text": "hello", "reply_markup": MARKUP}),
    ("sendMessage", {"chat_id": "501", "text": " "}),
    ("sendMessage", {"chat_id": "501", "text": "x" * 4096}),
    ("sendMessage", {"chat_id": "501", "text": "x" * 4097}),
    ("sendMessage", {"chat_id": "501", "text": "😀" * 2049}),
    ("sendMessage", {"chat_id": "501", "text": "hello", "reply_markup": LONG_DATA}),
    ("sendMessage", {"chat_id": "nobody", "text": "hello"}),
    ("editMessageReplyMarkup", {"chat_id": "501", "message_id": "x"}),
    ("answerCallbackQuery", {"callback_query_id": ""}),
    ("setMyCommands", {"commands": json.dumps([{"command": "start", "description": "Begin"}])}),
    ("setMyCommands", {"commands": "start"}),
    ("setWebhook", {"url": "http://example.org/hook"}),
    ("setWebhook", {"url": "http://127.0.0.1:1/hook", "secret_token": "a-secret"}),
    ("getUpdates", {}),
    ("getWebhookInfo", {}),
    ("deleteWebhook", {}),
    ("getUpdates", {"offset": "1"}),
    ("noSuchMethod", {}),
]


async def play(url):
    """The same calls, and what of the answers both servers should agree on."""
    answers = []
    async with aiohttp.ClientSession() as http:
        for method, fields in BOTH:
            async with http.post(f"{url}/bot{TOKEN}/{method}", data=fields) as response:
                answers.append((method, response.status, outline(await response.json())))
    return answers


def outline(body):
    result = body.get("result")
    if not isinstance(result, dict):
        return body["ok"], result
    return body["ok"], {name: result[name] for name in ("text", "reply_markup", "url") if name in result}


async def test_where_the_emulator_does_the_same_both_answer_the_same(api):
    api.person(501)
    ours = await play(api.url)
    async with emulator() as url:
        theirs = await play(url)
    assert len(ours) == len(BOTH)
    assert ours == theirs
