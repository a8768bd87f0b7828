"""Facts, lines and places in a real browser: fifty confirmed by keyboard, one changed, and how it looks."""

import re
import time
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from content.folder import load
from road.account import Role
from tests.app.browser.axe import is_clean, is_narrow
from tests.app.browser.house import PHONE, House, shot

pytestmark = pytest.mark.asyncio(loop_scope="session")

VALUES = "/console/content/values"
FIFTY = 50


async def at_work(house: House, **more: object) -> Page:
    page = await house.staff("erika", Role.EDITOR, **more)
    await page.goto(f"{house.url}{VALUES}/confirm")
    return page


def card(page: Page):
    """The one that is shown."""
    return page.locator(".value-card:visible")


async def name_of(page: Page) -> str:
    return await card(page).get_attribute("data-entry") or ""


async def is_saved(page: Page, count: int, of: int) -> None:
    await expect(page.locator("#sent")).to_have_text(f"Saved {count} of {of}", timeout=30_000 + count * 10_000)


async def test_fifty_are_confirmed_by_keyboard(editors_house: House, tmp_path: Path) -> None:
    page = await at_work(editors_house)
    begun = time.perf_counter()
    for number in range(FIFTY):
        await expect(card(page)).to_have_count(1)
        await page.keyboard.press("123"[number % 3])
    pressed = time.perf_counter() - begun
    await is_saved(page, FIFTY, FIFTY)
    print(f"\n{FIFTY} confirmed: {pressed:.1f} s of keys, all saved after {time.perf_counter() - begun:.1f} s")
    content = load(tmp_path / "content")
    entries = [*content.facts.values(), *content.lines.values(), *content.places.values()]
    hows = [entry.confirmed.how for entry in entries if entry.confirmed and entry.confirmed.by == "erika"]
    assert len(hows) == FIFTY
    assert {how: hows.count(how) for how in set(hows)} == {"called": 17, "visited": 17, "official page": 16}


async def test_when_everything_was_skipped_the_next_ones_come(editors_house: House) -> None:
    page = await at_work(editors_house)
    first, shown = await name_of(page), await page.locator(".value-card").count()
    for _ in range(shown):
        await page.keyboard.press("n")
    await page.wait_for_url("**/confirm?*entry=*")
    assert await name_of(page) != first


async def test_what_was_confirmed_by_mistake_comes_back(editors_house: House, tmp_path: Path) -> None:
    page = await at_work(editors_house)
    first = await name_of(page)
    await page.keyboard.press("1")
    await is_saved(page, 1, 1)
    second = await name_of(page)
    assert second != first
    await page.keyboard.press("b")
    assert await name_of(page) == first
    await is_saved(page, 0, 0)
    line = load(tmp_path / "content").lines[first.partition(".")[2]]
    assert line.confirmed is None
    await page.keyboard.press("n")
    assert await name_of(page) == second
    await page.keyboard.press("e")
    await page.wait_for_url(f"{editors_house.url}{VALUES}/{second.replace('.', '/')}")


async def test_one_that_is_refused_comes_back_with_the_reason(editors_house: House, tmp_path: Path) -> None:
    page = await at_work(editors_house)
    first = await name_of(page)
    path = tmp_path / "content" / f"lines/{first.partition('.')[2]}.yml"
    path.write_text(re.sub(r"^cost:.*$", "cost: national", path.read_text(), flags=re.MULTILINE))
    await page.keyboard.press("1")
    await page.keyboard.press("2")
    await is_saved(page, 1, 1)
    back = page.locator(f'[data-entry="{first}"] .refusal')
    await expect(back).to_contain_text("A colleague has changed this meanwhile")
    assert load(tmp_path / "content").lines[first.partition(".")[2]].confirmed is None


async def test_nothing_is_lost_while_there_is_no_connection(editors_house: House, tmp_path: Path) -> None:
    page = await at_work(editors_house)
    away = re.compile(r".*/confirm$")

    async def fails(route: Route) -> None:
        await route.abort()

    await page.route(away, fails)
    await page.keyboard.press("1")
    await expect(page.locator("#sent")).to_contain_text("no connection")
    await page.keyboard.press("1")
    await page.unroute(away)
    await is_saved(page, 2, 2)


