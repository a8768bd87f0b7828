"""Files both ways between a store in memory and a Bot API server over HTTP."""

import asyncio
from dataclasses import replace

import pytest

from bot.courier import run_courier
from bot.fetcher import run_fetcher
from road.case import Author, Entry
from road.file import FileState, KeptFile, Wish
from road.media import FETCH_BYTES
from road.outcome import Outcome
from road.reply import Say, SendFile
from road.session import Session
from road.turn import Attachment
from store.memory import MemoryStore
from tests.app.botapi.methods import File
from tests.app.botapi.refusal import Refusal, bad_request
from tests.app.botapi.server import BotApi
from tests.app.integration.bot_road import address, running, settings, until
from tests.app.unit.test_media import OGG, PNG, SVG, zip_bomb

ILL = Refusal(502, "Bad Gateway")
MEGABYTE = 1_000_000


@pytest.fixture
async def api():
    async with BotApi() as server:
        yield server


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
async def fetcher(api, store):
    async with running(run_fetcher, settings(api), store):
        yield


async def looked_at(api, store, content, said_bytes=None, **claims):
    """What staff gets to see of a file that a person has sent."""
    api.bot.files["F1"] = File(content, said_bytes)
    return await asked(store, Attachment(file_id="F1", **claims))


async def asked(store, file):
    person = await known(store)
    await store.want_file(Wish(person=person, file=file, case_id="A"))
    return await store.find_file(person, file, wait_s=60)


async def known(store):
    person = store.person(address())
    entry = Entry(at=1.0, author=Author.PERSON, text="look")
    outcome = Outcome(session=Session(address=address()), entries=(entry,))
    await store.change(await store.load(person), outcome)
    return person


async def test_a_voice_message_is_fetched_when_somebody_wants_to_hear_it(api, store, fetcher):
    seen = await looked_at(api, store, OGG, media_type="audio/ogg")
    assert seen == KeptFile(media_type="audio/ogg", size_bytes=len(OGG))
    kept = await store.read_file(store.person(address()), Attachment(file_id="F1"), 0, MEGABYTE)
    assert kept == OGG


async def test_a_file_of_fifty_megabytes_is_not_even_asked_for(api, store, fetcher):
    seen = await asked(store, Attachment(file_id="F1", size_bytes=50 * MEGABYTE))
    assert seen == KeptFile(fault="too_large")
    assert api.calls == []


async def test_a_large_file_of_unknown_size_is_refused_by_telegram(api, store, fetcher):
    assert await looked_at(api, store, PNG + bytes(FETCH_BYTES)) == KeptFile(fault="too_large")
    assert api.served_bytes == 0


async def test_a_file_that_lies_about_its_size_is_cut_off(api, store, fetcher):
    seen = await looked_at(api, store, PNG + bytes(50 * MEGABYTE), said_bytes=1000, size_bytes=1000)
    assert seen == KeptFile(fault="too_large")
    assert FETCH_BYTES < api.served_bytes < 45 * MEGABYTE


@pytest.mark.parametrize("content", [SVG, b"<!doctype html><script>alert(1)</script>", b"MZ" + bytes(99), b""])
async def test_what_is_not_what_it_claims_is_refused(api, store, fetcher, content):
    seen = await looked_at(api, store, content, media_type="image/png", name="photo.png")
    assert seen == KeptFile(fault="wrong_type")


async def test_a_zip_bomb_is_never_opened(api, store, fetcher):
    bomb = zip_bomb()
    seen = await looked_at(api, store, bomb, media_type="image/jpeg", name="photo.jpg")
    assert seen == KeptFile(media_type="application/zip", size_bytes=len(bomb))


async def test_a_file_that_telegram_has_no_more_is_gone(api, store, fetcher):
    assert await asked(store, Attachment(file_id="nowhere")) == KeptFile(fault="gone")


async def test_a_file_that_could_not_be_had_can_be_asked_for_again(api, store, fetcher):
    api.fail("getFile", ILL)
    assert await looked_at(api, store, PNG) == KeptFile(fault="failed")
    await store.want_file(Wish(person=store.person(address()), file=Attachment(file_id="F1")))
    again = await until(lambda: _found(store, "image/png"))
    assert again.media_type == "image/png"


