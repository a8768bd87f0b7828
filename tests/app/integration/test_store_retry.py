"""A client whose answers get lost asks again, and nothing is done twice."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from road.account import Account, Role
from road.audit import AuditEntry, AuditKind
from road.clock import day_of
from road.outcome import Erasure
from road.reply import HideMessages
from store import embedded
from tests.app.contract.world import EVERYBODY, ValkeyWorld, case, entry, person, replying, say, wrote


class LossyLine:
    """Stands between client and server; loses the answers that it is told to lose, after the server has worked."""

    def __init__(self, server: Path) -> None:
        self._server = server
        self.lose = 0
        self.command = b"EVALSHA"
        self.lost = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream_reader, upstream_writer = await asyncio.open_unix_connection(str(self._server))
        try:
            while request := await reader.read(1 << 20):
                upstream_writer.write(request)
                answer = await upstream_reader.read(1 << 20)
                if self.lose and self.command in request and not answer.startswith(b"-NOSCRIPT"):
                    self.lose -= 1
                    self.lost += 1
                    return
                writer.write(answer)
                await writer.drain()
        finally:
            for each in (writer, upstream_writer):
                each.close()
                with suppress(OSError):
                    await each.wait_closed()


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with embedded.running(tmp_path_factory.mktemp("d")) as url:
        yield url


@pytest.fixture
async def line(server_url: str, tmp_path: Path) -> AsyncIterator[LossyLine]:
    line = LossyLine(Path(server_url.removeprefix("unix://")))
    async with await asyncio.start_unix_server(line.serve, str(tmp_path / "line.sock")):
        yield line


@pytest.fixture
async def world(line: LossyLine, tmp_path: Path) -> AsyncIterator[ValkeyWorld]:
    made = ValkeyWorld(f"unix://{tmp_path / 'line.sock'}")
    yield made
    await made.store.close()


async def test_an_accepted_turn_whose_answer_was_lost_is_stored_once_and_said_to_be_new(
    world: ValkeyWorld, line: LossyLine
) -> None:
    line.lose = 1
    assert await world.store.accept(wrote("hello"))
    assert line.lost == 1
    held = await world.take(person())
    await world.store.commit(held, await world.load(person()), replying())
    assert await world.nothing_to_take(person())


async def test_a_commit_whose_answer_was_lost_is_written_once(world: ValkeyWorld, line: LossyLine) -> None:
    await world.store.accept(wrote("hello"))
    held, before = await world.take(person()), await world.load(person())
    name = world.store.person(person())
    line.lose = 2
    outcome = replying(None, "answer", cases=(case("A", name),), entries=(entry("hello"),), counts=("messages",))
    await world.store.commit(held, before, outcome)
    assert line.lost == 2
    assert await world.said() == ["answer"]
    assert len(await world.store.transcript(name, EVERYBODY)) == 1
    assert await world.store.tally([day_of(world.now)]) == {day_of(world.now): {"messages": 1}}
    assert (await world.load(person())).version == 1


async def test_an_operators_reply_whose_answer_was_lost_is_sent_once(world: ValkeyWorld, line: LossyLine) -> None:
    line.lose = 1
    await world.deed(person(), replying(None, "reply"))
    assert line.lost == 1
    assert await world.said() == ["reply"]


async def test_a_forgetting_whose_answer_was_lost_says_its_last_word_once(world: ValkeyWorld, line: LossyLine) -> None:
    await world.turn_done(wrote("secret", message_id=4), replying(None, "answer"))
    await world.store.accept(wrote("/forget", message_id=5))
    held, before = await world.take(person()), await world.load(person())
    line.lose = 1
    await world.store.commit(held, before, replying(None, "forgotten", erasure=Erasure.FORGET))
    assert line.lost == 1
    assert [each.reply for each in await world.deliveries()] == [HideMessages(message_ids=(4, 5)), say("forgotten")]


async def test_deliveries_whose_answer_was_lost_are_handed_out_again(world: ValkeyWorld, line: LossyLine) -> None:
    await world.deed(person(), replying(None, "one", "two", "three"))
    lease = await world.lease("courier", "courier")
    line.lose = 1
    got = await world.store.next_deliveries(lease, limit=2, wait_s=0)
    assert line.lost == 1
    assert [delivery.reply for delivery in got] == [say("one"), say("two")]
    assert [delivery.reply for delivery in await world.deliveries()] == [say("three")]


async def test_deliveries_are_not_lost_when_every_try_fails(world: ValkeyWorld, line: LossyLine) -> None:
    await world.deed(person(), replying(None, "one", "two", "three"))
    lease = await world.lease("courier", "courier")
    line.lose = 3
    with pytest.raises(Exception, match="no answer from the store"):
        await world.store.next_deliveries(lease, limit=2, wait_s=0)
    assert line.lost == 3
    assert [delivery.reply for delivery in await world.deliveries()] == [say("one"), say("two")]
    assert [delivery.reply for delivery in await world.deliveries()] == [say("three")]


async def test_a_sent_mark_whose_answer_was_lost_hides_nothing(world: ValkeyWorld, line: LossyLine) -> None:
    await world.deed(person(), replying(None, "one"))
    lease = await world.lease("courier", "courier")
    (one,) = await world.deliveries()
    line.lose = 1
    await world.store.delivered(lease, one, [8])
    assert line.lost == 1
    assert await world.deliveries() == []
    await world.turn_done(wrote("/hide", message_id=9), replying(None, "hidden", erasure=Erasure.HIDE))
    assert (await world.deliveries())[0].reply == HideMessages(message_ids=(8, 9))


async def test_a_chat_page_message_whose_answer_was_lost_is_shown_once(world: ValkeyWorld, line: LossyLine) -> None:
    line.lose = 1
    message_id = await world.store.show(person(), say("hello"))
    assert line.lost == 1
    assert await world.store.shown(person(), after=0, wait_s=0) == [(message_id, say("hello"))]


async def test_a_login_whose_answer_was_lost_is_a_login(world: ValkeyWorld, line: LossyLine) -> None:
    anna = Account(name="anna", role=Role.OPERATOR, password_hash="$argon2id$1")
    await world.store.save_account(anna)
    secret = await world.store.make_login_link("anna", ttl_s=60)
    line.lose = 1
    assert await world.store.use_login_link(secret) == anna
    assert line.lost == 1
    assert await world.store.use_login_link(secret) is None
    line.lose = 1
    assert await world.store.count_login("anna", window_s=60) == 1


async def test_an_entry_of_the_record_whose_answer_was_lost_stands_there_once(
    world: ValkeyWorld, line: LossyLine
) -> None:
    look = AuditEntry(at=world.now, kind=AuditKind.LOOK, by="anna", case_id="A")
    line.lose = 1
    await world.store.note(look)
    assert line.lost == 1
    assert await world.store.audited([day_of(world.now)], (AuditKind.LOOK,)) == [look]


async def test_a_code_whose_answer_was_lost_is_still_the_first_use_and_the_next_is_not(
    world: ValkeyWorld, line: LossyLine
) -> None:
    line.command, line.lose = b"\r\nSET\r\n", 1
    assert await world.store.spend("code:anna:1", ttl_s=90)
    assert line.lost == 1
    assert not await world.store.spend("code:anna:1", ttl_s=90)
