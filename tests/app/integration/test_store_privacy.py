"""What lies on the disk: no text, no name, no id; and after /forget not even the key."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from road.account import Account, Role, SecondFactor
from road.audit import AuditEntry, AuditKind
from road.case import Author
from road.file import Wish
from road.outcome import Erasure
from road.turn import Address, Attachment, Channel
from road.unanswered import Unanswered
from store import embedded
from tests.app.contract.world import NOON, ValkeyWorld, case, entry, replying, say, session, wrote

PERSON = Address(Channel.TELEGRAM, "733112299")
TEXT = "Мій чоловік погрожує мені, я в Дебрецені"
ANSWER = "Call this number, it is free"
OPERATORS_NOTE = "asked for Olena by name"
PHOTO = Attachment(file_id="AgACAgIAAxkBAAIB", media_type="image/jpeg", name="passport of Olena.jpg")
PIXELS = b"\xff\xd8\xff\xe0" + b"pixels of a passport" * 40_000
LETTER = Attachment(file_id="own:letter", media_type="application/pdf", name="your refusal.pdf")
LETTERS_TEXT = b"%PDF-1.7 we are sorry to tell you"
ASKED = Unanswered(text="чи можна з собакою в гуртожиток", locale="uk", topic="pets", day=date(2027, 1, 15))
FILES = (
    "pixels of a passport" * 3,
    LETTERS_TEXT.decode(),
    PHOTO.file_id,
    "AgAD-not-fetched-yet",
    PHOTO.name,
    LETTER.name,
)
SECRETS = (
    *FILES,
    TEXT,
    ANSWER,
    OPERATORS_NOTE,
    PERSON.chat,
    "olena.k",
    "461187309",
    "777000321",
    "JBSWY3DPEHPK3PXPJBSW",
    "the police asked",
    ASKED.text,
)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def server_url(data_dir: Path) -> Iterator[str]:
    with embedded.running(data_dir) as url:
        yield url


def files_with(data_dir: Path, needle: bytes) -> list[str]:
    """Names of files in the data folder in which a piece of data can be read, plain or in base64."""
    files = [path for path in data_dir.rglob("*") if path.is_file()]
    assert any(path.suffix == ".aof" for path in files), "the server writes an append-only file"
    return [path.name for path in files if needle in path.read_bytes() or b64encode(needle) in path.read_bytes()]


async def whole_story(world: ValkeyWorld) -> None:
    """A person asks, gets an answer and a case, an operator writes; some of it is still on its way."""
    name = world.store.person(PERSON)
    mine = case("LIME-8", name, events=(), locale="uk", operator="olena.k")
    turn = wrote(TEXT, PERSON, id="7:777000321", message_id=461_187_309)
    outcome = replying(PERSON, ANSWER, cases=(mine,), entries=(entry(TEXT), entry(ANSWER, author=Author.BOT)))
    await world.turn_done(turn, outcome)
    await world.deed(PERSON, replying(PERSON, unanswered=ASKED))
    lease = await world.lease("courier", "courier")
    for delivery in await world.deliveries():
        await world.store.delivered(lease, delivery, [461_187_309])
    note = entry(OPERATORS_NOTE, author=Author.OPERATOR, by="olena.k", kind="note")
    await world.deed(PERSON, replying(PERSON, ANSWER, entries=(note,)))
    await world.store.show(PERSON, say(ANSWER))
    await world.store.accept(wrote(TEXT, PERSON))
    factor = SecondFactor(secret="JBSWY3DPEHPK3PXPJBSW")
    await world.store.save_account(
        Account(name="olena.k", role=Role.OPERATOR, password_hash="$argon2id$olena", factor=factor)
    )
    await world.store.note(AuditEntry(at=NOON, kind=AuditKind.REVEAL, by="olena.k", why="the police asked"))
    await world.store.set_duty("olena.k", on=True)
    await world.store.open_console("olena.k", ttl_s=600)
    await world.store.want_file(Wish(person=name, file=PHOTO))
    await world.store.keep_copy(Wish(person=name, file=PHOTO), "image/jpeg", PIXELS)
    await world.store.want_file(Wish(person=name, file=replace(PHOTO, file_id="AgAD-not-fetched-yet")))
    await world.store.keep_file(name, LETTER, LETTERS_TEXT)
    await world.store.count_login("olena.k", window_s=600)


async def wrapped_key(world: ValkeyWorld) -> bytes:
    async with world.valkey._server.reading() as client:
        key: bytes = await client.get(world.valkey._server.keys.key(world.store.person(PERSON)))
    return key


async def test_no_text_name_or_id_can_be_read_in_the_data_folder(world: ValkeyWorld, data_dir: Path) -> None:
    await whole_story(world)
    assert files_with(data_dir, b"LIME-8"), "a case's pseudonym may be read: so the search finds what is there"
    for secret in SECRETS:
        assert files_with(data_dir, secret.encode()) == [], secret


async def test_after_forgetting_the_wrapped_key_is_in_no_file(world: ValkeyWorld, data_dir: Path) -> None:
    await whole_story(world)
    old_key = await wrapped_key(world)
    assert files_with(data_dir, old_key)
    session_before = b64encode(session(PERSON).address.chat.encode())
    held = await world.take(PERSON)
    await world.store.commit(held, await world.load(PERSON), replying(PERSON, "forgotten", erasure=Erasure.FORGET))
    assert await world.store.sweep()
    assert await wrapped_key(world) != old_key
    for secret in (old_key, session_before, *(secret.encode() for secret in SECRETS)):
        assert files_with(data_dir, secret) == [], secret
    assert not await world.store.sweep(), "once is enough"


async def test_after_forgetting_a_question_without_an_answer_is_in_no_file(world: ValkeyWorld, data_dir: Path) -> None:
    await whole_story(world)
    keys, name = world.valkey._server.keys, world.store.person(PERSON)
    async with world.valkey._server.reading() as client:
        (sealed,) = await client.lrange(keys.unanswered(name), 0, -1)
    assert list(await world.store.unanswered()) == [[ASKED]]
    assert files_with(data_dir, sealed), "the search finds the sealed question while it is there"
    held = await world.take(PERSON)
    await world.store.commit(held, await world.load(PERSON), replying(PERSON, "forgotten", erasure=Erasure.FORGET))
    assert await world.store.sweep()
    assert files_with(data_dir, sealed) == []
    assert list(await world.store.unanswered()) == []
    async with world.valkey._server.reading() as client:
        assert await client.exists(keys.unanswered(name), keys.asked_in_vain) == 0


async def test_a_copy_of_a_question_from_before_cannot_be_read_after_forgetting(world: ValkeyWorld) -> None:
    await whole_story(world)
    keys, name = world.valkey._server.keys, world.store.person(PERSON)
    async with world.valkey._server.reading() as client:
        (sealed,) = await client.lrange(keys.unanswered(name), 0, -1)
    held = await world.take(PERSON)
    await world.store.commit(held, await world.load(PERSON), replying(PERSON, "forgotten", erasure=Erasure.FORGET))
    async with world.valkey._server.reading() as client:
        await client.rpush(keys.unanswered(name), sealed)
        await client.zadd(keys.asked_in_vain, {name: world.now + 600})
    assert list(await world.store.unanswered()) == []


async def test_after_forgetting_nothing_of_a_persons_files_is_in_any_file(world: ValkeyWorld, data_dir: Path) -> None:
    await whole_story(world)
    name = world.store.person(PERSON)
    stream = world.valkey._server.keys.file(world.valkey._file_name(name, PHOTO)).encode()
    async with world.valkey._server.reading() as client:
        ((_, fields),) = await client.xrange(stream, count=1)
    piece = fields[b"c"][:400]
    assert files_with(data_dir, stream)
    assert files_with(data_dir, piece), "the search finds a sealed piece while it is there"
    held = await world.take(PERSON)
    await world.store.commit(held, await world.load(PERSON), replying(PERSON, "forgotten", erasure=Erasure.FORGET))
    assert await world.store.sweep()
    assert files_with(data_dir, stream) == []
    assert files_with(data_dir, piece) == []


async def test_a_rewrite_that_a_crash_prevented_is_made_good_by_the_next_sweep(
    world: ValkeyWorld, data_dir: Path
) -> None:
    await whole_story(world)
    assert await world.store.sweep(), "the first sweep of a day's"
    old_key = await wrapped_key(world)
    held = await world.take(PERSON)
    await world.store.commit(held, await world.load(PERSON), replying(PERSON, erasure=Erasure.FORGET))
    other_process = world.another()
    assert await other_process.sweep()
    await other_process.close()
    assert files_with(data_dir, old_key) == []


async def test_expired_keys_leave_the_files_within_a_day(world: ValkeyWorld) -> None:
    assert await world.store.sweep()
    assert not await world.store.sweep()
    world.now = NOON + 86_401
    assert await world.store.sweep()


async def test_the_data_folder_is_closed_to_others(world: ValkeyWorld, data_dir: Path) -> None:
    await world.store.ready()
    assert (data_dir / "valkey").stat().st_mode & 0o777 == 0o700
    assert (data_dir / "valkey" / "valkey.sock").stat().st_mode & 0o077 == 0
