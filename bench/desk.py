"""(f) The desk with 10,000 open cases and 200 operators on duty, in the running product.

Pages, claims and consoles go over HTTP as browsers do; messages come by the webhook, the stub sees calls to staff.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from typing import Final

import msgspec

from bench.consoles import PATIENCE_S, WON, Console, consoles, listening
from bench.crowd import CASES, OPERATORS, case_id, gather, operators, put, supervisors
from bench.figures import Desk, percentiles_ms
from bench.load import send_at
from bench.product import running
from bench.program import BenchFailed
from bench.question import Message, Question, Supply, questions
from bench.road import Webhook, webhook
from bench.scale import Scale
from bench.stub import Stub
from bench.trial import BUSY_PER_S, Say
from content.folder import load
from hotline.training import ROOT
from road.account import Account
from road.settings import Settings
from store.connect import connect
from store.interface import Store
from web.presence import BEAT_S
from web.session import PATH

PAGES: Final = 100
NOW: Final = f"{PATH}/now"
VISITS: Final = 10
CLAIMS: Final = 100
CONSOLES: Final = 50
NEW_CASES: Final = 10
CALLS: Final = 10
ROUNDS: Final = 5
BETWEEN_S: Final = 1.5
STAFF_CHAT: Final = -1009000001
DANGER: Final = Question("uk", "emergency_immediate_danger", "на нас нападають")
FIRST_DANGER: Final = 800_000_000


async def measure(say: Say) -> Desk:
    """Fills a hotline's desk and works at it."""
    say("starting")
    topics = load(ROOT / "content").topics
    supply = Supply([question for question in questions() if not topics[question.topic].critical])
    async with Stub() as stub, running(stub, {"HOTLINE_STAFF_CHATS_NOW": str(STAFF_CHAT)}) as product:
        store, staff = connect(Settings(data_dir=product.folder)), operators()
        try:
            say(f"filling with {CASES} cases")
            filled_s = await gather(store, staff)
            url = f"http://127.0.0.1:{product.web_port}"
            async with (
                _there(store, staff),
                consoles(store, staff, url) as opened,
                consoles(store, supervisors(), url) as leads,
            ):
                quiet = await _quiet(store, opened, say) | {"quiet_now_ms": await _now_ms(leads)}
                async with listening(opened[:CONSOLES]), webhook(product, stub) as way, _flowing(way, supply):
                    busy = await _busy(store, opened, stub, way, say) | {"busy_now_ms": await _now_ms(leads)}
                    web_mb = Scale(product.pids()).memory_mb("web")
            counts = {"cases": CASES, "operators": OPERATORS, "consoles": CONSOLES}
            return msgspec.convert({**counts, "filled_s": filled_s, "web_mb": web_mb, **quiet, **busy}, Desk)
        finally:
            await store.close()


async def _quiet(store: Store, opened: Sequence[Console], say: Say) -> dict[str, object]:
    say("queue pages and claims, nothing else going on")
    page_ms, claim_ms = await _pages_ms(opened), await _claims_ms(opened, first=OPERATORS * 4)
    say(f"{OPERATORS} claim one case, {ROUNDS} rounds")
    return {"quiet_page_ms": page_ms, "quiet_claim_ms": claim_ms, **await _crowd(store, opened)}


async def _busy(store: Store, opened: Sequence[Console], stub: Stub, way: Webhook, say: Say) -> dict[str, object]:
    say(f"{CONSOLES} consoles open, {BUSY_PER_S:g} messages/s: new cases")
    seen_s, unseen = await _new_cases(store, opened[:CONSOLES])
    say("the same: pages and claims")
    page_ms, claim_ms = await _pages_ms(opened), await _claims_ms(opened, first=OPERATORS * 10)
    say("the same: calls to staff")
    called_s = await _calls(stub, way)
    return {
        "seen_p95_ms": percentiles_ms(seen_s)[1], "unseen": unseen, "busy_page_ms": page_ms,
        "busy_claim_ms": claim_ms, "called_s": max(called_s),
    }  # fmt: skip


