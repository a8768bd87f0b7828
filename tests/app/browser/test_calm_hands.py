"""Undo, drafts and the keyboard in a real browser."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect

from actions.unsent import sent
from content.content import Content
from road.clock import system_clock
from store.memory import MemoryStore
from tests.app.browser.house import House, opened
from tests.app.browser.test_console_pages import cases, hotline, writes

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNDO_S = 3


@pytest_asyncio.fixture(loop_scope="session")
async def calm(browser: Browser, content: Content) -> AsyncIterator[House]:
    """A house where messages can be undone, with a keeper of a few lines that sends them."""
    async with opened(MemoryStore(), browser, content, undo_s=UNDO_S) as house:
        keeping = asyncio.create_task(keep(house, content))
        yield house
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping


async def keep(house: House, content: Content) -> None:
    while True:
        for case_id in await house.store.agenda(limit=99):
            case, remembered = await house.store.find_case(case_id)  # type: ignore[misc]
            outcome = sent(remembered.session, case, content, system_clock())  # type: ignore[arg-type]
            if outcome and case.care.unsent and case.care.unsent.send_at <= system_clock():
                await house.store.change(remembered, outcome)
        await asyncio.sleep(0.05)


async def in_conversation(house: House) -> tuple[Page, Page]:
    house.script = hotline
    operator, person = await house.staff("anna"), await house.person("uk")
    await writes(person, "a person please")
    await operator.get_by_role("button", name="Take over").click()
    await operator.wait_for_url(re.compile("/cases/"))
    await expect(operator.get_by_role("button", name="Alarm sound")).to_be_visible()
    return operator, person


async def test_a_message_is_undone_by_a_key_and_sent_when_nobody_does(calm: House) -> None:
    operator, person = await in_conversation(calm)
    box = operator.get_by_label("Your message")
    await box.fill("too quick")
    await operator.keyboard.press("Control+Enter")
    await expect(operator.get_by_role("button", name="Undo")).to_be_visible()
    await operator.keyboard.press("Escape")
    await operator.keyboard.press("u")
    await expect(box).to_have_value("too quick")
    await expect(box).to_be_focused()
    await expect(operator.get_by_role("button", name="Undo")).to_have_count(0)
    await box.fill("better words")
    await operator.keyboard.press("Control+Enter")
    await expect(operator.get_by_role("log")).to_contain_text("better words", timeout=30_000)
    await expect(operator.locator("[data-mark=sent]")).to_be_visible(timeout=30_000)
    await expect(person.get_by_role("log")).to_contain_text("better words")
    await expect(person.get_by_role("log")).not_to_contain_text("too quick")
    await operator.get_by_role("button", name="Take back").click()
    await expect(person.get_by_role("log")).not_to_contain_text("better words")
    await expect(operator.get_by_text("taken back: deleted")).to_be_visible()


async def test_what_is_typed_before_the_scripts_have_come_is_a_draft_too(calm: House) -> None:
    operator, _ = await in_conversation(calm)
    typed = asyncio.Event()

    async def slow(route: Route) -> None:
        await typed.wait()
        await route.continue_()

    await operator.route("**/drafts.*", slow)
    await operator.reload(wait_until="commit")
    await operator.get_by_label("Your message").fill("typed on a slow line")
    typed.set()
    await kept(operator)
    await operator.reload()
    await expect(operator.get_by_label("Your message")).to_have_value("typed on a slow line")


async def test_a_message_is_undone_before_its_sending_has_come_back(calm: House) -> None:
    operator, _ = await in_conversation(calm)
    box, undone = operator.get_by_label("Your message"), asyncio.Event()

    async def slow(route: Route) -> None:
        answer = await route.fetch()
        await undone.wait()
        await route.fulfill(response=answer)

    await operator.route("**/answer", slow)
    await box.fill("too quick")
    await operator.keyboard.press("Control+Enter")
    await operator.keyboard.press("Escape")
    await expect(operator.get_by_role("button", name="Undo")).to_be_visible()
    async with operator.expect_response("**/undo"):
        await operator.keyboard.press("u")
    undone.set()
    await expect(operator.get_by_role("button", name="Undo")).to_have_count(0)
    await expect(box).to_have_value("too quick")
    await expect(box).to_be_focused()


async def test_a_draft_outlives_reload_other_cases_and_the_sessions_end_and_nothing_readable_stays(
    calm: House,
) -> None:
    operator, _ = await in_conversation(calm)
    address, box = operator.url, operator.get_by_label("Your message")
    await box.fill("half a careful answer")
    await kept(operator)
    await operator.goto(f"{calm.url}/console")
    await operator.goto(address)
    await expect(box).to_have_value("half a careful answer")
    await operator.context.clear_cookies()
    await operator.goto(address)
    await operator.wait_for_url(re.compile("/login"))
    stays = await operator.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert "draft:anna:" in stays
    assert "careful" not in stays
    key = await calm.store.make_login_link("anna", ttl_s=60)
    await operator.goto(f"{calm.url}/console/enter?key={key}")
    await operator.get_by_role("button").click()
    await operator.goto(address)
    await expect(box).to_have_value("half a careful answer")


async def kept(page: Page) -> None:
    """Returns when the draft lies in the tab's storage."""
    looking = """() => new Promise(resolve => {
        const has = () => Object.keys(sessionStorage).some(name => name.startsWith("draft:"));
        const look = () => has() ? resolve() : setTimeout(look, 20);
        look();
    })"""
    await page.evaluate(looking)


async def test_single_keys_lead_everywhere_and_never_while_somebody_types(calm: House) -> None:
    operator, _ = await in_conversation(calm)
    await writes(await calm.person(), "a person please")
    log, box = operator.get_by_role("log"), operator.get_by_label("Your message")
    for key, focused in (("r", "answer"), ("o", "note"), ("t", "find"), ("x", "outcome")):
        await log.focus()
        await operator.keyboard.press(key)
        assert await operator.evaluate("document.activeElement.id") == focused, key
    await box.focus()
    await operator.keyboard.type("q?nx")
    await expect(box).to_have_value("q?nx")
    await box.fill("")
    await log.focus()
    await operator.keyboard.press("Control+q")
    await operator.keyboard.press("Alt+x")
    assert "/cases/" in operator.url
    await operator.keyboard.press("?")
    await expect(operator.get_by_role("dialog")).to_be_visible()
    await operator.keyboard.press("Escape")
    await operator.keyboard.press("q")
    await operator.wait_for_url(f"{calm.url}/console")
    await expect(cases(operator)).to_have_count(2)
    await operator.keyboard.press("j")
    assert await operator.evaluate("document.activeElement.closest('.case') !== null")
    await operator.keyboard.press("n")
    await operator.wait_for_url(re.compile("/cases/"))
    second = operator.url
    await expect(operator.get_by_role("button", name="Alarm sound")).to_be_visible()
    await operator.keyboard.press("k")
    await operator.wait_for_url(lambda url: "/cases/" in url and url != second)


async def test_switched_off_no_single_key_does_anything(calm: House) -> None:
    operator, _ = await in_conversation(calm)
    await operator.keyboard.press("?")
    await operator.get_by_label("Switch single-key shortcuts off").check()
    await operator.keyboard.press("Escape")
    await operator.reload()
    await expect(operator.get_by_role("button", name="Alarm sound")).to_be_visible()
    await operator.keyboard.press("r")
    assert await operator.evaluate("document.activeElement.id") != "answer"
    await operator.locator(".me summary").click()
    await operator.get_by_role("button", name="Keyboard shortcuts").click()
    await expect(operator.get_by_role("dialog")).to_be_visible()
