"""axe finds nothing on any page, light and dark, in English and Hungarian; and no page is wider than a small phone."""

import pytest
from axe_playwright_python.async_playwright import Axe
from msgspec.structs import replace
from playwright.async_api import Page, expect

from road.account import Role
from road.care import CallBack, Care, Given, Referral, Unsent
from road.outcome import Outcome
from tests.app.browser.house import DESK, PHONE, House, shot
from tests.app.browser.test_console_pages import cases, hotline, writes

pytestmark = pytest.mark.asyncio(loop_scope="session")

ARABIC = "أين يمكنني النوم الليلة؟ 112"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


async def is_clean(page: Page, where: str) -> None:
    """With everything unfolded."""
    await page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = await Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{where}:\n{found.generate_report()}"


async def is_narrow(page: Page, where: str) -> None:
    await page.set_viewport_size(PHONE)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{where}: wider than 360 px"
    await shot(page, f"axe-{where}-360".replace("/", "-").replace("?", "-"))
    await page.set_viewport_size(DESK)


async def arabic_danger(house: House) -> None:
    """A critical case of somebody who writes Arabic."""
    house.script = hotline
    person = await house.person("ar")
    await writes(person, "he beats me")
    await writes(person, ARABIC)
    await expect(person.locator(".mine")).to_have_count(2)
    await is_clean(person, "chat")


async def with_care(house: House, name: str) -> None:
    """Everything that can stand in a case."""
    found = await house.store.find_case(name)
    assert found is not None
    case, remembered = found
    assert remembered.session is not None
    given = (Given(at=case.opened_at, phone="+36201234567"), Given(at=case.opened_at, lat=47.4979, lon=19.0402))
    call = CallBack(number="+36201234567", due_at=case.opened_at)
    referred = (Referral(at=case.opened_at, to="Shelter", agreed=True, asked="chat", by="boss"),)
    unsent = Unsent(by="boss", text="one moment", send_at=case.opened_at + 9999)
    care = Care(given=given, call_back=call, referrals=referred, unsent=unsent)
    cared = replace(case, care=care, minor_suggested=True, alarm=True)
    await house.store.change(remembered, Outcome(session=remembered.session, cases=(cared,)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en", "hu"])
async def test_axe_finds_nothing_on_any_page(house: House, locale: str, scheme: str) -> None:
    await arabic_danger(house)
    boss = await house.staff("boss", Role.ADMINISTRATOR, account_locale=locale, color_scheme=scheme)
    await boss.locator("#duty button").click()
    await expect(cases(boss)).to_have_count(1)
    await is_clean(boss, "queue")
    await cases(boss).get_by_role("button").first.click()
    await boss.locator("#answer").fill("نعم")
    await boss.keyboard.press("Control+Enter")
    await expect(boss.locator("#transcript")).to_contain_text("نعم")
    name = boss.url.rpartition("/")[2]
    await with_care(house, name)
    for path in (f"/cases/{name}", f"/cases/{name}?find=a&topic=tp_eligibility", "", "/duty", "/accounts", "/nowhere"):
        await boss.goto(f"{house.url}/console{path}")
        await is_clean(boss, f"{path} {locale} {scheme}")
        await is_narrow(boss, f"{path.rpartition('/')[2][:4]}-{locale}-{scheme}")
    await boss.goto(f"{house.url}/console")
    await boss.keyboard.press("?")
    await expect(boss.get_by_role("dialog")).to_be_visible()
    await is_clean(boss, f"keys {locale} {scheme}")
    await shot(boss, f"keys-{locale}-{scheme}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_where_nobody_is_logged_in(house: House, scheme: str) -> None:
    await house.staff("anna")
    key = await house.store.make_login_link("anna", ttl_s=60)
    for path in ("/console/login", f"/console/enter?key={key}", "/?locale=ar", "/?locale=hu", "/nowhere"):
        page = await house.page(locale="hu", color_scheme=scheme)
        await page.goto(f"{house.url}{path}")
        await is_clean(page, f"{path} {scheme}")
        await is_narrow(page, path[1:12])
