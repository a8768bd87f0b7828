"""Takes the pictures of the documentation from the real console, of an invented hotline: `make pictures`.

A picture is a scene of `SCENES`: who looks at what, how wide, and what is done before the picture is taken. To add one,
add a line. Pictures are small: few colours, and no larger than what is to be seen.
"""

import asyncio
import io
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, Literal

import msgspec
from PIL import Image
from playwright.async_api import Page, async_playwright

from content.folder import load
from road.account import Role
from scripts.invented import Clock, fill
from store.memory import MemoryStore
from tests.app.browser.conftest import ARGUMENTS, CHROMIUM
from tests.app.browser.house import House, opened

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "docs" / "pictures"
COLOURS: Final = 128
HEIGHT: Final = 800

Do = Callable[[Page], Awaitable[object]]


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What is on a picture.

    Attributes:
        name: The file's, without ".png".
        path: The page.
        width: Of the window, in CSS pixels.
        part: A CSS selector of what is shown; "" for as much of the page as fits into the window.
        role: Who looks.
        locale: The language of their console.
        do: Done on the page before.
    """

    name: str
    path: str
    width: int = 1000
    height: int = HEIGHT
    part: str = ""
    role: Role = Role.SUPERVISOR
    locale: str = "en"
    theme: Literal["light", "dark"] = "light"
    do: Do | None = None


async def drawn(page: Page) -> None:
    """Waits for the charts."""
    await page.wait_for_selector("html[data-charts=drawn]")


async def taken(page: Page) -> None:
    """Takes over the first who waits."""
    await page.get_by_role("button", name="Begin duty").click()
    await page.get_by_text("On duty", exact=True).wait_for()
    await page.locator("#waiting-cases button").first.click()
    await page.wait_for_url("**/cases/*")


async def asking(page: Page) -> None:
    """Opens the questions with buttons."""
    await taken(page)
    await page.keyboard.press("Alt+b")
    await page.locator("#bridge-box[open]").wait_for()
    await page.locator("#bridge-box").evaluate("box => box.scrollIntoView()")


async def keys_listed(page: Page) -> None:
    """Opens the list of keys."""
    await page.keyboard.press("?")
    await page.locator("dialog[open]").wait_for()


SCENES: Final = (
    Scene(name="queue", path="/console", role=Role.OPERATOR),
    Scene(name="case", path="/console", role=Role.OPERATOR, do=taken, height=1000),
    Scene(name="case-phone", path="/console", role=Role.OPERATOR, do=taken, width=360, height=760, theme="dark"),
    Scene(name="questions", path="/console", role=Role.OPERATOR, do=asking),
    Scene(name="keys", path="/console", role=Role.OPERATOR, do=keys_listed, part="dialog"),
    Scene(name="now", path="/console/now", height=980),
    Scene(name="now-phone", path="/console/now", width=360, height=760, theme="dark"),
    Scene(name="statistics", path="/console/statistics", do=drawn, height=820),
    Scene(name="statistics-languages", path="/console/statistics", part="section:has(#languages-table)", do=drawn),
    Scene(name="statistics-times", path="/console/statistics", part="section:has(#times-table)", do=drawn),
    Scene(name="statistics-hours", path="/console/statistics", part="section:has(#hours-table)", do=drawn),
)


async def take(house: House, scene: Scene, folder: Path = FOLDER) -> Path:
    """Takes one picture."""
    viewport = {"width": scene.width, "height": scene.height}
    look = {"viewport": viewport, "color_scheme": scene.theme}
    page = await house.staff(f"{scene.role}-{scene.name}", scene.role, account_locale=scene.locale, **look)
    await page.goto(f"{house.url}{scene.path}")
    if scene.do:
        await scene.do(page)
    shown = page.locator(scene.part).first if scene.part else page
    path = folder / f"{scene.name}.png"
    Image.open(io.BytesIO(await shown.screenshot())).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    await page.context.close()
    return path


async def main(*names: str) -> None:
    """Takes the named pictures; all of them when none is named."""
    clock = Clock(time.time())
    store = MemoryStore(clock=clock)
    await fill(store, clock)
    FOLDER.mkdir(exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        async with opened(store, browser, load(ROOT / "content")) as house:
            for scene in SCENES:
                if not names or scene.name in names:
                    path = await take(house, scene)
                    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
