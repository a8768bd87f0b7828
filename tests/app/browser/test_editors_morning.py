"""An editor's morning: a translation that is behind, a colleague on the same text, facts, publishing, back again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from actions.route import route
from actions.scene import Scene
from content.live import LiveContent
from road.account import Role
from road.clock import system_clock
from road.outcome import Outcome
from road.session import Remembered
from road.turn import Turn
from road.understanding import Candidate, Understanding
from tests.app.browser.axe import is_clean
from tests.app.browser.house import DESK, PHONE, House, shot

pytestmark = pytest.mark.asyncio(loop_scope="session")

DESK_PATH = "/console/content"
TOPIC, GROUP = "hungarian_course", "education_work"
ADDED = "يمكن للأطفال أن يأتوا معكم."
"""Children may come with you."""


def hotline(data_dir: Path) -> Callable[[Turn, Remembered], Outcome]:
    """Decides as the worker does, on what is published; every message is about the topic."""
    live = LiveContent(data_dir)

    def script(turn: Turn, remembered: Remembered) -> Outcome:
        live.now()
        live.settle()
        meaning = Understanding(ranking=(Candidate(TOPIC, 0.97),), locale="ar", locale_confidence=0.99)
        scene = Scene(remembered=remembered, understanding=meaning, now=system_clock(), fresh_id="MORN-2345")
        return route(turn, scene, live.now())

    return script


def goes_stale(folder: Path) -> None:
    """Somebody has added a sentence to the English text."""
    english = folder / f"answers/en/{GROUP}/{TOPIC}.md"
    english.write_text(english.read_text().rstrip("\n") + "\n\nChildren may come with you.\n")


async def pictured(page: Page, name: str) -> None:
    """In both themes and widths, with nothing for axe to find."""
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        await is_clean(page, f"{name} {scheme}")
        for size in (DESK, PHONE):
            await page.set_viewport_size(size)
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, size)
            await shot(page, f"morning-{name}-{scheme}-{size['width']}")
    await page.set_viewport_size(DESK)
    await page.emulate_media(color_scheme="light")


async def finds_the_stale_translation(editor: Page) -> None:
    await editor.get_by_label("How it stands").select_option("stale")
    await editor.get_by_role("checkbox", name="Arabic").check()
    await editor.get_by_role("button", name="Show").click()
    await pictured(editor, "overview")
    await editor.locator(".matrix tbody a").first.click()
    await expect(editor.locator(".CodeMirror-rtl")).to_be_visible()
    await expect(editor.locator("ins").first).to_contain_text("Children may come with you.")


async def types(editor: Page, words: str) -> None:
    await editor.locator(".CodeMirror").click()
    await editor.keyboard.press("Control+End")
    await editor.keyboard.insert_text(words)


async def says_that_it_is_right(editor: Page) -> None:
    await editor.get_by_label("The translation says what today").check()
    await editor.get_by_label("I have checked this text").check()
    await editor.get_by_role("button", name="Save", exact=True).click()


async def confirms(editor: Page, url: str, count: int) -> None:
    await editor.goto(f"{url}{DESK_PATH}/values/confirm")
    for number in range(count):
        await expect(editor.locator(".value-card:visible")).to_have_count(1)
        await editor.keyboard.press("123"[number % 3])
    await expect(editor.locator("#sent")).to_have_text(f"Saved {count} of {count}", timeout=120_000)


async def asks(person: Page, count: int) -> str:
    """What the hotline answers to the person's next message."""
    await person.get_by_role("textbox").fill("أين أتعلم المجرية؟")
    await person.keyboard.press("Enter")
    await expect(person.locator(".message:not(.mine)")).to_have_count(count)
    return await person.locator(".message:not(.mine)").last.inner_text()


async def test_a_morning(editors_house: House, tmp_path: Path) -> None:
    house = editors_house
    house.script = hotline(tmp_path / "data")
    goes_stale(tmp_path / "content")
    person = await house.person("ar")
    assert ADDED not in await asks(person, 1)

    ilona = await house.staff("ilona", Role.EDITOR)
    await finds_the_stale_translation(ilona)
    bela = await house.staff("bela", Role.EDITOR)
    await bela.goto(ilona.url)
    await expect(bela.locator(".CodeMirror-rtl")).to_be_visible()

    await types(ilona, f"\n\n{ADDED}")
    preview = ilona.locator("#preview .telegram")
    await expect(preview.locator(".bubble").first).to_contain_text(ADDED)
    assert await preview.get_attribute("dir") == "rtl"
    await pictured(ilona, "answer")
    await says_that_it_is_right(ilona)
    await expect(ilona.locator("#notice")).to_contain_text("Saved")

    await types(bela, f"\n\n{ADDED} مجانًا.")
    await says_that_it_is_right(bela)
    await expect(bela.locator(".conflict")).to_contain_text("ilona saved it")
    await pictured(bela, "conflict")
    await bela.get_by_role("button", name="Take theirs").click()

    await confirms(ilona, house.url, 4)

    await ilona.get_by_role("link", name="Publish", exact=True).click()
    await expect(ilona.locator("main")).to_contain_text("Children may come with you.")
    await pictured(ilona, "publish")
    await ilona.get_by_label("Why? (for the history)").fill("children may come")
    await ilona.get_by_role("button", name="Publish").click()
    await expect(ilona.get_by_role("status")).to_contain_text("Published")
    assert ADDED in await asks(person, 2)

    await ilona.get_by_role("link", name="Go back to this").first.click()
    await ilona.get_by_label("Why? (for the history)").fill("it was not agreed")
    await ilona.get_by_role("button", name="Go back to this").click()
    await expect(ilona.locator(".history > li").first).to_contain_text("it was not agreed")
    assert ADDED not in await asks(person, 3)
