"""Two editors: one changes what people in danger read, the other looks and publishes; people read it; and back again.

And the notices' form, as it is typed; both without violations, light and dark, on a small phone.
"""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from actions.answer import answer_html
from content import snapshot
from content.live import LiveContent
from road.account import Role
from road.clock import system_clock
from road.outcome import Outcome
from road.reply import Say
from road.session import Remembered, Session
from road.turn import Turn
from tests.app.browser.axe import is_clean
from tests.app.browser.house import DESK, PHONE, House, shot

pytestmark = pytest.mark.asyncio(loop_scope="session")

DANGER = "answers/en/safety/emergency_immediate_danger.now.md"
PUBLISH = "/console/content/publish"


async def is_fit(page: Page, name: str) -> None:
    """Nothing for axe to find, and no wider than a small phone; in both themes."""
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        await is_clean(page, f"{name} {scheme}")
        for size in (DESK, PHONE):
            await page.set_viewport_size(size)
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name}: too wide"
            await shot(page, f"{name}-{scheme}-{size['width']}")
        await page.set_viewport_size(DESK)
    await page.emulate_media(color_scheme="light")


def hotline(data_dir: Path):
    """Says what is published on emergencies, whatever is asked."""
    live = LiveContent(data_dir)

    def script(turn: Turn, remembered: Remembered) -> Outcome:
        live.now()
        live.settle()
        content = live.now()
        answer = content.answer("emergency_immediate_danger", "en", form="now", now=system_clock())
        assert answer
        said = Say(html=answer_html(content, "en", answer))
        return Outcome(session=remembered.session or Session(address=turn.address, locale="en"), replies=(said,))

    return script


async def asks(person: Page, count: int) -> str:
    """What the hotline answers to the person's next message."""
    await person.get_by_role("textbox").fill("help")
    await person.keyboard.press("Enter")
    await expect(person.locator(".message:not(.mine)")).to_have_count(count)
    return await person.locator(".message:not(.mine)").last.inner_text()


async def test_two_editors_publish_emergency_content_and_go_back(editors_house: House, tmp_path: Path) -> None:
    house, folder, data_dir = editors_house, tmp_path / "content", tmp_path / "data"
    house.script = hotline(data_dir)
    text = (folder / DANGER).read_text()
    title = text.split("title: ")[1].split("\n")[0]
    (folder / DANGER).write_text(text.replace(title, "In danger? Do this now", 1))

    anna = await house.staff("anna", Role.EDITOR)
    await anna.goto(f"{house.url}{PUBLISH}")
    await expect(anna.locator("#emergency")).to_be_visible()
    await expect(anna.locator("section.urgentpart ins").first).to_be_visible()
    await is_fit(anna, "publish-emergency")
    await anna.get_by_label("Why? (for the history)").fill("plainer words")
    await anna.get_by_role("button", name="Ask a colleague to look").click()
    await expect(anna.get_by_role("button", name="Withdraw my request")).to_be_visible()

    bela = await house.staff("bela", Role.EDITOR)
    await bela.goto(f"{house.url}/console/content/notices")
    await bela.get_by_role("link", name="anna asks a colleague").click()
    await is_fit(bela, "publish-confirm")
    await bela.get_by_label("I have looked at this").first.check()
    for box in await bela.get_by_label("I have looked at this").all():
        await box.check()
    await bela.get_by_role("button", name="Publish with my name").click()
    await expect(bela.get_by_role("status")).to_contain_text("Published")
    await expect(bela.locator(".history > li").first).to_contain_text("anna · looked at by bela")
    await is_fit(bela, "publish-history")

    person = await house.person()
    assert "In danger? Do this now" in await asks(person, 1)

    await bela.get_by_role("link", name="Go back to this").first.click()
    await expect(bela.locator("del").first).to_be_visible()
    await bela.get_by_text("It cannot wait").click()
    await bela.get_by_label("Why can it not wait?").fill("the new words are wrong")
    await bela.get_by_role("button", name="Go back alone").click()
    await expect(bela.locator(".history > li").first).to_contain_text("the new words are wrong")
    assert title.strip("\"'") in await asks(person, 2)
    assert [entry.deed for entry in snapshot.versions(data_dir)] == ["went back", "published", "saved"]


async def test_a_notice_is_typed_checked_and_shown_as_people_see_it(editors_house: House, tmp_path: Path) -> None:
    anna = await editors_house.staff("anna", Role.EDITOR)
    await anna.goto(f"{editors_house.url}/console/content/notices")
    await is_fit(anna, "notices-empty")
    await anna.get_by_role("link", name="New notice").click()
    await anna.get_by_label("Short name").fill("snow")
    await anna.get_by_label("Find a topic").fill("protection apply")
    shown = anna.locator("#topics label:visible")
    assert 0 < await shown.count() < 10
    await shown.first.click()
    await anna.get_by_label("English · required").fill("Snow closes **all** offices {{ fact.nothing }}")
    await expect(anna.locator("#seen")).to_contain_text("unknown fact nothing")
    await anna.get_by_label("English · required").fill("Snow closes **all** offices today.")
    await anna.get_by_label("Arabic").fill("المكاتب مغلقة بسبب الثلج.")
    await anna.locator("#locale_shown").select_option("ar")
    await expect(anna.locator(".telegram[dir=rtl] .bubble")).to_contain_text("المكاتب مغلقة")
    await is_fit(anna, "notice-form")
    await anna.get_by_role("button", name="Save").click()
    await expect(anna.get_by_role("status")).to_contain_text("Saved")
    await expect(anna.locator("section[aria-labelledby=running]")).to_contain_text("snow")
    await is_fit(anna, "notices")
    assert (tmp_path / "content/notices/snow/ar.md").exists()
    await anna.get_by_role("link", name="Publish", exact=True).click()
    await expect(anna.locator("section[aria-labelledby=notices]")).to_contain_text("snow")
    await is_fit(anna, "publish-notice")
    await anna.get_by_label("Why? (for the history)").fill("snow")
    await anna.get_by_role("button", name="Publish").click()
    await expect(anna.get_by_role("status")).to_contain_text("Published")