async def _found(store, media_type):
    found = await store.find_file(store.person(address()), Attachment(file_id="F1"), wait_s=0)
    return found if found and found.media_type == media_type else None


async def test_without_telegram_there_is_nothing_to_fetch(api, store):
    await run_fetcher(replace(settings(api), telegram_token=""), store, asyncio.Event())


# To the person

PHOTO = Attachment(file_id="own:1", media_type="image/png", size_bytes=len(PNG), name="map.png")
LETTER = Attachment(file_id="own:2", media_type="application/pdf", size_bytes=8, name="letter")
PDF = b"%PDF-1.7"


@pytest.fixture
def person(api):
    return api.person(501)


async def posted(store, file, content, caption=""):
    """Puts a file into the outbox, as the console does."""
    name = await known(store)
    await store.keep_file(name, file, content)
    reply = SendFile(file=file, html=caption, case_id="A")
    await store.change(await store.load(name), Outcome(session=Session(address=address()), replies=(reply,)))
    return name


async def became(store, name, file):
    states = await store.file_states(name, [file])
    return None if states[file.id] == FileState.WAITING else states[file.id]


async def test_a_photo_arrives_as_a_photo_with_its_caption(api, store, person):
    name = await posted(store, PHOTO, PNG, "Here is the <b>office</b> &lt;3")
    async with running(run_courier, settings(api), store):
        seen = await person.next_answer()
        assert await until(lambda: became(store, name, PHOTO)) == FileState.SENT
    assert seen["photo"][0]["file_size"] == len(PNG)
    assert seen["caption"] == "Here is the office <3"
    assert await store.read_file(name, PHOTO, 0, 9) == b"", "nothing is kept of it"


async def test_a_document_arrives_under_a_name_with_its_own_ending(api, store, person):
    await posted(store, LETTER, PDF)
    async with running(run_courier, settings(api), store):
        seen = await person.next_answer()
    assert seen["document"]["file_name"] == "letter.pdf"


async def test_a_picture_that_is_no_photo_for_telegram_arrives_as_a_document(api, store, person):
    api.fail("sendPhoto", bad_request("PHOTO_INVALID_DIMENSIONS"))
    await posted(store, PHOTO, PNG)
    async with running(run_courier, settings(api), store):
        seen = await person.next_answer()
    assert seen["document"]["file_name"] == "map.png"


@pytest.mark.parametrize(
    "refusal", [bad_request("wrong type of the web page content"), bad_request("not enough rights")]
)
async def test_a_file_that_telegram_refuses_is_told_and_holds_nobody_up(api, store, person, refusal):
    api.fail("sendDocument", refusal)
    name = await posted(store, LETTER, PDF)
    async with running(run_courier, settings(api), store):
        assert await until(lambda: became(store, name, LETTER)) == FileState.UNSENT
        await store.change(
            await store.load(name), Outcome(session=Session(address=address()), replies=(Say(html="after"),))
        )
        assert (await person.next_answer())["text"] == "after"


async def test_a_file_for_somebody_who_blocked_the_bot_is_told(api, store, person):
    await person.blocks()
    name = await posted(store, LETTER, PDF)
    async with running(run_courier, settings(api), store):
        assert await until(lambda: became(store, name, LETTER)) == FileState.UNSENT


async def test_a_file_whose_content_is_gone_is_not_sent_in_part(api, store, person):
    name = await posted(store, LETTER, PDF[:5])
    async with running(run_courier, settings(api), store):
        assert await until(lambda: became(store, name, LETTER)) == FileState.UNSENT
    assert api.called("sendDocument") == []


async def test_a_file_waits_while_telegram_is_ill(api, store, person):
    api.fail("sendDocument", ILL)
    name = await posted(store, LETTER, PDF)
    async with running(run_courier, settings(api), store):
        assert await until(lambda: became(store, name, LETTER)) == FileState.SENT
    assert len(person.sees) == 1


async def test_a_file_whose_receipt_was_lost_is_repeated_once(api, store, person):
    api.fail("sendDocument", is_lost=True)
    name = await posted(store, LETTER, PDF)
    async with running(run_courier, settings(api), store):
        assert await until(lambda: became(store, name, LETTER)) == FileState.SENT
    assert len(person.sees) == 2
