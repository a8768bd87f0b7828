"""A busy desk: operators at work, and thousands of people who wait, put into a running hotline's store."""

import asyncio
import random
import time
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from desk import transitions
from road.account import Account, Role
from road.case import Case, CaseState
from road.locale import LOCALES
from road.outcome import Outcome
from road.session import Remembered, Session
from road.turn import Address, Channel
from store.interface import Store

OPERATORS: Final = 200
SUPERVISORS: Final = 5
CASES: Final = 10_000
HELD_EACH: Final = 3
CRITICAL: Final = 20
AT_ONCE: Final = 24
"""Fewer than a store has connections."""

FIRST_CHAT: Final = 900_000_000
GROUPS: Final = ("daily_life", "health", "education_work", "protection", "support")
SEED: Final = 7


def operators() -> list[Account]:
    """Each knows three languages, all subjects, and may hold more than they are given here and win in the crowd."""
    return [
        Account(
            name=f"op{number}",
            role=Role.OPERATOR,
            password_hash="$",
            locales=tuple(LOCALES[(number + step) % len(LOCALES)] for step in (0, 1, 5)),
            capacity=HELD_EACH + 10,
        )
        for number in range(OPERATORS)
    ]


def supervisors() -> list[Account]:
    """They look on, and are not on duty."""
    return [Account(name=f"lead{number}", role=Role.SUPERVISOR, password_hash="$") for number in range(SUPERVISORS)]


async def gather(store: Store, staff: Sequence[Account], cases: int = CASES) -> float:
    """Puts everybody on duty and the cases into the queue; the seconds it took."""
    began = time.perf_counter()
    for account in (*staff, *supervisors()):
        await store.save_account(account)
    for account in staff:
        await store.set_duty(account.name, on=True)
    waiting = iter(range(cases))
    async with asyncio.TaskGroup() as together:
        for _ in range(AT_ONCE):
            together.create_task(_put(store, waiting, staff))
    return time.perf_counter() - began


async def _put(store: Store, numbers: Iterator[int], staff: Sequence[Account]) -> None:
    for number in numbers:
        holder = staff[number % OPERATORS].name if number < HELD_EACH * OPERATORS else ""
        await put(store, number, case_id(number), holder=holder, critical=number >= CASES - CRITICAL)


async def put(store: Store, number: int, name: str, *, holder: str = "", critical: bool = False) -> None:
    """One more person with a case."""
    address = Address(Channel.TELEGRAM, str(FIRST_CHAT + number))
    person = store.person(address)
    case = _case(number, name, person, critical=critical, now=time.time())
    if holder:
        case = transitions.claimed(case, at=time.time(), by=holder)
        case = transitions.answered(case, at=time.time(), by=holder)
    session = Session(address=address, locale=case.locale, greeted=True)
    nobody = Remembered(person=person, version=0, session=None)
    await store.change(nobody, Outcome(session=session, cases=(case,)))


def case_id(number: int) -> str:
    """Of a person of the crowd."""
    return f"CROWD-{number:05}"


def _case(number: int, name: str, person: str, *, critical: bool, now: float) -> Case:
    """Came in the last three hours, one a second; was told its place in the last two minutes, as all who wait are."""
    opened = transitions.opened(
        Case(
            id=name,
            person=person,
            state=CaseState.WAITING,
            opened_at=now - number % CASES,
            locale=LOCALES[number % len(LOCALES)],
            group=GROUPS[number % len(GROUPS)],
            raised=number % 10 == 0,
            critical=critical,
        )
    )
    return replace(opened, told_at=now - random.Random(SEED + number).uniform(0, 120))
