"""The board: consoles of a process share one stream of events, and one snapshot of the desk between two of them."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

import pytest

from content.content import Content
from road.case import Visibility
from road.errors import StoreUnavailable
from store.interface import LISTENING, DeskEvent
from tests.app.unit.web_stage import FOCAL, Stage
from web import board as board_module
from web.board import Board

EVERYBODY = (Visibility.ALL,)
FOCAL_POINT = (Visibility.ALL, Visibility.FOCAL)


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


@pytest.fixture
def board(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Board:
    monkeypatch.setattr(board_module, "GATHER_S", 0.01)
    made: Board = stage.app.state.site.board
    return made


async def one_by_one(board: Board, visibilities: tuple[Visibility, ...]) -> AsyncGenerator[DeskEvent, None]:
    async with aclosing(board.events(visibilities)) as tellings:
        async for events in tellings:
            for event in events:
                yield event


async def listening(board: Board, *visibilities: Visibility) -> AsyncGenerator[DeskEvent, None]:
    events = one_by_one(board, visibilities or EVERYBODY)
    assert await soon(events) == LISTENING
    return events


async def soon(events: AsyncIterator[DeskEvent]) -> DeskEvent:
    return await asyncio.wait_for(anext(events), 60)


async def test_between_two_events_the_store_is_asked_once(
    stage: Stage, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Counter[str] = Counter()
    lines = stage.store.lines

    async def counted() -> Any:
        asked["lines"] += 1
        return await lines()

    monkeypatch.setattr(stage.store, "lines", counted)
    events = await listening(board)
    asked_twice = await asyncio.gather(board.snapshot().lines(), board.snapshot().lines())
    assert tuple(asked_twice) == ({}, {})
    assert asked["lines"] == 1
    await stage.person_waits(1)
    assert (await soon(events)).kind == "opened"
    assert await board.snapshot().lines() == {"all:uk:": 1}
    assert asked["lines"] == 2
    await events.aclose()


async def test_what_was_read_is_kept_until_consoles_are_told_of_something_new(
    stage: Stage, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = await listening(board)
    await stage.person_waits(1)
    assert (await soon(events)).kind == "opened"
    monkeypatch.setattr(board_module, "GATHER_S", 3600)
    board._told_at = dict.fromkeys(board._told_at, asyncio.get_running_loop().time())
    assert await board.snapshot().lines() == {"all:uk:": 1}
    await stage.person_waits(2)
    board._heard(DeskEvent(kind="opened", case_id="CASE2", visibility=Visibility.ALL))
    assert await board.snapshot().lines() == {"all:uk:": 1}
    board._tell()
    assert await board.snapshot().lines() == {"all:uk:": 2}
    assert (await soon(events)).case_id == "CASE2"
    await events.aclose()


async def test_while_nobody_listens_nothing_is_kept(stage: Stage, board: Board) -> None:
    assert await board.snapshot().lines() == {}
    await stage.person_waits(1)
    assert await board.snapshot().lines() == {"all:uk:": 1}
    events = await listening(board)
    await events.aclose()
    await stage.person_waits(2)
    assert await board.snapshot().lines() == {"all:uk:": 2}


async def test_own_deeds_are_seen_before_their_event_has_come(stage: Stage, board: Board) -> None:
    events = await listening(board)
    assert await board.snapshot().lines() == {}
    await stage.person_waits(1)
    board.changed()
    assert await board.snapshot().lines() == {"all:uk:": 1}
    await events.aclose()


async def test_each_reader_hears_what_it_may_see_and_a_repeated_event_once(stage: Stage, board: Board) -> None:
    operator, focal = await listening(board), await listening(board, *FOCAL_POINT)
    await stage.person_waits(1, visibility=FOCAL)
    await stage.person_waits(2)
    await stage.changes("CASE2", minor=True)
    await stage.changes("CASE2", minor=False)
    await stage.person_waits(3)
    heard = [await soon(focal) for _ in range(4)]
    assert [(event.kind, event.case_id) for event in heard] == [
        ("opened", "CASE1"), ("opened", "CASE2"), ("changed", "CASE2"), ("opened", "CASE3"),
    ]  # fmt: skip
    assert [(await soon(operator)).case_id for _ in range(3)] == ["CASE2", "CASE2", "CASE3"]
    for events in (operator, focal):
        await events.aclose()


async def test_what_happens_inside_cases_does_not_make_a_new_case_wait(
    stage: Stage, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = await listening(board)
    await stage.person_waits(1)
    assert (await soon(events)).kind == "opened"
    monkeypatch.setattr(board_module, "GATHER_S", 3600)
    board._told_at[False] = asyncio.get_running_loop().time()
    board._told_at[True] = -3600.0
    await stage.changes("CASE1", minor=True)
    await stage.person_waits(2)
    assert {(await soon(events)).kind, (await soon(events)).kind} == {"changed", "opened"}
    await events.aclose()


async def test_readers_end_when_the_store_no_longer_tells_and_may_come_back(
    stage: Stage, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell, broken = stage.store.events, asyncio.Event()

    async def breaking(visibilities: Any) -> AsyncIterator[DeskEvent]:
        yield LISTENING
        await broken.wait()
        raise StoreUnavailable("gone")

    monkeypatch.setattr(stage.store, "events", breaking)
    readers = [await listening(board), await listening(board)]
    broken.set()
    for events in readers:
        with pytest.raises(StopAsyncIteration):
            await soon(events)
    monkeypatch.setattr(stage.store, "events", tell)
    again = await listening(board)
    await stage.person_waits(1)
    assert (await soon(again)).case_id == "CASE1"
    await again.aclose()


async def test_a_reader_that_has_fallen_behind_is_cut_off_and_others_are_not(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, board: Board
) -> None:
    monkeypatch.setattr(board_module, "BEHIND", 2)
    slow = await listening(board)
    monkeypatch.setattr(board_module, "BEHIND", 9)
    quick = await listening(board)
    for number in (1, 2, 3):
        await stage.person_waits(number)
        assert (await soon(quick)).case_id == f"CASE{number}"
    with pytest.raises(StopAsyncIteration):
        await soon(slow)
    await quick.aclose()


async def test_a_question_that_failed_is_asked_again(
    stage: Stage, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, failures = stage.store.lines, [StoreUnavailable("gone")]

    async def first_gone() -> Any:
        if failures:
            raise failures.pop()
        return await lines()

    monkeypatch.setattr(stage.store, "lines", first_gone)
    events = await listening(board)
    with pytest.raises(StoreUnavailable):
        await board.snapshot().lines()
    assert await board.snapshot().lines() == {}
    await events.aclose()
