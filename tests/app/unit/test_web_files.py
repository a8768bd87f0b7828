"""Files at the console: who may look at them, how they are served, what may be sent."""

import asyncio
import html
import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from msgspec.structs import replace

from content.content import Content
from road.account import Role
from road.case import Author, CaseState, Entry, Visibility
from road.file import FileState
from road.media import DOCUMENT_BYTES, PHOTO_BYTES, media_type_of
from road.reply import SendFile
from road.turn import Address, Attachment, Channel
from tests.app.unit.test_media import OGG, PNG, SVG, zip_bomb
from tests.app.unit.web_stage import FOCAL, NOW, Operator, Stage, wrote
from web.byte_range import asked_part
from web.file_view import size_in_words

PHOTO = Attachment(file_id="AgACAgIAAxk", media_type="image/jpeg", size_bytes=120_000)
VOICE = Attachment(file_id="AwACAgQAAxk", media_type="audio/ogg", size_bytes=9_000)
PAPER = Attachment(file_id="BQACAgIAAxk", media_type="application/pdf", size_bytes=2_400_000, name="відмова.pdf")
PDF = b"%PDF-1.7\n" + bytes(50)


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


def sent(file: Attachment, kind: str = "photo", **more: object) -> Entry:
    return wrote("", kind=kind, file=file, **more)


def at(file: Attachment, case: str = "CASE1") -> str:
    return f"/console/files/{case}/{file.id}"


@asynccontextmanager
async def bot(stage: Stage, content: bytes) -> AsyncIterator[list[str]]:
    """Fulfils wishes with this content, as the fetcher does; gives the references it was asked for."""
    asked: list[str] = []

    async def fetch() -> None:
        lease = await stage.store.acquire("fetcher", "a bot", ttl_s=3600)
        assert lease is not None
        while True:
            if wish := await stage.store.next_wish(lease, wait_s=60):
                asked.append(wish.file.file_id)
                if media_type := media_type_of(content):
                    await stage.store.keep_copy(wish, media_type, content)
                else:
                    await stage.store.refuse_copy(wish, FileState.WRONG_TYPE)

    task = asyncio.create_task(fetch())
    yield asked
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def looks(stage: Stage, file: Attachment, content: bytes, **headers: str) -> httpx.Response:
    """What an operator gets of a person's file."""
    anna = await stage.at_console("anna")
    await stage.person_waits(1, sent(file))
    async with bot(stage, content):
        return await anna.browser.get(at(file), headers=headers)


# Looking at a person's file


async def test_a_photo_is_served_as_what_it_is_from_a_sandbox(stage: Stage) -> None:
    answer = await looks(stage, PHOTO, PNG)
    assert (answer.status_code, answer.content) == (200, PNG)
    assert answer.headers["content-type"] == "image/png", "sniffed, not claimed"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["content-disposition"].startswith("inline;")


@pytest.mark.parametrize(("data", "ending"), [(PDF, "pdf"), (zip_bomb(), "pdf.zip")])
async def test_what_is_not_shown_is_saved_under_the_ending_of_what_it_is(
    stage: Stage, data: bytes, ending: str
) -> None:
    answer = await looks(stage, PAPER, data)
    assert answer.content == data
    name = "%D0%B2%D1%96%D0%B4%D0%BC%D0%BE%D0%B2%D0%B0"
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}.{ending}"


@pytest.mark.parametrize("data", [SVG, b"<!doctype html><script>alert(1)</script>", b"MZ" + bytes(99)])
async def test_what_could_run_is_refused_whatever_it_claims(stage: Stage, data: bytes) -> None:
    answer = await looks(stage, PHOTO, data)
    assert answer.status_code == 415
    assert b"alert" not in answer.content
    anna = await stage.at_console("anna")
    page = (await anna.sees("/console/cases/CASE1")).text
    assert "this kind of file may do harm" in page
    assert at(PHOTO) not in page


async def test_a_hostile_name_stays_a_name(stage: Stage) -> None:
    name = 'x"; filename=evil.html\r\nSet-Cookie: a=b'
    answer = await looks(stage, replace(PAPER, name=name), PDF)
    assert "set-cookie" not in answer.headers
    assert re.fullmatch(r"attachment; filename\*=UTF-8''[\w.%=-]+\.pdf", answer.headers["content-disposition"])


