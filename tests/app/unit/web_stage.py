"""The site on a store in this process, and browsers without windows that visit it."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from argon2 import PasswordHasher
from msgspec.structs import replace
from starlette.applications import Starlette

from content.content import Content
from desk import transitions
from road.account import Account, Role
from road.case import Author, Case, CaseState, Entry, Visibility
from road.outcome import Outcome
from road.session import Session
from road.settings import Settings
from road.turn import Address, Channel
from store.memory import MemoryStore
from web.app import create_app
from web.session import Visitor

NOW = 1_795_310_000.0
PASSWORD = "correct horse battery"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
WHERE = "http://hotline.test"
NOWHERE = Path(os.devnull)
"""Where a site finds no content folder that a test could change by mistake; editors' tests name their own."""


@dataclass
class Stage:
    """A site at a time that the test sets."""

    content: Content
    settings: Settings = field(
        default_factory=lambda: Settings(undo_s=0, content_dir=NOWHERE, data_dir=NOWHERE, questions_dir=NOWHERE)
    )
    now: float = NOW

    def __post_init__(self) -> None:
        self.store = MemoryStore(clock=lambda: self.now)
        self.app: Starlette = create_app(self.settings, self.store, lambda: self.content, lambda: self.now)

    def browser(self, **more: Any) -> httpx.AsyncClient:
        """One that keeps its own cookies and follows no redirect by itself."""
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=WHERE, **more)

    async def account(self, name: str, role: Role = Role.OPERATOR, **more: Any) -> Account:
        account = Account(name=name, role=role, password_hash=HASH, **more)
        await self.store.save_account(account)
        return account

    async def at_console(self, name: str, role: Role = Role.OPERATOR) -> "Operator":
        """A member of staff who has logged in."""
        visitor = Visitor(await self.account(name, role), await self.store.open_console(name, ttl_s=3600))
        browser = self.browser()
        browser.cookies.set("hotline_console", visitor.secret, domain="hotline.test", path="/console")
        return Operator(browser, visitor)

    async def person_waits(self, number: int, *entries: Entry, **more: Any) -> Case:
        """A person with a case that waits."""
        address = Address(Channel.TELEGRAM, str(700_000_000 + number))
        remembered = await self.store.load(self.store.person(address))
        case = Case(
            **{
                "id": f"CASE{number}",
                "person": remembered.person,
                "state": CaseState.WAITING,
                "opened_at": self.now - 240,
                "locale": "uk",
                **more,
            }
        )
        session = remembered.session or Session(address=address, locale=case.locale)
        await self.store.change(
            remembered, Outcome(session=session, cases=(transitions.opened(case),), entries=entries)
        )
        return case

    async def changes(self, case_id: str, **more: Any) -> None:
        """Something else changes the case."""
        found = await self.store.find_case(case_id)
        assert found is not None
        case, remembered = found
        assert remembered.session is not None
        await self.store.change(remembered, Outcome(session=remembered.session, cases=(replace(case, **more),)))

    async def case(self, case_id: str) -> Case:
        found = await self.store.find_case(case_id)
        assert found is not None
        return found[0]


@dataclass
class Operator:
    """A browser with a session of the console."""

    browser: httpx.AsyncClient
    visitor: Visitor

    async def sees(self, path: str = "/console") -> httpx.Response:
        return await self.browser.get(path)

    async def does(self, path: str, **fields: str) -> httpx.Response:
        return await self.browser.post(f"/console/{path}", data={"token": self.visitor.token, **fields})


def wrote(text: str, *, at: float = NOW - 200, **more: Any) -> Entry:
    return Entry(at=at, author=Author.PERSON, text=text, **more)


FOCAL = Visibility.FOCAL
