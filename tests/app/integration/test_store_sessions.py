"""A console's session is asked for with every page: what that costs the store."""

from typing import Any

import pytest
from msgspec.structs import replace

from road.account import Account, Role
from store import consoles
from tests.app.contract.world import ValkeyWorld

ANNA = Account(name="anna", role=Role.OPERATOR, password_hash="$")


@pytest.fixture
async def session(world: ValkeyWorld) -> str:
    await world.store.save_account(ANNA)
    return await world.store.open_console("anna", ttl_s=3600)


@pytest.fixture
def questions(world: ValkeyWorld, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Commands that were sent."""
    client, sent = world.store._server._client, list[str]()
    execute = client.execute_command

    async def counted(name: str, *arguments: Any, **options: Any) -> Any:
        sent.append(name)
        return await execute(name, *arguments, **options)

    monkeypatch.setattr(client, "execute_command", counted)
    return sent


async def test_whoever_was_seen_before_is_found_with_one_question(
    world: ValkeyWorld, session: str, questions: list[str]
) -> None:
    await world.store.console_account(session)
    questions.clear()
    assert await world.store.console_account(session) == ANNA
    assert questions == ["EVALSHA"]


async def test_what_has_changed_in_the_account_is_seen_at_once(world: ValkeyWorld, session: str) -> None:
    await world.store.console_account(session)
    await world.store.save_account(replace(ANNA, role=Role.SUPERVISOR))
    assert await world.store.console_account(session) == replace(ANNA, role=Role.SUPERVISOR)
    await world.store.save_account(replace(ANNA, password_hash="%"))
    assert await world.store.console_account(session) is None


async def test_sessions_that_are_no_longer_known_are_found_all_the_same(
    world: ValkeyWorld, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consoles, "KNOWN_OWNERS", 1)
    other = await world.store.open_console("anna", ttl_s=3600)
    for each in (session, other, session):
        assert await world.store.console_account(each) == ANNA
