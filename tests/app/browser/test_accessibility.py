"""axe finds nothing on any page, light and dark, at 360 and 1440 px, and none is wider than its window.

`PAGES` names them all; a page that is added to the routes and not to the table fails.
"""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final, NamedTuple

import pytest
import pytest_asyncio
from msgspec.structs import replace
from playwright.async_api import Browser, Page, ViewportSize, expect
from starlette.routing import Route

from content.content import Content
from road.account import Role
from scripts.invented import Clock, fill
from store.memory import MemoryStore
from tests.app.browser.axe import has_nothing
from tests.app.browser.house import PASSWORD, PHONE, House, opened, shot
from tests.app.browser.many_cases import ENDLESS, open_many
from tests.app.browser.test_console_pages import hotline, writes
from tests.app.unit.web_stage import Stage
from web.second_factor import recovery_codes, with_factor

pytestmark = pytest.mark.asyncio(loop_scope="session")

WIDE: Final[ViewportSize] = {"width": 1440, "height": 900}
SCHEMES: Final = ("light", "dark")
SECRET: Final = "JBSWY3DPEHPK3PXP"

NO_PAGES: Final = {
    "/healthz", "/chat/replies", "/console/events", "/console/step", "/console/me/factor.svg", "/static/{name:path}",
    "/console/statistics/{name:str}.csv", "/console/files/{case}/{file}",
}  # fmt: skip
"""Addresses of what is no page: answers for scripts and machines, files, pictures."""

EDITORS: Final = "/console/content"
"""Editors' pages need a folder of content: tests with `editors_house` walk them."""

Steps = Callable[[Page, House], Awaitable[object]]


class Visit(NamedTuple):
    """A page, in one of its states.

    Attributes:
        route: As the site has it.
        address: Where that is; "" for the route itself.
        then: What is done there before somebody looks.
        role: Of whoever looks; None for somebody who has not logged in.
        status: Of the answer.
    """

    route: str
    address: str = ""
    then: Steps | None = None
    role: Role | None = Role.ADMINISTRATOR
    status: int = 200


async def _keys(page: Page, _house: House) -> None:
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_be_visible()


async def _menu(page: Page, _house: House) -> None:
    await page.locator(".me summary").click()


async def _looked(page: Page, house: House) -> None:
    for path in ("cases/MINE", "cases/CLOSED", "audit"):
        await page.goto(f"{house.url}/console/{path}")
    await expect(page.locator("#record tbody tr")).to_have_count(2)


async def _drawn(page: Page, _house: House) -> None:
    await expect(page.locator("html")).to_have_attribute("data-charts", "drawn")


async def _revealed(page: Page, _house: House) -> None:
    await _reveal(page, "The police asked, a life is in danger")


async def _asked_why(page: Page, _house: House) -> None:
    await page.locator("#why").evaluate("field => field.removeAttribute('minlength')")
    await _reveal(page, "why not")


async def _reveal(page: Page, why: str) -> None:
    await page.locator("#reveal summary").click()
    await page.locator("#why").fill(why)
    await page.locator("#reveal button").click()
    await page.wait_for_url("**/identity")


async def _refused(page: Page, _house: House) -> None:
    await page.locator("#closing summary").click()
    await page.locator("#outcome").select_option("answered")
    await page.locator("#closing button").click()
    await expect(page.locator("#notice [role=alert]")).to_be_visible()


async def _code(page: Page, house: House) -> None:
    account = await house.store.find_account("boss")
    assert account is not None
    await house.store.save_account(replace(account, factor=with_factor(SECRET, recovery_codes())))
    await _logs_in(page, PASSWORD)
    await expect(page.locator("[autocomplete=one-time-code]")).to_be_visible()


async def _wrong(page: Page, _house: House) -> None:
    await _logs_in(page, "wrong")
    await expect(page.get_by_role("alert")).to_be_visible()


async def _logs_in(page: Page, password: str) -> None:
    await page.locator("#name").fill("boss")
    await page.locator("#password").fill(password)
    await page.locator("main button").click()


