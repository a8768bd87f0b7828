"""A photo all the way to the operator, and a map all the way back, through the product's own processes."""

from contextlib import asynccontextmanager

import aiohttp
import pytest

from hotline.storing import store_at_once
from hotline.supervision import free_port
from road.account import Account, Role
from road.case import Author, Visibility
from tests.app.botapi.methods import File
from tests.app.botapi.server import BotApi
from tests.app.end_to_end.house import ROOT, House
from tests.app.unit.test_media import PNG
from web.session import COOKIE, Visitor

ANNA = Account(name="anna", role=Role.OPERATOR, password_hash="x")
NO_BOX = {"HOTLINE_RASA_URL": "http://127.0.0.1:9", "HOTLINE_RASA_TOKEN": "x"}
PHOTO = "photo-1280"
PIXELS = PNG + b"pixels of a passport" * 5000


@pytest.fixture
async def api():
    async with BotApi() as server:
        server.bot.files[PHOTO] = File(PIXELS)
        yield server


@pytest.fixture
async def house(api):
    given = {**NO_BOX, "HOTLINE_PORT": str(free_port())}
    async with House(api, worker="product", content_dir=ROOT / "content", given=given) as made:
        await made.start("store", "worker", "courier", "polling", "web")
        yield made


@asynccontextmanager
async def console(house, store):
    """Anna's browser, and the token of her forms."""
    await store.save_account(ANNA)
    visitor = Visitor(ANNA, await store.open_console(ANNA.name, ttl_s=600))
    where = f"http://127.0.0.1:{house.settings.port}"
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(where, cookies={COOKIE: visitor.secret}, cookie_jar=jar) as http:
        yield http, visitor.token


async def last_sent(store):
    """The case that waits, and the last file of its person."""
    (case,) = await store.queue({Visibility.ALL}, limit=9)
    entries = await store.transcript(case.person, {Visibility.ALL})
    return case, [entry.file for entry in entries if entry.file and entry.author is Author.PERSON][-1]


def form(token, **fields):
    data = aiohttp.FormData({"token": token, **fields})
    data.add_field("file", PNG, filename="map.png")
    return data


async def test_a_photo_comes_a_map_goes_and_nothing_readable_is_left(api, house):
    person = api.person(501, locale="en")
    await person.writes("/human")
    await person.next_answer()
    await person.photographs(caption="my letter")
    await person.next_answer()
    async with store_at_once(house.settings) as store, console(house, store) as (http, token):
        case, photo = await last_sent(store)
        async with http.get(f"/console/files/{case.id}/{photo.id}") as answer:
            assert (answer.status, answer.content_type, await answer.read()) == (200, "image/png", PIXELS)
        await http.post(f"/console/cases/{case.id}/claim", data={"token": token})
        await person.next_answer()
        await http.post(f"/console/files/{case.id}", data=form(token, text="the office"))
        seen = await person.next_answer()
    assert (seen["caption"], seen["photo"][0]["file_size"]) == ("the office", len(PNG))
    assert [call.fields["file_id"] for call in api.called("getFile")] == [PHOTO]
    files = [path.read_bytes() for path in house.folder.rglob("*") if path.is_file()]
    assert any(case.id.encode() in content for content in files), "the search finds what is there, logs and all"
    assert not any(b"pixels of a passport" in content or PHOTO.encode() in content for content in files)