@asynccontextmanager
async def _there(store: Store, staff: Sequence[Account]) -> AsyncIterator[None]:
    """Says that all operators are there, as their streams would."""

    async def say_so() -> None:
        while True:
            await store.be_present([account.name for account in staff])
            await asyncio.sleep(BEAT_S)

    saying = asyncio.create_task(say_so())
    try:
        yield
    finally:
        saying.cancel()
        await asyncio.gather(saying, return_exceptions=True)


@asynccontextmanager
async def _flowing(way: Webhook, supply: Supply) -> AsyncIterator[None]:
    """Messages at the busy rate for the length of the block."""

    async def send() -> None:
        while True:
            await send_at(BUSY_PER_S, supply.take(round(BUSY_PER_S)), way.send, way.watch)

    sending = asyncio.create_task(send())
    try:
        yield
        if sending.done():
            raise BenchFailed(f"the messages ceased: {sending.exception()}")
    finally:
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


async def _pages_ms(opened: Sequence[Console]) -> float:
    """p95 of the queue pages of different operators, one after the other."""
    return percentiles_ms([await _took_s(console.page()) for console in opened[:PAGES]])[1]


async def _now_ms(leads: Sequence[Console]) -> float:
    """p95 of the supervisors' pages of this moment, one after the other."""
    return percentiles_ms([await _took_s(lead.page(NOW)) for _ in range(VISITS) for lead in leads])[1]


async def _took_s(page: Awaitable[str]) -> float:
    began = time.perf_counter()
    await page
    return time.perf_counter() - began


async def _claims_ms(opened: Sequence[Console], *, first: int) -> float:
    """p95 of claims of different cases by different operators, one after the other."""
    took = []
    for number, console in enumerate(opened[:CLAIMS]):
        began = time.perf_counter()
        if (status := await console.claim(case_id(first + number))) != WON:
            raise BenchFailed(f"the claim of {case_id(first + number)} was answered {status}")
        took.append(time.perf_counter() - began)
    return percentiles_ms(took)[1]


async def _crowd(store: Store, opened: Sequence[Console]) -> dict[str, object]:
    """All claim the same case: how long until everybody had an answer, how many won, round by round."""
    took, winners, away = [], [], 0
    for number in range(ROUNDS):
        name = f"WANTED-{number}"
        await put(store, 2 * CASES + number, name, critical=True)
        began = time.perf_counter()
        answers = await asyncio.gather(*(console.claim(name) for console in opened))
        took.append(time.perf_counter() - began)
        winners.append(answers.count(WON))
        away += answers.count(503)
    return {"crowd_s": max(took), "crowd_winners": winners, "crowd_turned_away": away}


async def _new_cases(store: Store, opened: Sequence[Console]) -> tuple[list[float], int]:
    """For each new critical case, how long until the slowest console showed it; and how often one never did."""
    slowest, unseen = [], 0
    for number in range(NEW_CASES):
        name = f"FRESH-{number}"
        watching = [asyncio.create_task(console.sees(name)) for console in opened]
        await asyncio.sleep(BETWEEN_S)
        began = time.perf_counter()
        await put(store, 3 * CASES + number, name, critical=True)
        seen = await asyncio.gather(*watching, return_exceptions=True)
        moments = [moment for moment in seen if isinstance(moment, float)]
        unseen += len(seen) - len(moments)
        slowest.append(max(moments) - began if len(moments) == len(seen) else PATIENCE_S)
    return slowest, unseen


async def _calls(stub: Stub, way: Webhook) -> list[float]:
    """From a message about danger at the webhook to the first call to staff at Telegram, one after the other."""
    answered, took = stub.on_sent, []
    for number in range(CALLS):
        called = asyncio.Event()
        stub.on_sent = lambda chat, called=called: called.set() if chat == STAFF_CHAT else answered(chat)  # type: ignore[misc]
        began = time.perf_counter()
        await way.send(Message(FIRST_DANGER + number, DANGER))
        async with asyncio.timeout(30):
            await called.wait()
        took.append(time.perf_counter() - began)
        await asyncio.sleep(BETWEEN_S)
    return took
