"""My account in a real browser: a second factor, open sessions; and an answer whose receipt was lost."""

import time

import pyotp
import pytest
from playwright.async_api import Page, Route, expect

from road.account import Role
from road.case import Author, Visibility
from tests.app.browser.house import PASSWORD, PHONE, House, shot
from tests.app.browser.test_console_pages import cases, hotline, writes

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def logs_in(house: House, page: Page, name: str) -> None:
    await page.goto(f"{house.url}/console/login")
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Log in").click()


async def secret_on(page: Page) -> str:
    return (await page.locator("#secret").inner_text()).replace(" ", "")


async def test_a_second_factor_is_set_up_and_asked_for_at_the_next_login(each_house: House) -> None:
    house = each_house
    eva = await house.staff("eva", Role.SUPERVISOR)
    await eva.locator("#factor-asked a").click()
    await eva.get_by_role("link", name="Set it up").click()
    picture = eva.get_by_role("img", name="QR code")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    await shot(eva, "factor-1280")
    secret = await secret_on(eva)
    await eva.get_by_label("The six digits").fill(pyotp.TOTP(secret).now())
    await eva.get_by_role("button", name="Confirm").click()
    await expect(eva.locator(".recovery li")).to_have_count(10)
    await shot(eva, "recovery-1280")
    await eva.get_by_role("link", name="I have written them down").click()
    await expect(eva.get_by_text("Unused recovery codes: 10")).to_be_visible()
    await expect(eva.locator("#factor-asked")).to_have_count(0)

    phone = await house.page(viewport=PHONE, color_scheme="dark")
    await logs_in(house, phone, "eva")
    await phone.get_by_label("Code").fill("000000")
    await phone.get_by_role("button", name="Log in").click()
    await expect(phone.get_by_role("alert")).to_contain_text("wrong")
    await phone.get_by_label("Code").fill(pyotp.TOTP(secret).at(int(time.time()) + 30))
    await phone.get_by_role("button", name="Log in").click()
    await phone.wait_for_url(f"{house.url}/console")
    await phone.goto(f"{house.url}/console/me")
    await shot(phone, "mine-360-dark")
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 360
    await phone.goto(f"{house.url}/console/audit")
    await shot(phone, "audit-360-dark")
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 360


async def test_another_session_is_ended_from_the_list(house: House) -> None:
    here, there = await house.staff("anna"), await house.page()
    await logs_in(house, there, "anna")
    await there.wait_for_url(f"{house.url}/console")
    await here.goto(f"{house.url}/console/me")
    await expect(here.locator("#sessions tbody tr")).to_have_count(2)
    await expect(here.locator("#sessions tbody tr").first).to_contain_text("Chrome, Linux")
    await here.get_by_role("button", name="End", exact=True).click()
    await expect(here.get_by_text("The session has ended.")).to_be_visible()
    await shot(here, "mine-1280")
    await there.reload()
    await there.wait_for_url(f"{house.url}/console/login")
    await here.reload()
    await expect(here.locator("#sessions tbody tr")).to_have_count(1)


async def test_an_answer_whose_receipt_was_lost_is_sent_again_and_said_once(house: House) -> None:
    house.script = hotline
    anna = await house.staff("anna")
    await writes(await house.person(), "a person please")
    await expect(cases(anna)).to_have_count(1)
    await anna.get_by_role("button", name="Take over").click()
    await expect(anna.get_by_role("button", name="Alarm sound")).to_be_visible()

    async def arrives_without_a_receipt(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await anna.route("**/answer", arrives_without_a_receipt, times=1)
    box = anna.get_by_label("Your message")
    await box.fill("I am here")
    await anna.keyboard.press("Control+Enter")
    await expect(anna.locator("#failed")).to_be_visible()
    await expect(box).to_have_value("I am here")
    await anna.keyboard.press("Control+Enter")
    await expect(box).to_have_value("")
    await box.fill("I am here")
    await anna.keyboard.press("Control+Enter")
    await expect(box).to_have_value("")
    (case,) = await house.store.held_by(["anna"])
    said = await house.store.transcript(case.person, [Visibility.ALL])
    assert [entry.text for entry in said if entry.author is Author.OPERATOR] == ["I am here", "I am here"]


async def test_an_identity_is_revealed_for_a_reason_and_gone_when_the_page_is_left(house: House) -> None:
    house.script = hotline
    eva = await house.staff("eva", Role.SUPERVISOR)
    await writes(await house.person(), "a person please")
    await cases(eva).get_by_role("link").first.click()
    await eva.get_by_text("Who is this person? …").click()
    await eva.get_by_label("Why do you need to know?").fill("The police asked, a life is in danger")
    await eva.get_by_role("button", name="Show and note it").click()
    await expect(eva.locator("#identity")).to_contain_text("knows nothing of them")  # somebody at the chat page
    await shot(eva, "identity-1280")
    await eva.goto(f"{house.url}/console/audit?kind=reveal")
    await expect(eva.locator("#record tbody tr")).to_contain_text("a life is in danger")
    await shot(eva, "audit-1280")
