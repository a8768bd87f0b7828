"""What axe finds on a page, and whether the page fits a small phone."""

from typing import Final

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from tests.app.browser.house import DESK, PHONE, shot

RULES: Final = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


async def has_nothing(page: Page, where: str) -> None:
    """Axe finds nothing on the page as it is."""
    found = await Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{where}:\n{found.generate_report()}"


async def is_clean(page: Page, where: str) -> None:
    """Nor with everything unfolded."""
    await page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    await has_nothing(page, where)


async def is_narrow(page: Page, where: str) -> None:
    """The page is no wider than a small phone."""
    await page.set_viewport_size(PHONE)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{where}: wider than 360 px"
    await shot(page, f"axe-{where}-360".replace("/", "-").replace("?", "-"))
    await page.set_viewport_size(DESK)
