"""The table of keys is true: of a running server and of its page in docs."""

import re
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from road.account import Account, Role
from road.audit import AuditEntry, AuditKind
from road.case import CaseState, Page, Visibility
from road.file import Wish
from road.outcome import Erasure
from road.reply import Lane
from road.turn import Address, Attachment, Channel
from road.unanswered import Unanswered
from store.keys import PATTERNS, Pattern
from tests.app.contract.world import ValkeyWorld, case, entry, person, replying, say, wrote

VOICE = Attachment(file_id="voice")
STORE_PAGE = Path(__file__).parents[3] / "docs" / "store.md"


async def everything(world: ValkeyWorld) -> None:
    """Something for every key."""
    store, name = world.store, world.store.person(person())
    web = Address(Channel.WEB, "browser")
    await store.ready()
    held = case("C", name, state=CaseState.ACTIVE, operator="anna", claimed_at=world.now)
    cases = (
        case("A", name, alarm=True, queued_at=world.now),
        held,
        case("B", name, state=CaseState.CLOSED, closed_at=world.now),
    )
    pages = (Page(case_id="A", group="now", html="come"),)
    await world.turn_done(
        wrote(), replying(None, "one", "two", cases=cases, entries=(entry("x"),), pages=pages, asked="pets")
    )
    await world.deed(person(), replying(cases=(replace(held, state=CaseState.CLOSED, closed_at=world.now),)))
    await world.deed(person(), replace(replying(cases=(replace(held, id="D"),)), counts=("messages",)))
    await world.turn_done(wrote("web", web), replying(web, "hello"))
    lease = await world.lease("courier", "courier")
    deliveries = await world.deliveries()
    await store.delivered(lease, deliveries[2], [3])
    await store.give_up(lease, deliveries[1], why="unreachable")
    await world.turn_done(wrote("hide", web), replying(web, erasure=Erasure.HIDE))
    await store.accept(wrote())
    await world.deed(person(), replace(replying(), replies=(replace(say("named"), name="D.1"),)))
    await store.save_account(Account(name="anna", role=Role.OPERATOR, password_hash="$"))
    await store.set_duty("anna", on=True)
    await store.open_console("anna", ttl_s=60)
    await store.make_login_link("anna", ttl_s=60)
    await store.count_login("anna", window_s=60)
    await store.spend("a word", ttl_s=60)
    await store.note(AuditEntry(at=world.now, kind=AuditKind.LOOK, by="anna", case_id="A"))
    await store.show(web, say("hello", Lane.ANSWER))
    await store.want_file(Wish(person=name, file=VOICE))
    await store.keep_copy(Wish(person=name, file=VOICE), "audio/ogg", b"OggS")
    asked = Unanswered(text="pets?", locale="en", topic="pets", day=date(2027, 1, 15))
    await world.turn_done(wrote("pets?", person(2)), replying(person(2), unanswered=asked))
    await store.beat("worker:me", ttl_s=60)
    await store.sweep()


async def keys_of(world: ValkeyWorld) -> dict[str, tuple[str, int]]:
    """Every key without the prefix, its type and the seconds it has left (-1: no end)."""
    async with world.valkey._server.reading() as client:
        names = [name async for name in client.scan_iter(match=f"{world.prefix}*")]
        return {
            name.decode().removeprefix(world.prefix): ((await client.type(name)).decode(), await client.ttl(name))
            for name in names
        }


def pattern_of(key: str) -> Pattern:
    fitting = [pattern for pattern in PATTERNS if re.fullmatch(re.sub(r"<\w+>", "[^:]+", pattern.name), key)]
    fitting = fitting or [p for p in PATTERNS if re.fullmatch(re.sub(r"<\w+>", ".+", p.name), key)]
    assert len(fitting) == 1, key
    return fitting[0]


async def test_every_key_in_the_server_is_in_the_table_with_its_type(world: ValkeyWorld) -> None:
    await everything(world)
    found = await keys_of(world)
    assert len(found) > len(PATTERNS)
    for key, (kind, _) in found.items():
        assert pattern_of(key).type == kind, key