async def test_the_keys_can_be_switched_off(editors_house: House) -> None:
    page = await at_work(editors_house)
    first = await name_of(page)
    await page.locator("#keys-here-off").check()
    await page.keyboard.press("1")
    await page.keyboard.press("n")
    assert await name_of(page) == first
    await expect(page.locator("#sent")).to_be_hidden()


async def test_everything_works_without_script(editors_house: House, tmp_path: Path) -> None:
    page = await at_work(editors_house, java_script_enabled=False)
    first = await name_of(page)
    await card(page).get_by_role("button", name="I called").click()
    await expect(page.locator("#done")).to_contain_text("Confirmed")
    assert await name_of(page) != first
    await page.locator("#done").get_by_role("button", name="Take back").click()
    assert await name_of(page) == first
    assert load(tmp_path / "content").lines[first.partition(".")[2]].confirmed is None


@pytest.mark.parametrize(("scheme", "locale"), [("light", "en"), ("dark", "hu")])
async def test_a_date_is_corrected_in_all_languages(
    editors_house: House, tmp_path: Path, scheme: str, locale: str
) -> None:
    """The walk of the issue, looked at on the way: list, entry, form, what changes, saved."""
    page = await editors_house.staff("erika", Role.EDITOR, color_scheme=scheme, account_locale=locale)
    await seen(page, f"{editors_house.url}{VALUES}", f"values-{scheme}")
    await page.locator("#q").fill("tp_valid_until")
    await page.keyboard.press("Enter")
    await page.locator(".values tbody a").first.click()
    await page.locator("#f-value").fill("2028-03-04")
    await page.get_by_role("radio").nth(3).check()
    await page.locator(".value-form button.main").click()
    await expect(page.locator(".touched")).not_to_have_count(0)
    await seen(page, "", f"values-preview-{scheme}")
    await page.locator(".decide button.main").click()
    await expect(page.locator("#notice")).to_be_visible()
    fact = load(tmp_path / "content").facts["tp_valid_until"]
    assert fact.confirmed
    assert (fact.value, fact.confirmed.how) == ("2028-03-04", "official page")
    await seen(page, "", f"value-{scheme}")
    await seen(page, f"{editors_house.url}{VALUES}/confirm", f"values-work-{scheme}")


async def test_hours_and_numbers_are_told_while_they_are_typed(editors_house: House, tmp_path: Path) -> None:
    page = await editors_house.staff("erika", Role.EDITOR)
    await page.goto(f"{editors_house.url}{VALUES}/place/deak_centre")
    told = page.locator("#told-opening_hours")
    await page.locator('[name="opening_hours.Sa.0.to"]').fill("12:00")
    await page.keyboard.press("Tab")
    await expect(told).to_contain_text("Sat 8:00–12:00")
    await page.locator("#f-phone").fill("+36 1")
    await page.keyboard.press("Tab")
    await expect(page.locator("#told-phone")).to_contain_text("There is no such telephone number")
    await page.locator(".value-form button.main").click()
    await expect(page.locator("#wrong-phone")).to_be_visible()
    await seen(page, "", "value-refused")
    await page.locator("#f-phone").fill("+3614639292")
    await page.keyboard.press("Tab")
    await expect(page.locator("#told-phone")).to_contain_text("06 1 463 9292")
    await seen(page, "", "value-hours")
    await page.locator(".value-form button.main").click()
    await page.locator(".decide button.main").click()
    await expect(page.locator("#notice")).to_be_visible()
    place = load(tmp_path / "content").places["deak_centre"]
    assert (place.opening_hours, place.phone) == ("Mo-Fr 08:00-20:00; Sa 08:00-12:00", "+3614639292")


async def seen(page: Page, address: str, name: str) -> None:
    """Looked at by axe and on a small phone."""
    if address:
        await page.goto(address)
    await shot(page, name)
    await is_narrow(page, name)
    await page.set_viewport_size(PHONE)
    await page.evaluate("scrollTo(0, 700)")
    await shot(page, f"{name}-360-below")
    await page.set_viewport_size({"width": 1280, "height": 800})
    await page.evaluate("scrollTo(0, 700)")
    await shot(page, f"{name}-below")
    await page.evaluate("scrollTo(0, 0)")
    await is_clean(page, name)
