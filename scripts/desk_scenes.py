"""The pictures of the editors' desk, for docs/editors.md."""

from functools import partial
from typing import Final
from urllib.parse import urljoin

from playwright.async_api import Page

from road.account import Role
from scripts.invented_desk import COLLEAGUE, EDITOR, TOPIC
from scripts.scene import Scene
from tests.app.browser.house import PASSWORD

DESK: Final = "/console/content"
EMERGENCY: Final = f"{DESK}/answers/en/emergency_immediate_danger?form=now"

editors = partial(Scene, role=Role.EDITOR, who=EDITOR)


async def date_typed(page: Page) -> None:
    """Types the new date, and looks at what changes."""
    await page.get_by_label("Value").fill("2028-03-04")
    await page.get_by_role("button", name="See what changes").click()
    await page.locator(".touched").first.wait_for()


async def editing(page: Page) -> None:
    """Waits for the editor's chips."""
    await page.locator(".CodeMirror .chip").first.wait_for()


async def writes(page: Page, words: str, *keys: str) -> None:
    """Adds words to an English answer, where the keys lead to."""
    await editing(page)
    await page.locator(".CodeMirror").click()
    for key in keys:
        await page.keyboard.press(key)
    await page.keyboard.type(f" {words}")
    await page.get_by_role("radio", name="Only a correction").check()


async def saved(page: Page) -> None:
    """Saves it."""
    await page.get_by_role("button", name="Save", exact=True).click()


async def colleague(page: Page, path: str) -> Page:
    """The same page as a colleague sees it, in a browser of their own."""
    assert page.context.browser
    theirs = await (await page.context.browser.new_context()).new_page()
    await theirs.goto(urljoin(page.url, "/console/login"))
    await theirs.get_by_label("Name").fill(COLLEAGUE)
    await theirs.get_by_label("Password").fill(PASSWORD)
    await theirs.get_by_role("button", name="Log in").click()
    await theirs.wait_for_url("**/console/content")
    await theirs.goto(urljoin(page.url, path))
    return theirs


async def conflict(page: Page) -> None:
    """Saves what a colleague has saved meanwhile."""
    await writes(page, "Ask us if you are not sure.", "Control+Home", "End")
    theirs = await colleague(page, page.url)
    await writes(theirs, "It is free.", "Control+End")
    await saved(theirs)
    await theirs.locator("#notice").wait_for()
    await theirs.context.close()
    await saved(page)
    await page.locator(".conflict").wait_for()
    await page.locator(".conflict").evaluate("box => box.scrollIntoView()")


async def to_hours(page: Page) -> None:
    """Scrolls to the opening hours."""
    await page.locator("fieldset.hours").evaluate("box => box.scrollIntoView()")


async def shown_in_ukrainian(page: Page) -> None:
    """Looks at the notice in Ukrainian."""
    await page.locator("#locale_shown").select_option("uk")
    await page.locator("#seen .telegram[lang=uk]").wait_for()


async def asked_to_look(page: Page) -> None:
    """A colleague changes what people in danger read, and asks for a second pair of eyes."""
    theirs = await colleague(page, EMERGENCY)
    await writes(theirs, "Stay on the line.", "Control+End")
    await saved(theirs)
    await theirs.locator("#notice").wait_for()
    await theirs.goto(urljoin(page.url, f"{DESK}/publish"))
    await theirs.get_by_label("Why? (for the history)").fill("plainer words")
    await theirs.get_by_role("button", name="Ask a colleague to look").click()
    await theirs.get_by_role("button", name="Withdraw my request").wait_for()
    await theirs.context.close()
    await page.reload()
    await page.locator("#whom").evaluate("box => box.scrollIntoView()")


DESK_SCENES: Final = (
    editors(name="editors-overview", path=DESK),
    editors(name="editors-date", path=f"{DESK}/values/fact/tp_valid_until", do=date_typed),
    editors(name="editors-answer", path=f"{DESK}/answers/uk/{TOPIC}", do=editing, width=1100, height=1180),
    editors(name="editors-confirm", path=f"{DESK}/values/confirm", height=680),
    editors(
        name="editors-hours", path=f"{DESK}/values/place/oif_harmat", part="fieldset.hours", do=to_hours, width=1280
    ),
    editors(name="editors-notice", path=f"{DESK}/notices/oif_closed", part="section.panel", do=shown_in_ukrainian),
    editors(name="editors-questions", path=f"{DESK}/questions", height=900),
    editors(name="editors-try", path=f"{DESK}/try?topic={TOPIC}&locale=en", height=1000),
    editors(name="editors-history", path=f"{DESK}/publish/history", height=600),
    editors(name="editors-languages", path=f"{DESK}/languages", height=900),
    editors(name="editors-conflict", path=f"{DESK}/answers/en/tp_newborn", do=conflict, height=700),
    editors(name="editors-second", path=f"{DESK}/publish", do=asked_to_look),
)
"""In this order: the last ones change the folder."""
