"""The editors' overview in Chromium: read at a glance, by keyboard, on a phone, light and dark."""

import pytest
from playwright.async_api import Page, expect
from translate.storage.pypo import pofile

from road.account import Role
from tests.app.browser.axe import is_clean, is_narrow
from tests.app.browser.house import PHONE, House, shot

DANGER = "safety/emergency_immediate_danger"

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def has_no_violations(page: Page, where: str) -> None:
    """With the account's menu folded up again: it would lie over the page."""
    await is_clean(page, where)
    await page.locator(".me").evaluate("menu => menu.open = false")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_an_editor_finds_what_to_do_and_how_every_answer_stands(editors_house: House, scheme: str) -> None:
    edit = await editors_house.staff("edit", Role.EDITOR, color_scheme=scheme)
    await expect(edit.locator(".todo li")).to_have_count(15)
    await has_no_violations(edit, f"overview {scheme}")
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_language_goes_out_to_a_translator_and_comes_back(editors_house: House, scheme: str) -> None:
    edit = await editors_house.staff("edit", Role.EDITOR, color_scheme=scheme, account_locale="hu")
    await edit.get_by_role("link", name="Nyelvek és fordítók").click()
    await has_no_violations(edit, f"languages {scheme}")
    await is_narrow(edit, f"languages-{scheme}")
    await shot(edit, f"languages-{scheme}")
    async with edit.expect_download() as given:
        await edit.get_by_role("link", name="PO-fájl letöltése: ukrán").click()
    sent = (await (await given.value).path()).read_bytes()
    field = edit.get_by_label("PO-fájl", exact=True)
    await field.set_input_files({"name": "film.po", "mimeType": "video/mp4", "buffer": bytes(1_200_000)})
    assert "nagyobb egy megabájtnál" in await field.evaluate("field => field.validationMessage")
    await field.set_input_files({"name": "uk.po", "mimeType": "text/plain", "buffer": sent[:5000] + b"\nmsgid"})
    await edit.get_by_role("button", name="Visszavétel").click()
    await expect(edit.get_by_role("alert")).to_contain_text("Semmi sem változott")
    await has_no_violations(edit, f"languages refused {scheme}")
    await shot(edit, f"languages-refused-{scheme}")
    await edit.get_by_label("PO-fájl", exact=True).set_input_files(
        {"name": "uk.po", "mimeType": "text/plain", "buffer": partly_done(sent)}
    )
    await edit.get_by_role("button", name="Visszavétel").click()
    await expect(edit.get_by_role("status")).to_contain_text("megváltozott válaszok: 1")
    await expect(edit.get_by_role("status")).to_contain_text("Változatlanul maradt: 1")
    await has_no_violations(edit, f"languages taken {scheme}")
    await shot(edit, f"languages-taken-{scheme}")


def partly_done(data: bytes) -> bytes:
    """One answer with another title, and one of which half is gone."""
    store = pofile.parsestring(data)
    texts = {f"{DANGER}.now.md#title": "Ви у небезпеці", f"{DANGER}.md#title": "Ви у небезпеці", f"{DANGER}.md#1": ""}
    for unit in store.units:
        unit.target = texts.get(unit.getcontext(), unit.target)
    return bytes(store)
