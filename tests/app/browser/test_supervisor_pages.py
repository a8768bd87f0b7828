"""A supervisor's hour in a real browser: what is going on now, and the numbers over time."""

import csv
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, expect

from content.content import Content
from road.account import Role
from scripts.invented import Clock, fill
from store.memory import MemoryStore
from tests.app.browser.house import PHONE, House, opened, shot
from tests.app.browser.test_console_pages import hotline, writes

pytestmark = pytest.mark.asyncio(loop_scope="session")

WIDE: ViewportSize = {"width": 1440, "height": 900}
INK = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((inked, value, index) => inked + (index % 4 === 3 && value > 0), 0);
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def busy(browser: Browser, content: Content) -> AsyncIterator[House]:
    """A house with an invented past and present."""
    clock = Clock(time.time())
    store = MemoryStore(clock=clock)
    await fill(store, clock)
    async with opened(store, browser, content) as house:
        yield house


async def pictured(page: Page, name: str) -> None:
    """Both themes and both widths; nothing sticks out."""
    for width, viewport in (("1440", WIDE), ("360", PHONE)):
        await page.set_viewport_size(viewport)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        for theme in ("light", "dark"):
            await page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            await shot(page, f"{name}-{width}-{theme}")


async def test_the_page_of_this_moment_is_kept_current_by_the_stream(house: House) -> None:
    house.script = hotline
    boss, anna = await house.staff("boss", Role.SUPERVISOR), await house.staff("anna")
    await boss.get_by_role("link", name="Now").click()
    await expect(boss.locator("#tile-waiting-value")).to_have_text("0")
    await expect(boss.locator("#tile-duty-value")).to_have_text("0")
    await anna.get_by_role("button", name="Begin duty").click()
    await expect(boss.locator("#tile-duty-value")).to_have_text("1")
    await writes(await house.person("uk"), "хочу поговорити з людиною")
    await expect(boss.locator("#tile-waiting-value")).to_have_text("1")
    await expect(boss.locator("#languages-list")).to_contain_text("Ukrainian")
    await anna.get_by_role("button", name="Take over").click()
    await expect(boss.locator("#tile-waiting-value")).to_have_text("0")
    await expect(boss.locator("#staff-list")).to_contain_text("anna 1 of 5")


async def test_this_moment_is_read_at_any_width(busy: House) -> None:
    boss = await busy.staff("boss", Role.SUPERVISOR, account_locale="hu")
    await boss.goto(f"{busy.url}/console/now")
    await expect(boss.locator("#tile-calls")).to_have_class("tile danger")
    await pictured(boss, "now")


async def test_numbers_over_time_are_drawn_told_and_taken_away(busy: House, tmp_path: Path) -> None:
    boss = await busy.staff("boss", Role.SUPERVISOR)
    await boss.get_by_role("link", name="Statistics").click()
    await boss.get_by_role("link", name="Last 7 days").click()
    await expect(boss.locator("html")).to_have_attribute("data-charts", "drawn")
    canvases = boss.locator("canvas")
    inked = [await canvases.nth(number).evaluate(INK) for number in range(await canvases.count())]
    assert len(inked) == 8
    assert min(inked) > 1000, "a chart is empty"
    await expect(boss.locator("#languages-table")).to_contain_text("not shown")

    async with boss.expect_download() as coming:
        await boss.get_by_role("link", name="Download (CSV): By language").click()
    download = await coming.value
    await download.save_as(tmp_path / "file.csv")
    assert download.suggested_filename.startswith("hotline-languages-")
    with (tmp_path / "file.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    shown = await boss.locator("#languages-table tbody tr").first.locator("th, td").all_inner_texts()
    assert rows[1] == [cell.replace(",", "") for cell in shown]
    await pictured(boss, "statistics")
    await boss.locator("section:has(#languages-table)").scroll_into_view_if_needed()
    await shot(boss, "statistics-languages-360-dark")