async def test_every_key_in_the_table_is_in_the_server(world: ValkeyWorld) -> None:
    await everything(world)
    seen = {pattern_of(key).name for key in await keys_of(world)}
    assert seen == {pattern.name for pattern in PATTERNS}


async def test_what_belongs_to_a_person_without_an_open_case_expires(world: ValkeyWorld) -> None:
    await world.turn_done(wrote(message_id=4), replying(None, "one", entries=(entry("x"),)))
    name = world.store.person(person())
    mine = {key: ttl for key, (_, ttl) in (await keys_of(world)).items() if name in key}
    assert set(mine) == {f"{kind}:{name}" for kind in ("person", "key", "transcript", "sent")}
    assert all(0 < ttl <= 33 * 86_400 for ttl in mine.values()), mine
    assert mine[f"key:{name}"] > mine[f"transcript:{name}"]


async def test_nothing_of_a_person_expires_while_their_case_is_open(world: ValkeyWorld) -> None:
    name = world.store.person(person())
    await world.turn_done(wrote(message_id=None), replying(cases=(case("A", name),), entries=(entry("x"),)))
    await world.store.accept(wrote("still there?"))
    kept = {key: ttl for key, (_, ttl) in (await keys_of(world)).items() if name in key or key == "case:A"}
    assert set(kept) == {f"{kind}:{name}" for kind in ("person", "key", "transcript", "cases")} | {"case:A"}
    assert set(kept.values()) == {-1}
    closed = case("A", name, state=CaseState.CLOSED, closed_at=world.now, visibility=Visibility.ALL)
    await world.deed(person(), replying(cases=(closed,)))
    after = await keys_of(world)
    assert all(after[key][1] > 0 for key in kept)


async def test_questions_without_an_answer_end_with_the_first_whatever_comes_later(world: ValkeyWorld) -> None:
    name, asked = world.store.person(person()), Unanswered(text="?", locale="en", topic="", day=date(2027, 1, 15))
    await world.turn_done(wrote(), replying(unanswered=asked))
    key = world.valkey._server.keys.unanswered(name)
    async with world.valkey._server.reading() as client:
        assert 29 * 86_400 < await client.ttl(key) <= 30 * 86_400
        await client.expire(key, 700)
    await world.turn_done(wrote(), replying(unanswered=asked, cases=(case("A", name),)))
    async with world.valkey._server.reading() as client:
        assert await client.ttl(key) <= 700
        assert await client.llen(key) == 2


async def test_a_case_closed_longer_ago_than_data_is_kept_is_no_longer_the_persons(world: ValkeyWorld) -> None:
    name = world.store.person(person())
    closed = case("A", name, state=CaseState.CLOSED, closed_at=world.now)
    await world.turn_done(wrote(), replying(cases=(closed,)))
    world.now += 31 * 86_400
    await world.turn_done(wrote(), replying(cases=(case("B", name),)))
    async with world.valkey._server.reading() as client:
        assert await client.zrange(world.valkey._server.keys.cases(name), 0, -1) == [b"B"]


async def test_what_has_no_end_has_none_and_the_rest_has_one(world: ValkeyWorld) -> None:
    await everything(world)
    for key, (_, ttl) in (await keys_of(world)).items():
        lifetime = pattern_of(key).lifetime
        if lifetime == "none" or lifetime.startswith("entries until"):
            assert ttl == -1, key
        elif "retention" not in lifetime:
            assert ttl > 0, key


def test_the_page_shows_every_key() -> None:
    page = STORE_PAGE.read_text("utf-8")
    rows = {tuple(cell.strip().strip("`") for cell in line.strip("| \n").split(" | ")) for line in page.splitlines()}
    assert PATTERNS
    for pattern in PATTERNS:
        assert (pattern.name, pattern.type, pattern.lifetime, pattern.writer, pattern.holds) in rows, pattern.name