async def _talk(page: Page, house: House) -> None:
    house.script = hotline
    await writes(page, f"he beats me {ENDLESS}")
    await expect(page.locator(".theirs")).to_have_count(1)


CASE: Final = "/console/cases/{case}"
PAGES: Final = {
    "queue": Visit("/console"),
    "queue-of-an-operator": Visit("/console", role=Role.OPERATOR),
    "keys": Visit("/console", then=_keys),
    "menu": Visit("/console", then=_menu),
    "case-waiting": Visit(CASE, "/console/cases/WAITING"),
    "case-mine": Visit(CASE, "/console/cases/MINE"),
    "case-mine-answer": Visit(CASE, "/console/cases/MINE?find=a&topic=tp_eligibility"),
    "case-mine-prepared": Visit(CASE, "/console/cases/MINE?prepared=greeting&name=Anna"),
    "case-refused": Visit(CASE, "/console/cases/MINE", then=_refused),
    "case-silent": Visit(CASE, "/console/cases/SILENT"),
    "case-of-a-colleague": Visit(CASE, "/console/cases/THEIRS"),
    "case-closed": Visit(CASE, "/console/cases/CLOSED"),
    "identity": Visit(CASE, "/console/cases/MINE", then=_revealed),
    "identity-asked-why": Visit(CASE, "/console/cases/MINE", then=_asked_why),
    "end-of-duty": Visit("/console/duty"),
    "now": Visit("/console/now"),
    "statistics": Visit("/console/statistics", then=_drawn),
    "record": Visit("/console/audit", then=_looked),
    "accounts": Visit("/console/accounts"),
    "account-edited": Visit("/console/accounts", "/console/accounts?edit=boss"),
    "me": Visit("/console/me"),
    "second-factor": Visit("/console/me/factor"),
    "login": Visit("/console/login", role=None),
    "login-wrong": Visit("/console/login", then=_wrong, role=None),
    "code": Visit("/console/login", then=_code, role=None),
    "link": Visit("/console/enter", "/console/enter?key=x", role=None),
    "chat": Visit("/", then=_talk, role=None),
    "chat-arabic": Visit("/", "/?locale=ar", role=None),
    "not-found": Visit("/nowhere", role=None, status=404),
    "forbidden": Visit("/console/accounts", role=Role.OPERATOR, status=403),
}
"""Pages by the name of their pictures."""


@pytest_asyncio.fixture(loop_scope="session")
async def full(browser: Browser, content: Content) -> AsyncIterator[House]:
    """A house with an invented past, and cases in every state in the hands of "boss"."""
    clock = Clock(time.time())
    store = MemoryStore(clock=clock)
    await fill(store, clock)
    await open_many(store, clock.now, "boss")
    async with opened(store, browser, content) as house:
        yield house


async def at(house: House, visit: Visit) -> Page:
    """Somebody of the visit's role, where it leads."""
    if visit.role is None:
        await house.staff("boss", Role.ADMINISTRATOR, account_locale="hu")
        page = await house.page(locale="hu")
    else:
        page = await house.staff("boss", visit.role, account_locale="hu")
    answer = await page.goto(f"{house.url}{visit.address or visit.route}")
    assert answer is not None
    assert answer.status == visit.status
    if visit.then:
        await visit.then(page, house)
    return page


@pytest.mark.parametrize("name", PAGES)
async def test_a_page_is_accessible_and_fits(full: House, name: str) -> None:
    page = await at(full, PAGES[name])
    await page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
    for viewport in (WIDE, PHONE):
        await page.set_viewport_size(viewport)
        where = f"{name}-{viewport['width']}"
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            await shot(page, f"{where}-{scheme}", full_page=True)
            await has_nothing(page, f"{where} {scheme}")
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{where}: sticks out"


async def test_every_page_stands_in_the_table(content: Content) -> None:
    paths = {
        each.path for each in Stage(content).app.routes if isinstance(each, Route) and "GET" in (each.methods or ())
    }
    pages = {path for path in paths - NO_PAGES if not path.startswith(EDITORS)}
    assert len(pages) > 10
    assert pages - {visit.route for visit in PAGES.values()} == set()
