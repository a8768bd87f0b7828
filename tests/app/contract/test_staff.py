"""Sessions, words that count once, and the record of what staff does: the same promises from both stores."""

import asyncio

from msgspec.structs import replace

from road.account import Account, Role, SecondFactor
from road.audit import AuditEntry, AuditKind, days_back
from road.clock import day_of
from road.console import console_id
from tests.app.contract.world import EVERYBODY, NOON, World, entry, person, replying

ANNA = Account(name="anna", role=Role.OPERATOR, password_hash="$a")


async def test_an_account_sees_its_open_sessions_the_one_last_seen_first(world: World) -> None:
    await world.store.save_account(ANNA)
    await world.store.save_account(replace(ANNA, name="bela"))
    first = await world.store.open_console("anna", ttl_s=600, browser="Firefox, Android")
    world.now += 10
    second = await world.store.open_console("anna", ttl_s=600, browser="Chrome, Windows")
    await world.store.open_console("bela", ttl_s=600)
    consoles = await world.store.consoles("anna")
    assert [each.id for each in consoles] == [console_id(second), console_id(first)]
    assert [(each.browser, each.begun_at) for each in consoles] == [
        ("Chrome, Windows", NOON + 10),
        ("Firefox, Android", NOON),
    ]
    world.now += 60
    await world.store.console_account(first)
    assert [(each.id, each.seen_at) for each in await world.store.consoles("anna")] == [
        (console_id(first), NOON + 70),
        (console_id(second), NOON + 10),
    ]


async def test_a_session_is_ended_by_its_id_but_not_in_anothers_name(world: World) -> None:
    for name in ("anna", "bela"):
        await world.store.save_account(replace(ANNA, name=name))
    secret = await world.store.open_console("anna", ttl_s=600)
    await world.store.end_console("bela", console_id(secret))
    assert await world.store.console_account(secret) is not None
    await world.store.end_console("anna", console_id(secret))
    assert await world.store.console_account(secret) is None
    assert await world.store.consoles("anna") == []


async def test_sessions_of_an_old_password_and_closed_ones_are_not_listed(world: World) -> None:
    await world.store.save_account(ANNA)
    closed = await world.store.open_console("anna", ttl_s=600)
    await world.store.open_console("anna", ttl_s=600)
    await world.store.close_console(closed)
    assert len(await world.store.consoles("anna")) == 1
    await world.store.save_account(replace(ANNA, password_hash="$b"))
    assert await world.store.consoles("anna") == []


async def test_a_session_that_was_ended_is_not_brought_back_by_being_seen(world: World) -> None:
    await world.store.save_account(ANNA)
    secret = await world.store.open_console("anna", ttl_s=600)
    world.now += 120
    await asyncio.gather(world.store.console_account(secret), world.store.close_console(secret))
    assert await world.store.console_account(secret) is None


async def test_an_accounts_second_factor_is_kept(world: World) -> None:
    factor = SecondFactor(secret="JBSWY3DPEHPK3PXP", recovery=("a", "b"))
    await world.store.save_account(replace(ANNA, factor=factor))
    found = await world.store.find_account("anna")
    assert found is not None
    assert found.factor == factor


async def test_of_several_who_say_a_word_at_once_one_is_the_first(world: World) -> None:
    said = await asyncio.gather(*(world.store.spend("totp:anna:1", ttl_s=90) for _ in range(8)))
    assert sorted(said) == [False] * 7 + [True]
    assert await world.store.spend("totp:anna:2", ttl_s=90)


async def test_the_record_gives_a_day_by_kind_in_order(world: World) -> None:
    today, yesterday = days_back(day_of(NOON), 2)
    look = AuditEntry(at=NOON, kind=AuditKind.LOOK, by="anna", case_id="A")
    reveal = AuditEntry(at=NOON - 1, kind=AuditKind.REVEAL, by="eva", case_id="A", why="police asked")
    older = replace(look, at=NOON - 86_400)
    for each in (look, reveal, older):
        await world.store.note(each)
    assert await world.store.audited([today], tuple(AuditKind)) == [reveal, look]
    assert await world.store.audited([today], (AuditKind.LOOK,)) == [look]
    assert await world.store.audited([yesterday], (AuditKind.LOOK,)) == [older]
    assert await world.store.audited([yesterday], (AuditKind.REVEAL,)) == []
    assert await world.store.audited([today, yesterday], (AuditKind.LOOK,)) == [older, look]


async def test_what_is_noted_under_one_word_is_one_entry(world: World) -> None:
    look = AuditEntry(at=NOON, kind=AuditKind.LOOK, by="anna", case_id="A")
    await asyncio.gather(*(world.store.note(look, once="look:anna:A:1") for _ in range(5)))
    await world.store.note(replace(look, at=NOON + 900), once="look:anna:A:2")
    assert len(await world.store.audited([day_of(NOON)], (AuditKind.LOOK,))) == 2


async def test_a_form_that_is_sent_twice_is_written_once(world: World) -> None:
    answer = replying(None, "hello", entries=(entry("hello"),), once="anna:answer:f00")
    assert not await world.store.is_written("anna:answer:f00")
    await world.deed(person(), answer)
    await world.deed(person(), replying(None, "something else"))
    await world.deed(person(), answer)
    assert await world.store.is_written("anna:answer:f00")
    assert await world.said() == ["hello", "something else"]
    assert len(await world.store.transcript(world.store.person(person()), EVERYBODY)) == 1


async def test_two_of_the_same_form_at_the_same_moment_are_written_once(world: World) -> None:
    await world.deed(person(), replying())
    remembered = await world.load(person())
    answer = replying(None, "hello", once="anna:answer:f00")
    await asyncio.gather(*(world.store.change(remembered, answer) for _ in range(3)))
    assert await world.said() == ["hello"]
