"""A house: the site served on a free port, a store, a scripted worker, and whoever visits it with a real browser."""

import asyncio
import os
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from playwright.async_api import Browser, ConsoleMessage, Page, ViewportSize

from content.content import Content
from road.account import Account, Role
from road.clock import system_clock
from road.outcome import Outcome
from road.session import Remembered
from road.settings import Settings
from road.turn import Turn
from store.interface import Store
from tests.app.browser.worker import Script, echo, work
from web.server import run_web

PASSWORD = "correct horse battery"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
NOWHERE = dict.fromkeys(("content_dir", "data_dir", "questions_dir"), Path(os.devnull))
SHOTS = os.environ.get("SCREENSHOTS", "")
PHONE: ViewportSize = {"width": 360, "height": 720}
DESK: ViewportSize = {"width": 1280, "height": 800}


@dataclass
class House:
    """What a test of the pages works with."""

    store: Store
    browser: Browser
    url: str
    visits: AsyncExitStack
    faults: list[str] = field(default_factory=list)
    script: Script = echo

    def decide(self, turn: Turn, remembered: Remembered) -> Outcome:
        """What the script says now."""
        return self.script(turn, remembered)

    async def person(self, locale: str = "en", **more: Any) -> Page:
        """Somebody at the chat page, with a phone."""
        page = await self.page(viewport=PHONE, locale=locale, **more)
        await page.goto(self.url)
        return page

    async def staff(self, name: str, role: Role = Role.OPERATOR, **more: Any) -> Page:
        """A member of staff at the console, come in by a one-time link."""
        locale, skills = more.pop("account_locale", "en"), more.pop("skills", {})
        account = Account(name=name, role=role, password_hash=HASH, locale=locale, **skills)
        await self.store.save_account(account)
        page = await self.page(**{"viewport": DESK, **more})
        key = await self.store.make_login_link(name, ttl_s=60)
        await page.goto(f"{self.url}/console/enter?key={key}")
        await page.get_by_role("button").click()
        await page.wait_for_url(re.compile(r"/console(/content)?$"))
        return page

    async def page(self, **options: Any) -> Page:
        """A page of a browser profile of its own, whose faults are noted."""
        context = await self.browser.new_context(**options)
        self.visits.push_async_callback(context.close)
        page = await context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._note)
        return page

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(message.text)


async def shot(page: Page, name: str, **more: Any) -> None:
    """A picture for people to look at, when somebody has said where to put it."""
    if SHOTS:
        await page.screenshot(path=Path(SHOTS) / f"{name}.png", **more)


@asynccontextmanager
async def opened(
    store: Store, browser: Browser, content: Content | Callable[[], Content], **wanted: Any
) -> AsyncIterator[House]:
    """A house, until the end of the block; faults of its pages' scripts fail the test.

    Args:
        content: What is live, or what says it.
        wanted: Settings other than those of a house whose content nobody edits.
    """
    settings, stop = Settings(**{"port": free_port(), "undo_s": 0, **NOWHERE, **wanted}), asyncio.Event()
    live = content if callable(content) else lambda: content
    async with AsyncExitStack() as visits:
        house = House(store, browser, f"http://{settings.host}:{settings.port}", visits)
        serving = asyncio.create_task(run_web(settings, store, live, stop, clock=system_clock))
        working = asyncio.create_task(work(store, house.decide))
        try:
            await _answers(settings)
            yield house
        finally:
            await visits.aclose()
            working.cancel()
            stop.set()
            await asyncio.wait_for(serving, 60)
            with suppress(asyncio.CancelledError):
                await working
    assert house.faults == [], house.faults


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


async def _answers(settings: Settings) -> None:
    """Returns when the port is listened on."""
    async with asyncio.timeout(60):
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection(settings.host, settings.port)
                writer.close()
                await writer.wait_closed()
                return
            await asyncio.sleep(0.01)
