"""The editors' overview in Chromium: read at a glance, by keyboard, on a phone, light and dark."""

import pytest
from playwright.async_api import expect

from road.account import Role
from tests.app.browser.house import PHONE, House, shot
from tests.app.browser.test_accessibility import is_clean, is_narrow

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_an_editor_finds_what_to_do_and_how_every_answer_stands(editors_house: House, scheme: str) -> None:
    edit = await editors_house.staff("edit", Role.EDITOR, color_scheme=scheme)
    await expect(edit.locator(".todo li")).to_have_count(15)
    await is_clean(edit, f"overview {scheme}")
    await shot(edit, f"overview-top-{scheme}")
    await is_narrow(edit, f"overview-{scheme}")
    await edit.get_by_label("Words of the title").fill("child")
    await edit.get_by_role("checkbox", name="Ukrainian").check()
    await edit.get_by_role("button", name="Show").click()
    await expect(edit.locator(".matrix thead th")).to_have_count(3)
    await expect(edit.get_by_role("link", name="Ukrainian · short text · draft").first).to_be_visible()
    await edit.get_by_role("link", name="Show everything").click()
    region = edit.get_by_role("region", name="All answers")
    await region.focus()
    await edit.keyboard.press("End")
    await region.scroll_into_view_if_needed()
    await shot(edit, f"overview-matrix-{scheme}")
    await edit.set_viewport_size(PHONE)
    await region.scroll_into_view_if_needed()
    await region.evaluate("box => box.scrollTo(200, 400)")
    await shot(edit, f"overview-matrix-360-{scheme}")
    first, box = edit.locator(".matrix tbody:nth-of-type(2) tr:nth-child(3) th"), region
    there, around = await first.bounding_box(), await box.bounding_box()
    assert there
    assert around
    assert abs(there["x"] - around["x"]) <= 2, "the topic's name stays beside its signs"
