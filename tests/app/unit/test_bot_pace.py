"""How fast messages leave, on a clock of the tests' own."""

import asyncio
import heapq

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pace import CHAT_BURST, Bucket, Gate, Pace, overall_bucket
from road.reply import Lane
from road.turn import Address, Channel

CHAT = Address(Channel.TELEGRAM, "501")
OTHER = Address(Channel.TELEGRAM, "502")


def test_a_chat_gets_three_at_once_and_then_one_a_second():
    pace, now, sent = Pace(), 100.0, []
    for _ in range(6):
        now += pace.wait_s(CHAT, now)
        pace.spend(CHAT, now)
        sent.append(now)
    assert sent == pytest.approx([100, 100, 100, 101, 102, 103])
    assert CHAT_BURST == 3


def test_one_chat_does_not_slow_another():
    pace = Pace()
    for _ in range(9):
        pace.spend(CHAT, 100.0)
    assert pace.wait_s(CHAT, 100.0) > 5
    assert pace.wait_s(OTHER, 100.0) == 0


def test_chats_that_rested_are_forgotten_without_a_difference():
    pace = Pace()
    for number in range(25_000):
        pace.spend(Address(Channel.TELEGRAM, str(number)), float(number))
    assert len(pace._buckets) < 15_000
    assert pace.wait_s(Address(Channel.TELEGRAM, "24999"), 24_999.0) == 0


@given(st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=200))
def test_no_second_ever_has_more_than_rate_and_burst(pauses):
    bucket, now, sent = overall_bucket(25), 50.0, []
    for pause in pauses:
        now = max(now + pause / 20, bucket.ready_at())
        bucket.spend(now)
        sent.append(now)
    assert all(sum(start <= at < start + 0.999 for at in sent) <= 30 for start in sent)


class Hand:
    """A clock that is turned by hand."""

    def __init__(self):
        self.now = 0.0
        self._calls = []

    def call_at(self, at, call):
        heapq.heappush(self._calls, (at, id(call), call))

    async def turn(self, seconds):
        end = self.now + seconds
        while self._calls and self._calls[0][0] <= end:
            self.now, _, call = heapq.heappop(self._calls)
            call()
            await settle()
        self.now = end
        await settle()


async def settle():
    for _ in range(5):
        await asyncio.sleep(0)


def gate(hand, rate, *, burst=1, slots=1000):
    return Gate(Bucket(rate, burst), slots=slots, clock=lambda: hand.now, call_at=hand.call_at)


async def enter_all(door, lanes, entered):
    async def enter(number, lane):
        await door.enter(lane)
        entered.append((number, lane))

    tasks = [asyncio.create_task(enter(number, lane)) for number, lane in enumerate(lanes)]
    await settle()
    return tasks


async def test_the_best_lane_goes_first_and_within_it_the_oldest():
    hand, entered = Hand(), []
    door = gate(hand, rate=10)
    lanes = [Lane.BROADCAST, Lane.BROADCAST, Lane.ANSWER, Lane.URGENT, Lane.OPERATOR, Lane.URGENT]
    await enter_all(door, lanes, entered)
    await hand.turn(10)
    assert [number for number, _ in entered] == [0, 3, 5, 4, 2, 1]


async def test_the_rate_holds_over_all():
    hand, entered = Hand(), []
    door = gate(hand, rate=25, burst=5)
    await enter_all(door, [Lane.ANSWER] * 100, entered)
    assert len(entered) == 5
    await hand.turn(1.001)
    assert len(entered) == 30


async def test_only_so_many_are_inside_at_once():
    hand, entered = Hand(), []
    door = gate(hand, rate=1000, burst=1000, slots=2)
    await enter_all(door, [Lane.ANSWER] * 5, entered)
    assert len(entered) == 2
    door.leave()
    await settle()
    assert len(entered) == 3


async def test_whoever_gives_up_waiting_takes_nobodys_place():
    hand, entered = Hand(), []
    door = gate(hand, rate=1000, burst=1000, slots=1)
    tasks = await enter_all(door, [Lane.ANSWER] * 3, entered)
    tasks[1].cancel()
    await settle()
    door.leave()
    await settle()
    assert [number for number, _ in entered] == [0, 2]


async def test_whoever_is_cancelled_at_the_door_gives_the_place_back():
    hand, entered = Hand(), []
    door = gate(hand, rate=1000, burst=1000, slots=1)
    tasks = await enter_all(door, [Lane.ANSWER] * 3, entered)
    door.leave()
    tasks[1].cancel()  # it was let in, and has not run yet
    await settle()
    assert [number for number, _ in entered] == [0, 2]
