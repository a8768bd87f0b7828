"""Takes the pictures of the documentation from the real console, of an invented hotline: `make pictures`.

A picture is a scene of `SCENES`: who looks at what, how wide, and what is done before the picture is taken. To add one,
add a line; those of the editors' desk stand in `scripts/desk_scenes.py`. Pictures are small: few colours, and no larger
than what is to be seen.
"""

import asyncio
import io
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from content.folder import load
from content.live import LiveContent
from road.account import Role
from scripts import invented_desk
from scripts.desk_scenes import DESK_SCENES
from scripts.invented import Clock, fill
from scripts.scene import Scene
from store.memory import MemoryStore
from tests.app.browser.conftest import ARGUMENTS, CHROMIUM
from tests.app.browser.house import HASH, House, opened

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "docs" / "pictures"
CONTENT: Final = ROOT / "content"
COLOURS: Final = 128


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
    *DESK_SCENES,
)


async def take(house: House, scene: Scene, folder: Path = FOLDER) -> Path:
    """Takes one picture."""
    viewport = {"width": scene.width, "height": scene.height}
    look = {"viewport": viewport, "color_scheme": scene.theme, "locale": "en-GB"}
    page = await house.staff(scene.who or f"{scene.role}-{scene.name}", scene.role, account_locale=scene.locale, **look)
    await page.goto(f"{house.url}{scene.path}")
    if scene.do:
        await scene.do(page)
    shown = page.locator(scene.part).first if scene.part else page
    path = folder / f"{scene.name}.png"
    Image.open(io.BytesIO(await shown.screenshot())).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    await page.context.close()
    return path


@asynccontextmanager
async def console(browser: Browser) -> AsyncIterator[House]:
    """A house full of people who wait and colleagues who answer."""
    clock = Clock(time.time())
    store = MemoryStore(clock=clock)
    await fill(store, clock)
    async with opened(store, browser, load(CONTENT)) as house:
        yield house


@asynccontextmanager
async def desk(browser: Browser) -> AsyncIterator[House]:
    """A house whose editors work on a copy of the content, in a folder of its own."""
    with tempfile.TemporaryDirectory() as room:
        folder, data_dir, now = Path(room) / "content", Path(room) / "data", time.time()
        invented_desk.furnish(CONTENT, folder, data_dir, now)
        store = MemoryStore()
        await invented_desk.staff(store, HASH)
        await invented_desk.asked_in_vain(store, now)
        dirs = {"content_dir": folder, "data_dir": data_dir, "questions_dir": Path(room) / "questions"}
        async with opened(store, browser, LiveContent(data_dir).now, **dirs) as house:
            yield house


async def main(*names: str) -> None:
    """Takes the named pictures; all of them when none is named."""
    FOLDER.mkdir(exist_ok=True)
    wanted = [scene for scene in SCENES if not names or scene.name in names]
    houses = {
        console: [scene for scene in wanted if scene.role != Role.EDITOR],
        desk: [scene for scene in wanted if scene.role == Role.EDITOR],
    }
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for house_of, scenes in houses.items():
            if scenes:
                async with house_of(browser) as house:
                    for scene in scenes:
                        path = await take(house, scene)
                        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