async def test_a_voice_message_can_be_heard_from_any_moment(stage: Stage) -> None:
    answer = await looks(stage, VOICE, OGG, range="bytes=10-19")
    assert (answer.status_code, answer.content) == (206, OGG[10:20])
    assert answer.headers["content-range"] == f"bytes 10-19/{len(OGG)}"
    assert answer.headers["accept-ranges"] == "bytes"


async def test_a_moment_behind_the_end_is_refused(stage: Stage) -> None:
    answer = await looks(stage, VOICE, OGG, range="bytes=99999-")
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(OGG)}"


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("", None),
        ("bytes=0-", (0, 100)),
        ("bytes=0-0", (0, 1)),
        ("bytes=90-500", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-500", (0, 100)),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=-", None),
        ("bytes=" + "9" * 5000 + "-", None),
    ],
)
def test_one_part_is_understood_and_all_else_gets_the_whole(header: str, part: tuple[int, int] | None) -> None:
    assert asked_part(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=5-4", "bytes=-0"])
def test_a_part_outside_is_an_error(header: str) -> None:
    with pytest.raises(ValueError, match="outside"):
        asked_part(header, 100)


async def test_a_file_is_fetched_once_for_two_looks(stage: Stage) -> None:
    anna = await stage.at_console("anna")
    await stage.person_waits(1, sent(PHOTO))
    async with bot(stage, PNG) as asked:
        assert (await anna.browser.get(at(PHOTO))).content == PNG
        assert (await anna.browser.get(at(PHOTO))).content == PNG
    assert asked == [PHOTO.file_id]


async def test_whoever_may_not_see_the_case_gets_no_file_and_none_is_fetched(stage: Stage) -> None:
    operator, editor = await stage.at_console("bela"), await stage.at_console("edit", Role.EDITOR)
    focal = await stage.at_console("fanni", Role.FOCAL)
    await stage.person_waits(1, sent(PHOTO, visibility=FOCAL), visibility=FOCAL)
    async with bot(stage, PNG) as asked:
        assert (await operator.browser.get(at(PHOTO))).status_code == 404
        assert (await editor.browser.get(at(PHOTO))).status_code == 403
        assert (await stage.browser().get(at(PHOTO))).status_code == 303
        assert asked == []
        assert (await focal.browser.get(at(PHOTO))).status_code == 200


async def test_of_a_case_for_all_the_focal_entries_stay_the_focal_points(stage: Stage) -> None:
    operator = await stage.at_console("bela")
    await stage.person_waits(1, sent(PHOTO, visibility=FOCAL), sent(VOICE, "voice"))
    assert (await operator.browser.get(at(PHOTO))).status_code == 404
    page = (await operator.sees("/console/cases/CASE1")).text
    assert at(VOICE) in page
    assert at(PHOTO) not in page


async def test_one_case_does_not_lead_to_anothers_files(stage: Stage) -> None:
    anna = await stage.at_console("anna")
    await stage.person_waits(1, sent(PHOTO))
    await stage.person_waits(2)
    assert (await anna.browser.get(at(PHOTO, "CASE2"))).status_code == 404


async def test_after_the_close_no_file_is_shown(stage: Stage) -> None:
    anna = await stage.at_console("anna")
    await stage.person_waits(1, sent(PHOTO))
    await stage.changes("CASE1", state=CaseState.CLOSED, closed_at=NOW)
    assert (await anna.browser.get(at(PHOTO))).status_code == 404
    page = (await anna.sees("/console/cases/CASE1")).text
    assert "only be looked at while the case is open" in page


async def test_a_file_of_fifty_megabytes_is_named_and_never_fetched(stage: Stage) -> None:
    large = replace(PAPER, size_bytes=50_000_000)
    anna = await stage.at_console("anna")
    await stage.person_waits(1, sent(large, "file"))
    page = html.unescape((await anna.sees("/console/cases/CASE1")).text)
    assert "Too large to be opened (more than 20 MB)" in page
    assert "50 MB" in page
    assert (await anna.browser.get(at(large))).status_code == 404


async def test_when_telegram_does_not_answer_the_operator_can_try_again(stage: Stage) -> None:
    anna = await stage.at_console("anna")
    await stage.person_waits(1, sent(PHOTO))
    person = (await stage.case("CASE1")).person
    stage.app.state.site.stop.set()  # nobody waits for the bot
    assert (await anna.browser.get(at(PHOTO))).status_code == 502
    stage.store._state.people[person].files[PHOTO.id] = FileState.FAILED
    page = (await anna.sees("/console/cases/CASE1")).text
    assert "Try again" in page
    assert at(PHOTO) in page


@pytest.mark.parametrize(
    ("file", "kind", "element"),
    [
        (PHOTO, "photo", r'<img src="{at}" alt="[^"]+" loading="lazy">'),
        (VOICE, "voice", r'<audio controls preload="none" src="{at}"'),
        (replace(VOICE, media_type="video/mp4"), "voice", r'<video controls playsinline preload="none" src="{at}"'),
        (PAPER, "file", r'<a href="{at}" download>'),
        (replace(PHOTO, media_type="image/svg+xml"), "file", r'<a href="{at}" download>'),
        (replace(PHOTO, media_type="text/html"), "file", r'<a href="{at}" download>'),
    ],
)
async def test_each_kind_is_offered_in_its_way(stage: Stage, file: Attachment, kind: str, element: str) -> None:
    anna = await stage.at_console("anna")
    await stage.person_waits(1, sent(file, kind))
    page = (await anna.sees("/console/cases/CASE1")).text
    assert re.search(element.replace("{at}", re.escape(at(file))), page)


@pytest.mark.parametrize("mark", ["sensitive", "minor", "minor_suggested"])
async def test_what_may_hurt_to_see_is_shown_at_a_click(stage: Stage, mark: str) -> None:
    anna = await stage.at_console("anna")
    await stage.person_waits(1, sent(PHOTO), **{mark: True})
    page = (await anna.sees("/console/cases/CASE1")).text
    cover = re.search(r"<details id=\"[^\"]+-cover\">(.*?)</details>", page, re.DOTALL)
    assert cover is not None
    assert at(PHOTO) in cover[1]
    assert page.count(f'src="{at(PHOTO)}"') == 1


async def test_a_name_is_shown_as_text(stage: Stage) -> None:
    anna = await stage.at_console("anna")
    await stage.person_waits(1, sent(replace(PAPER, name='<img src=x onerror="alert(1)">.pdf'), "file"))
    page = (await anna.sees("/console/cases/CASE1")).text
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_a_size_is_told_in_the_operators_language() -> None:
    assert size_in_words(0, "en") == ""
    assert size_in_words(300, "en") == "1 kB"
    assert size_in_words(2_440_000, "hu") == "2,4 MB"


# Sending one


async def holds(stage: Stage, **more: object) -> Operator:
    anna = await stage.at_console("anna")
    await stage.store.set_duty("anna", on=True)
    await stage.person_waits(1, wrote("hello"), **more)
    await anna.does("cases/CASE1/claim")
    return anna


async def sends(anna: Operator, content: bytes, name: str = "map.png", text: str = "") -> httpx.Response:
    return await anna.browser.post(
        "/console/files/CASE1", data={"token": anna.visitor.token, "text": text}, files={"file": (name, content)}
    )


def outgoing(stage: Stage) -> list[SendFile]:
    return [out.parcel.reply for out in stage.store._state.outbox if isinstance(out.parcel.reply, SendFile)]


async def test_a_photo_is_sent_with_a_few_words_and_stands_in_the_transcript(stage: Stage) -> None:
    anna = await holds(stage)
    assert (await sends(anna, PNG, text="Ось карта <3")).status_code == 303
    (reply,) = outgoing(stage)
    assert (reply.file.media_type, reply.file.name, reply.html) == ("image/png", "map.png", "Ось карта &lt;3")
    case = await stage.case("CASE1")
    assert await stage.store.read_file(case.person, reply.file, 0, 10**6) == PNG
    page = (await anna.sees("/console/cases/CASE1")).text
    assert "map.png" in page
    assert "on its way" in page
    assert case.first_answer_at == NOW


async def test_what_became_of_a_file_is_told(stage: Stage) -> None:
    anna = await holds(stage)
    await sends(anna, PDF, "letter.pdf")
    lease = await stage.store.acquire("courier", "a courier", ttl_s=60)
    assert lease is not None
    delivery = next(
        each for each in await stage.store.next_deliveries(lease, limit=9, wait_s=0) if isinstance(each.reply, SendFile)
    )
    await stage.store.give_up(lease, delivery, why="refused")
    assert "Telegram did not take the file" in (await anna.sees("/console/cases/CASE1")).text


@pytest.mark.parametrize(
    ("data", "notice"),
    [
        (b"", "choose a file"),
        (SVG, "may do harm"),
        (b"MZ" + bytes(99), "may do harm"),
        (PNG + bytes(PHOTO_BYTES), "photo is larger than 10 MB"),
        (PDF + bytes(DOCUMENT_BYTES), "file is larger than 20 MB"),
    ],
)
async def test_what_may_not_be_sent_is_refused_with_its_reason(stage: Stage, data: bytes, notice: str) -> None:
    anna = await holds(stage)
    refused = await sends(anna, data)
    assert refused.status_code == 409
    assert notice in html.unescape(refused.text)
    assert outgoing(stage) == []
    assert stage.store._state.copies == {}


async def test_fifty_megabytes_are_not_even_read(stage: Stage) -> None:
    anna = await holds(stage)
    assert (await sends(anna, bytes(50_000_000))).status_code == 413
    assert outgoing(stage) == []


async def test_large_posts_are_for_files_alone(stage: Stage) -> None:
    anna = await holds(stage)
    assert (await anna.does("cases/CASE1/answer", text="x" * 2_000_000)).status_code == 413


async def test_nothing_that_is_sent_is_written_to_a_temporary_file(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", refuse)
    anna = await holds(stage)
    assert (await sends(anna, PDF + bytes(5_000_000), "letter.pdf")).status_code == 303


async def test_only_who_holds_the_case_sends_files(stage: Stage) -> None:
    await holds(stage)
    bela = await stage.at_console("bela")
    refused = await sends(bela, PNG)
    assert refused.status_code == 409
    assert "A colleague" in html.unescape(refused.text)
    assert stage.store._state.copies == {}


async def test_a_file_without_the_forms_token_is_refused(stage: Stage) -> None:
    anna = await holds(stage)
    refused = await anna.browser.post("/console/files/CASE1", data={"token": "x"}, files={"file": ("a.png", PNG)})
    assert refused.status_code == 403
    assert outgoing(stage) == []


async def test_a_person_on_the_chat_page_gets_no_files_and_the_operator_is_told(stage: Stage) -> None:
    anna = await holds(stage)
    case = await stage.case("CASE1")
    session = stage.store._state.people[case.person].session
    assert session is not None
    stage.store._state.people[case.person].session = replace(session, address=Address(Channel.WEB, "token"))
    page = html.unescape((await anna.sees("/console/cases/CASE1")).text)
    assert "writes on the chat page, which takes no files" in page
    assert 'type="file"' not in page
    refused = await sends(anna, PNG)
    assert refused.status_code == 409
    assert "chat page, which takes no files" in html.unescape(refused.text)
    assert outgoing(stage) == []


async def test_to_a_phone_that_may_be_watched_no_file_is_sent(stage: Stage) -> None:
    anna = await holds(stage, sensitive=True)
    refused = await sends(anna, PNG)
    assert refused.status_code == 409
    assert "phone may be in other hands" in html.unescape(refused.text)
    assert outgoing(stage) == []
    session = stage.store._state.people[(await stage.case("CASE1")).person].session
    assert session is not None
    stage.store._state.people[(await stage.case("CASE1")).person].session = replace(session, at=stage.now)
    assert (await sends(anna, PNG)).status_code == 303


async def test_a_file_of_a_focal_case_is_sent_and_heard_of_by_focal_points(stage: Stage) -> None:
    fanni = await stage.at_console("fanni", Role.FOCAL)
    await stage.store.set_duty("fanni", on=True)
    await stage.person_waits(1, wrote("hello", visibility=FOCAL), visibility=FOCAL)
    await fanni.does("cases/CASE1/claim")
    await sends(fanni, PNG)
    (reply,) = outgoing(stage)
    assert reply.visibility == Visibility.FOCAL
    entries = await stage.store.transcript((await stage.case("CASE1")).person, {Visibility.ALL})
    assert not any(entry.author is Author.OPERATOR for entry in entries)
