"""Files in a real browser: a photo shown, a voice played, an SVG refused, a map sent."""

import asyncio
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import FilePayload, Page, Request, expect

from desk import transitions
from road.case import Author, Case, CaseState, Entry
from road.clock import system_clock
from road.file import FileState
from road.media import media_type_of
from road.outcome import Outcome
from road.session import Session
from road.turn import Address, Attachment, Channel
from tests.app.browser.house import House, shot

pytestmark = pytest.mark.asyncio(loop_scope="session")

PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>top.document.title = "run"</script></svg>'
FILES = {
    "photo": (Attachment(file_id="photo", media_type="image/jpeg", size_bytes=len(PIXEL)), PIXEL),
    "voice": (Attachment(file_id="voice", media_type="audio/ogg", size_bytes=44_100), b""),
    "evil": (Attachment(file_id="evil", media_type="image/png", size_bytes=99, name="photo.png"), SVG),
}


def second_of_silence() -> bytes:
    """A WAV file: browsers play it, and it needs no encoder to be made."""
    rate = 8000
    head = b"RIFF" + (36 + rate).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    form = (1).to_bytes(2, "little") * 2 + rate.to_bytes(4, "little") * 2 + (1).to_bytes(2, "little")
    return head + form + (8).to_bytes(2, "little") + b"data" + rate.to_bytes(4, "little") + bytes([128]) * rate


@asynccontextmanager
async def bot(house: House) -> AsyncIterator[None]:
    """Fulfils wishes as the fetcher does, without Telegram."""

    async def fetch() -> None:
        lease = await house.store.acquire("fetcher", "browser tests", ttl_s=3600)
        assert lease is not None
        while True:
            if wish := await house.store.next_wish(lease, wait_s=60):
                content = second_of_silence() if wish.file.file_id == "voice" else FILES[wish.file.file_id][1]
                if media_type := media_type_of(content):
                    await house.store.keep_copy(wish, media_type, content)
                else:
                    await house.store.refuse_copy(wish, FileState.WRONG_TYPE)

    task = asyncio.create_task(fetch())
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def person_sends(house: House, **case: object) -> None:
    """Somebody on Telegram with a case that waits, who has sent all of `FILES`."""
    address = Address(Channel.TELEGRAM, "700000042")
    remembered = await house.store.load(house.store.person(address))
    now = system_clock()
    waiting = Case(
        id="ELM42",
        person=remembered.person,
        state=CaseState.WAITING,
        opened_at=now,
        locale="uk",
        **case,  # type: ignore[arg-type]
    )
    entries = tuple(Entry(at=now, author=Author.PERSON, text="", kind="photo", file=file) for file, _ in FILES.values())
    session = Session(address=address, locale="uk", at=now)
    await house.store.change(
        remembered, Outcome(session=session, cases=(transitions.opened(waiting),), entries=entries)
    )


def fetched(page: Page) -> list[str]:
    """Grows by the address of each file that the page asks for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/console/files/" in request.url:
            asked.append(request.url)

    page.on("request", note)
    return asked


async def test_a_photo_is_shown_a_voice_played_and_an_svg_refused(house: House) -> None:
    await person_sends(house)
    anna = await house.staff("anna")
    async with bot(house):
        await anna.goto(f"{house.url}/console/cases/ELM42")
        photo = anna.locator(f"img[src*='{FILES['photo'][0].id}']")
        await expect(photo).to_be_visible()
        await anna.wait_for_function("image => image.naturalWidth === 1", arg=await photo.element_handle())
        voice = anna.get_by_label("Voice or sound from the person")
        await voice.evaluate("audio => audio.play()")
        await anna.wait_for_function("audio => audio.currentTime > 0", arg=await voice.element_handle())
        await expect(anna.get_by_text("this kind of file may do harm")).to_be_visible()
        await expect(anna.locator(f"[src*='{FILES['evil'][0].id}']")).to_have_count(0)
        assert "run" not in await anna.title()
        await shot(anna, "files")


async def test_in_a_sensitive_case_nothing_is_fetched_before_somebody_wants_to_see_it(house: House) -> None:
    await person_sends(house, sensitive=True)
    anna = await house.staff("anna")
    asked = fetched(anna)
    async with bot(house):
        await anna.goto(f"{house.url}/console/cases/ELM42")
        await expect(anna.get_by_role("button", name="Alarm sound")).to_be_visible()
        await anna.wait_for_load_state("networkidle")
        assert asked == []
        async with anna.expect_response("**/console/cases/ELM42"):  # the page hears that the file has come
            await anna.locator("summary", has_text="Show").first.click()
        photo = anna.locator(f"img[src*='{FILES['photo'][0].id}']")
        await anna.wait_for_function("image => image.naturalWidth === 1", arg=await photo.element_handle())
        assert all(FILES["photo"][0].id in url for url in asked)
        await expect(photo).to_be_visible()


async def test_a_file_is_sent_without_leaving_the_page_and_a_draft_stays(house: House) -> None:
    await person_sends(house)
    anna = await house.staff("anna")
    await anna.get_by_role("button", name="Begin duty").click()
    await anna.goto(f"{house.url}/console/cases/ELM42")
    await anna.get_by_role("button", name="Take over").click()
    await anna.get_by_label("Your message").fill("half a draft")
    await anna.locator("summary", has_text="Send a photo or file").click()
    await choose(anna, "evil.svg", SVG)
    await expect(anna.locator("#notice")).to_contain_text("may do harm")
    await choose(anna, "large.pdf", b"%PDF-1.7" + bytes(20_000_001))
    await expect(anna.locator("#file-large")).to_be_visible()
    await choose(anna, "map.png", PIXEL)
    await expect(anna.get_by_role("log")).to_contain_text("map.png")
    await expect(anna.get_by_role("log")).to_contain_text("delivered")
    await expect(anna.get_by_label("Your message")).to_have_value("half a draft")
    await expect(anna.get_by_label("Photo or file")).to_have_value("")
    await shot(anna, "file-sent")


async def choose(page: Page, name: str, content: bytes) -> None:
    await page.get_by_label("Photo or file").set_input_files(
        FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    )
    await page.get_by_role("button", name="Send file").click()
