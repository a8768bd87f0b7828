"""The console's stream: it tells each account only what it may know, and ends when it should."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.requests import Request

from content.content import Content
from road.account import Role
from road.errors import StoreUnavailable
from store.interface import PRESENT_S
from tests.app.unit.web_stage import FOCAL, Operator, Stage
from web import desk_stream
from web.desk_stream import desk_events


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


def listening(stage: Stage, operator: Operator) -> AsyncIterator[Any]:
    cookie = f"hotline_console={operator.visitor.secret}".encode()
    scope = {"type": "http", "app": stage.app, "headers": [(b"cookie", cookie)]}
    return desk_events(Request(scope), operator.visitor)


async def begun(events: AsyncIterator[Any]) -> "asyncio.Task[Any]":
    """The next event of a stream that listens already."""
    first = json.loads((await asyncio.wait_for(anext(events), 60)).data)
    assert [event["kind"] for event in first] == ["listening"]
    return asyncio.ensure_future(anext(events))


async def test_a_new_case_is_told_without_any_text(stage: Stage) -> None:
    coming = await begun(listening(stage, await stage.at_console("anna")))
    await stage.person_waits(1)
    event = await asyncio.wait_for(coming, 60)
    assert json.loads(event.data) == [{"kind": "opened", "case": "CASE1"}]


async def test_a_focal_case_reaches_only_focal_streams(stage: Stage) -> None:
    operator = listening(stage, await stage.at_console("anna", Role.SUPERVISOR))
    focal = listening(stage, await stage.at_console("fatima", Role.FOCAL))
    comings = [await begun(operator), await begun(focal)]
    await stage.person_waits(1, visibility=FOCAL)
    await stage.person_waits(2)
    first_events = [json.loads((await asyncio.wait_for(coming, 60)).data)[0]["case"] for coming in comings]
    assert first_events == ["CASE2", "CASE1"]


async def test_a_stream_ends_with_its_session(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_stream, "CHECK_S", 0.01)
    anna = await stage.at_console("anna")
    coming = await begun(listening(stage, anna))
    await anna.does("logout")
    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(coming, 60)


async def test_a_stream_ends_when_the_role_changes(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_stream, "CHECK_S", 0.01)
    coming = await begun(listening(stage, await stage.at_console("fatima", Role.FOCAL)))
    await stage.account("fatima", Role.EDITOR)
    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(coming, 60)


async def test_a_stream_ends_with_the_process(stage: Stage) -> None:
    coming = await begun(listening(stage, await stage.at_console("anna")))
    stage.app.state.site.stop.set()
    with pytest.raises(StopAsyncIteration):
        await asyncio.wait_for(coming, 60)


async def test_an_open_console_keeps_its_account_there(stage: Stage) -> None:
    events = listening(stage, await stage.at_console("anna"))
    await stage.store.set_duty("anna", on=True)
    here = stage.app.state.site.presence
    reading = await begun(events)
    stage.now += PRESENT_S - 1
    await here.say()
    stage.now += PRESENT_S - 1
    assert (await stage.store.roster()).names == ["anna"]
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    stage.now += 2
    await here.say()
    assert (await stage.store.roster()).names == []


async def test_of_two_streams_one_is_enough_to_be_there(stage: Stage) -> None:
    await stage.at_console("anna")
    await stage.store.set_duty("anna", on=True)
    here = stage.app.state.site.presence
    with here.present("anna"):
        with here.present("anna"):
            pass
        stage.now += PRESENT_S + 1
        await here.say()
    assert (await stage.store.roster()).names == ["anna"]


async def test_presence_is_told_again_once_the_store_is_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.at_console("anna")
    await stage.store.set_duty("anna", on=True)
    be_present, refusals = stage.store.be_present, [StoreUnavailable("gone")]

    async def first_gone(accounts: list[str]) -> None:
        if refusals:
            raise refusals.pop()
        await be_present(accounts)

    monkeypatch.setattr(stage.store, "be_present", first_gone)
    here = stage.app.state.site.presence
    with here.present("anna"):
        stage.now += PRESENT_S + 1
        await here.say()
        assert (await stage.store.roster()).names == []
        await here.say()
    assert (await stage.store.roster()).names == ["anna"]
    assert "StoreUnavailable" in caplog.text


async def test_a_web_process_is_alive_while_it_runs_and_not_after(stage: Stage) -> None:
    here, stop = stage.app.state.site.presence, asyncio.Event()
    await here.say()
    assert [name.partition(":")[0] for name in await stage.store.alive()] == ["web"]
    stop.set()
    await here.keep(stop)
    assert await stage.store.alive() == []
