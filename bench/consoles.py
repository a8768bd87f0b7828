"""Operators' browsers without windows: each listens to its event stream and loads its page as console.js does."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

import aiohttp

from bench.program import BenchFailed
from road.account import Account
from store.interface import Store
from web.session import COOKIE, PATH, SESSION_S, Visitor

GATHER_S: Final = 0.03
"""How long console.js waits for the other events of a deed (GATHER_MS)."""

NEWS: Final = frozenset({"listening", "opened", "alarm", "duty"})
"""Events after which console.js loads any page; others count where the page shows their case."""

PATIENCE_S: Final = 10.0

KEPT_OPEN_S: Final = 3.0
"""Connections that nobody uses: closed before the server does (uvicorn: 5 s), which a post may meet half-way."""

WON: Final = 303


class Console:
    """One operator's."""

    def __init__(self, visitor: Visitor, session: aiohttp.ClientSession, url: str) -> None:
        self._visitor, self._session, self._url = visitor, session, url
        self._stale = asyncio.Event()
        self._awaited: dict[str, asyncio.Future[float]] = {}
        self._shown = ""

    @property
    def _headers(self) -> dict[str, str]:
        return {"Cookie": f"{COOKIE}={self._visitor.secret}"}

    async def page(self, path: str = PATH) -> str:
        """The queue page, or another one."""
        async with self._session.get(f"{self._url}{path}", headers=self._headers, allow_redirects=False) as answer:
            if answer.status != 200:
                raise BenchFailed(f"{path} answered {answer.status}")
            return await answer.text()

    async def claim(self, case_id: str) -> int:
        """The answer's status: `WON`, 409 for who came later, 503 for who was turned away."""
        url, form = f"{self._url}{PATH}/cases/{case_id}/claim", {"token": self._visitor.token}
        async with self._session.post(url, data=form, headers=self._headers, allow_redirects=False) as answer:
            await answer.read()
            if answer.status not in (WON, 409, 503):
                raise BenchFailed(f"a claim was answered {answer.status}")
            return answer.status

    async def sees(self, case_id: str) -> float:
        """When the case stands on the page, on the bench's clock.

        Raises:
            TimeoutError: It did not come.
        """
        self._awaited[case_id] = asyncio.get_running_loop().create_future()
        async with asyncio.timeout(PATIENCE_S):
            return await self._awaited[case_id]

    async def listen(self, listening: asyncio.Event) -> None:
        """Reads the stream for as long as the console is open."""
        url, timeout = f"{self._url}{PATH}/events", aiohttp.ClientTimeout(total=None)
        async with self._session.get(url, headers=self._headers, timeout=timeout) as stream:
            async for line in stream.content:
                if line.startswith(b"data:"):
                    listening.set()
                    self._hear(json.loads(line.removeprefix(b"data:")))
        raise BenchFailed("a console's stream has ended")

    async def keep_current(self) -> None:
        """Loads the page again after events."""
        while True:
            await self._stale.wait()
            await asyncio.sleep(GATHER_S)
            self._stale.clear()
            self._look(await self.page())

    def _hear(self, events: list[dict[str, str]]) -> None:
        if any(event["kind"] in NEWS or f'data-case="{event["case"]}"' in self._shown for event in events):
            self._stale.set()

    def _look(self, page: str) -> None:
        self._shown = page
        for case_id, seen in self._awaited.items():
            if not seen.done() and f"case-{case_id}" in page:
                seen.set_result(time.perf_counter())


@asynccontextmanager
async def consoles(store: Store, staff: Sequence[Account], url: str) -> AsyncIterator[list[Console]]:
    """A console with a session for each account; no stream is open yet."""
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT_OPEN_S)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
        secrets = [await store.open_console(account.name, ttl_s=SESSION_S) for account in staff]
        visitors = [Visitor(account, secret) for account, secret in zip(staff, secrets, strict=True)]
        yield [Console(visitor, session, url) for visitor in visitors]


@asynccontextmanager
async def listening(opened: Sequence[Console]) -> AsyncIterator[None]:
    """The consoles' streams are open for the length of the block."""
    ready = [asyncio.Event() for _ in opened]
    tasks = [asyncio.create_task(each.listen(event)) for each, event in zip(opened, ready, strict=True)]
    tasks += [asyncio.create_task(each.keep_current()) for each in opened]
    try:
        async with asyncio.timeout(PATIENCE_S):
            await asyncio.gather(*(event.wait() for event in ready))
        yield
        if failed := [task.exception() for task in tasks if task.done()]:
            raise BenchFailed(f"{len(failed)} consoles failed: {failed[0]}")
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
