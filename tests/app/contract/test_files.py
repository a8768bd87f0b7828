"""Files on their way: kept for a while, read in pieces, gone when they should be."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace

from road.case import CaseState, Visibility
from road.file import FileState, KeptFile, Wish
from road.outcome import Erasure
from road.reply import SendFile
from road.turn import Attachment
from store.interface import DeskEvent
from tests.app.contract.world import NOON, World, case, entry, person, replying, soon, wrote

VOICE = Attachment(file_id="AwACAgQAAxkBAAI", size_bytes=900_000, media_type="audio/ogg")
LETTER = Attachment(file_id="own:1", size_bytes=7, media_type="application/pdf", name="letter.pdf")
CONTENT = bytes(range(256)) * 4000  # four pieces


async def known(world: World, number: int = 1) -> str:
    """A person with a transcript and a case that waits; their name."""
    name = world.store.person(person(number))
    outcome = replying(person(number), cases=(case(f"A{number}", name),), entries=(entry("look", file=VOICE),))
    await world.turn_done(wrote("look", person(number)), outcome)
    return name


def wish(name: str, **more: object) -> Wish:
    return Wish(**{"person": name, "file": VOICE, "case_id": "A1", **more})  # type: ignore[arg-type]


async def kept(world: World, name: str, content: bytes = CONTENT, file: Attachment = VOICE) -> None:
    await world.store.want_file(wish(name, file=file))
    await world.store.keep_copy(wish(name, file=file), "audio/ogg", content)


async def state(world: World, name: str, file: Attachment = VOICE) -> str | None:
    return (await world.store.file_states(name, [file])).get(file.id)


async def read(world: World, name: str, file: Attachment = VOICE) -> bytes:
    return await world.store.read_file(name, file, 0, 10**9)


async def test_a_wish_is_handed_out_once_and_answered_with_the_file(world: World) -> None:
    name = await known(world)
    lease = await world.lease("fetcher")
    await world.store.want_file(wish(name))
    assert await state(world, name) == FileState.ASKED
    assert await world.store.next_wish(lease, wait_s=0) == wish(name)
    assert await world.store.next_wish(lease, wait_s=0) is None
    await world.store.keep_copy(wish(name), "audio/ogg", CONTENT)
    found = await world.store.find_file(name, VOICE, wait_s=0)
    assert found == KeptFile(media_type="audio/ogg", size_bytes=len(CONTENT))
    assert await read(world, name) == CONTENT
    assert await state(world, name) == "audio/ogg"


async def test_whoever_waits_for_a_file_gets_it_when_it_comes(world: World) -> None:
    name = await known(world)
    await world.store.want_file(wish(name))
    waiting = asyncio.ensure_future(world.store.find_file(name, VOICE, wait_s=60))
    await asyncio.sleep(0)
    await world.store.keep_copy(wish(name), "audio/ogg", CONTENT)
    assert await soon(waiting) == KeptFile(media_type="audio/ogg", size_bytes=len(CONTENT))


async def test_any_part_of_a_file_can_be_read(world: World) -> None:
    name = await known(world)
    await kept(world, name)
    for start, stop in ((0, 1), (262_143, 262_145), (5, 700_000), (1_000_000, 1_024_000), (1_023_999, 2_000_000)):
        assert await world.store.read_file(name, VOICE, start, stop) == CONTENT[start:stop]


async def test_a_refused_file_says_why_and_consoles_hear_of_it(world: World) -> None:
    name = await known(world)
    heard = await first_events(world, {Visibility.FOCAL, Visibility.ALL})
    await world.store.want_file(wish(name, visibility=Visibility.FOCAL))
    await world.store.refuse_copy(wish(name, visibility=Visibility.FOCAL), FileState.TOO_LARGE)
    found = await world.store.find_file(name, VOICE, wait_s=0)
    assert found == KeptFile(fault="too_large")
    assert await state(world, name) == "too_large"
    assert await soon(anext(heard)) == DeskEvent(kind="entry", case_id="A1", visibility=Visibility.FOCAL)


async def first_events(world: World, visibilities: set[Visibility]) -> AsyncIterator[DeskEvent]:
    events = world.store.events(visibilities)
    await soon(anext(events))  # listening
    return events


async def test_what_nobody_asked_for_is_not_kept(world: World) -> None:
    name = await known(world)
    await world.store.keep_copy(wish(name), "audio/ogg", CONTENT)
    assert await world.store.find_file(name, VOICE, wait_s=0) is None


async def test_of_a_stranger_nothing_is_asked_for(world: World) -> None:
    stranger = world.store.person(person(9))
    await world.store.want_file(wish(stranger))
    assert await world.store.next_wish(await world.lease("fetcher"), wait_s=0) is None
    await world.store.keep_copy(wish(stranger), "audio/ogg", CONTENT)
    assert await world.store.find_file(stranger, VOICE, wait_s=0) is None


async def test_the_copies_that_end_first_make_room(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("store.files", "store.memory_files"):
        monkeypatch.setattr(f"{module}.COPIES_BYTES", 2_500_000)
    name, others = await known(world), [replace(VOICE, file_id=f"v{number}") for number in range(3)]
    for file in others:
        await kept(world, name, file=file)
        world.now += 1
    found = [await world.store.find_file(name, file, wait_s=0) is not None for file in others]
    assert found == [False, True, True]


async def test_forgetting_takes_copies_and_what_was_to_be_sent(world: World) -> None:
    name = await known(world)
    await kept(world, name)
    await world.store.keep_file(name, LETTER, b"%PDF-1.")
    await world.turn_done(wrote("/forget"), replying(None, erasure=Erasure.FORGET))
    for file in (VOICE, LETTER):
        assert await world.store.find_file(name, file, wait_s=0) is None
        assert await read(world, name, file) == b""
        assert await state(world, name, file) is None


async def test_a_copy_that_comes_after_forgetting_is_not_kept(world: World) -> None:
    name = await known(world)
    await world.store.want_file(wish(name))
    await world.turn_done(wrote("/forget"), replying(None, erasure=Erasure.FORGET))
    assert await world.store.next_wish(await world.lease("fetcher"), wait_s=0) in (None, wish(name))
    await world.store.keep_copy(wish(name), "audio/ogg", CONTENT)
    assert await world.store.find_file(name, VOICE, wait_s=0) is None


async def test_closing_the_case_takes_copies_but_not_what_is_still_to_be_sent(world: World) -> None:
    name = await known(world)
    await kept(world, name)
    await world.store.keep_file(name, LETTER, b"%PDF-1.")
    closed = case("A1", name, state=CaseState.CLOSED, closed_at=NOON)
    await world.deed(person(), replying(cases=(closed,)))
    assert await world.store.find_file(name, VOICE, wait_s=0) is None
    assert await read(world, name, LETTER) == b"%PDF-1."


async def on_its_way(world: World) -> str:
    name = await known(world)
    await world.store.keep_file(name, LETTER, b"%PDF-1.")
    reply = SendFile(file=LETTER, html="your letter", case_id="A1")
    await world.deed(person(), replace(replying(), replies=(reply,), entries=(entry("", file=LETTER),)))
    return name


async def test_a_file_of_staffs_stays_until_it_was_sent(world: World) -> None:
    name = await on_its_way(world)
    assert await state(world, name, LETTER) == FileState.WAITING
    lease = await world.lease("courier", "courier")
    (delivery,) = await world.deliveries()
    assert delivery.reply == SendFile(file=LETTER, html="your letter", case_id="A1")
    assert await read(world, name, LETTER) == b"%PDF-1."
    heard = await first_events(world, {Visibility.ALL})
    await world.store.delivered(lease, delivery, [77])
    assert await state(world, name, LETTER) == FileState.SENT
    assert await read(world, name, LETTER) == b""
    assert (await soon(anext(heard))).case_id == "A1"


async def test_a_file_that_could_not_be_sent_is_told(world: World) -> None:
    name = await on_its_way(world)
    lease = await world.lease("courier", "courier")
    (delivery,) = await world.deliveries()
    await world.store.give_up(lease, delivery, why="refused")
    assert await state(world, name, LETTER) == FileState.UNSENT
    assert await read(world, name, LETTER) == b""


async def test_hiding_takes_back_a_file_that_was_not_sent(world: World) -> None:
    name = await on_its_way(world)
    await world.turn_done(wrote("/hide"), replying(None, "hidden", erasure=Erasure.HIDE))
    assert await state(world, name, LETTER) == FileState.HIDDEN
    assert await read(world, name, LETTER) == b""
    assert not any(isinstance(delivery.reply, SendFile) for delivery in await world.deliveries())


async def test_a_file_taken_back_before_it_was_posted_leaves_nothing(world: World) -> None:
    name = await known(world)
    await world.store.keep_file(name, LETTER, b"%PDF-1.")
    await world.store.drop_file(name, LETTER)
    assert await read(world, name, LETTER) == b""
    assert await state(world, name, LETTER) is None


async def test_one_persons_file_is_not_anothers(world: World) -> None:
    name, other = await known(world), await known(world, 2)
    await kept(world, name)
    assert await world.store.find_file(other, VOICE, wait_s=0) is None
    assert await read(world, other) == b""


async def test_an_empty_file_has_an_end_and_no_content(world: World) -> None:
    name = await known(world)
    await kept(world, name, b"")
    assert await world.store.find_file(name, VOICE, wait_s=0) == KeptFile(media_type="audio/ogg")
    assert await read(world, name) == b""
