"""An editor's page of an answer in a real browser: chips, checks and preview while typing, and nothing lost."""

from pathlib import Path

import pytest
from playwright.async_api import Page, ViewportSize, expect

from road.account import Role
from tests.app.browser.axe import is_clean
from tests.app.browser.house import DESK, PHONE, House, shot

pytestmark = pytest.mark.asyncio(loop_scope="session")

ANSWERS = "/console/content/answers"
TOPIC = "tp_validity_extension"
WIDE: ViewportSize = {"width": 1280, "height": 2400}
TALL: ViewportSize = {"width": 360, "height": 4200}
TEXT = "document.querySelector('.CodeMirror').CodeMirror.getValue()"


async def opens(house: House, locale: str, topic: str = TOPIC, **more: str) -> Page:
    editor = await house.staff("ilona", Role.EDITOR, **more)
    await editor.goto(f"{house.url}{ANSWERS}/{locale}/{topic}")
    await expect(editor.locator(".CodeMirror")).to_be_visible()
    return editor


async def to_end(editor: Page) -> None:
    await editor.locator(".CodeMirror").click()
    await editor.keyboard.press("Control+End")


async def test_placeholders_are_chips_that_go_as_one(editors_house: House) -> None:
    editor = await opens(editors_house, "uk")
    before = await editor.evaluate(TEXT)
    chips = editor.locator(".CodeMirror .chip")
    assert await chips.count() == before.count("{{")
    await to_end(editor)
    await editor.keyboard.press("Control+Space")
    await editor.get_by_role("combobox").fill("tp_valid_until")
    await expect(editor.locator("#found [role=option]").first).to_contain_text("2027")
    await editor.keyboard.press("Enter")
    assert await editor.evaluate(TEXT) == before + "{{ fact.tp_valid_until }}"
    await expect(chips).to_have_count(before.count("{{") + 1)
    await editor.keyboard.press("Backspace")
    assert await editor.evaluate(TEXT) == before


async def test_checks_and_preview_follow_what_is_typed(editors_house: House) -> None:
    editor = await opens(editors_house, "en", account_locale="hu")
    await expect(editor.locator("#checks .sound")).to_be_visible()
    await to_end(editor)
    await editor.keyboard.type("\n\nCall 0680123.")
    await expect(editor.locator(".faults")).to_contain_text("A szövegben a 0680123 szám áll")
    await expect(editor.locator(".faults q").first).to_have_text("Call 0680123.")
    await expect(editor.locator("#preview .bubble")).to_contain_text("Call 0680123.")


async def test_what_was_typed_and_not_saved_is_there_again(editors_house: House) -> None:
    editor = await opens(editors_house, "en")
    before = await editor.evaluate(TEXT)
    await to_end(editor)
    await editor.keyboard.type("\n\nKept for later.")
    await expect(editor.locator("#keeping")).to_contain_text("not saved yet")
    await editor.close()
    again = await opens(editors_house, "en")
    assert "Kept for later." in await again.evaluate(TEXT)
    await expect(again.locator("#kept-notice")).to_contain_text("did not save")
    await shot(again, "answer-kept")
    await again.get_by_role("button", name="Throw away").click()
    await expect(again.locator("#kept-notice")).to_have_count(0)
    await expect(again.locator(".CodeMirror")).to_be_visible()
    assert await again.evaluate(TEXT) == before


async def test_the_second_of_two_editors_sees_both_texts_and_loses_neither(
    editors_house: House, tmp_path: Path
) -> None:
    first, second = await opens(editors_house, "en"), await editors_house.staff("bela", Role.EDITOR)
    await second.goto(first.url)
    for editor, words in ((first, "Ilona was here."), (second, "Bela was here.")):
        await to_end(editor)
        await editor.keyboard.type(f"\n\n{words}")
        await editor.get_by_role("radio", name="Only a correction").check()
    await first.get_by_role("button", name="Save", exact=True).click()
    await expect(first.locator(".faults")).to_contain_text("paragraphs")
    await first.get_by_role("radio", name="The meaning has changed").check()
    await first.get_by_role("button", name="Save", exact=True).click()
    await expect(first.locator("#notice")).to_contain_text("Saved")
    await second.get_by_role("radio", name="The meaning has changed").check()
    await second.get_by_role("button", name="Save", exact=True).click()
    await expect(second.locator(".conflict del")).to_contain_text("Ilona")
    await expect(second.locator(".conflict ins")).to_contain_text("Bela")
    await expect(second.locator(".conflict")).to_contain_text("ilona saved it")
    await shot(second, "answer-conflict")
    await second.get_by_role("button", name="Take mine").click()
    await expect(second.locator("#notice")).to_contain_text("Saved")
    (file,) = (tmp_path / "content" / "answers" / "en").rglob(f"{TOPIC}.md")
    assert file.read_text().endswith("\n\nBela was here.\n")


async def pictured(page: Page, name: str) -> None:
    for width, viewport in (("1280", WIDE), ("360", TALL)):
        await page.set_viewport_size(viewport)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        await shot(page, f"answer-{name}-{width}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_and_arabic_runs_from_the_right(editors_house: House, scheme: str) -> None:
    editor = await opens(editors_house, "ar", color_scheme=scheme)
    await expect(editor.locator(".CodeMirror-rtl")).to_be_visible()
    assert await editor.locator("#preview .telegram").get_attribute("dir") == "rtl"
    await pictured(editor, f"ar-{scheme}")
    await is_clean(editor, f"ar {scheme}")
    await editor.goto(f"{editors_house.url}{ANSWERS}/en/child_in_danger?form=now")
    await expect(editor.locator(".CodeMirror")).to_be_visible()
    await pictured(editor, f"en-now-{scheme}")
    await editor.set_viewport_size(DESK)
    await to_end(editor)
    await editor.keyboard.press("Control+Space")
    await expect(editor.locator("#found [role=option]").first).to_be_visible()
    await is_clean(editor, f"picker {scheme}")
    await shot(editor, f"answer-picker-{scheme}")
    await editor.set_viewport_size(PHONE)
    await shot(editor, f"answer-picker-360-{scheme}")
