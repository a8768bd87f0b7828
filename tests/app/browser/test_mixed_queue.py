"""Two operators and a supervisor work a mixed queue of Arabic, Ukrainian and Hungarian chats, in a real browser."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from road.account import Role
from road.outcome import Outcome
from road.reply import Say
from road.session import Remembered
from road.turn import Turn
from tests.app.browser.house import DESK, PHONE, House, shot
from tests.app.browser.test_console_pages import writes
from tests.app.browser.worker import echo, new_case, outcome

pytestmark = pytest.mark.asyncio(loop_scope="session")

WIDE = {"width": 1440, "height": 900}


def hotline(turn: Turn, remembered: Remembered) -> Outcome:
    """Opens a case for whoever writes first: in Arabic about a bed, in Hungarian a critical one."""
    if any(case.state != "closed" for case in remembered.cases):
        return outcome(turn, remembered)
    if remembered.cases:
        return echo(turn, remembered)
    locale = turn.client_locale or "en"
    more = {
        "ar": {"topic": "homeless_tonight", "group": "accommodation", "raised": True},
        "uk": {"topic": "tp_how_to_apply", "group": "protection"},
        "hu": {
            **{"topic": "domestic_violence_help", "group": "safety"},
            **{"critical": True, "alarm": True, "sensitive": True},
        },
    }[locale]
    case = new_case(turn, remembered, f"CASE-{locale.upper()}", **more)
    return outcome(turn, remembered, Say(html="…", locale=locale), cases=(case,))


def row(page: Page, section: str, case: str) -> Locator:
    return page.locator(f"#{section} #case-CASE-{case}")


async def starts(page: Page) -> None:
    await page.get_by_role("button", name="Begin duty").click()
    await expect(page.get_by_text("On duty", exact=True).first).to_be_visible()


async def test_a_mixed_queue_from_hand_over_to_close(each_house: House) -> None:
    house = each_house
    house.script = hotline
    amal = await house.staff("amal", skills={"locales": ("ar", "hu")})
    oksana = await house.staff("oksana", skills={"locales": ("uk", "hu"), "capacity": 2})
    boss = await house.staff("boss", Role.SUPERVISOR, viewport=WIDE, skills={"locales": ("hu",)})
    for page in (amal, oksana, boss):
        await starts(page)

    arabic, ukrainian, hungarian = [await house.person(locale) for locale in ("ar", "uk", "hu")]
    await writes(arabic, "أحتاج مكانًا للنوم الليلة، معي طفل")
    await writes(ukrainian, "Як подати на тимчасовий захист?")
    await writes(hungarian, "A férjem megvert, félek hazamenni")

    await expect(row(amal, "waiting", "AR")).to_be_visible()
    await expect(row(oksana, "waiting", "UK")).to_be_visible()
    for page in (amal, oksana, boss):
        await expect(row(page, "waiting", "HU")).to_be_visible()
        await expect(page.get_by_role("alert")).to_contain_text("Alarm: CASE-HU")
    await expect(row(amal, "waiting", "UK")).to_have_count(0)
    await amal.get_by_text("Waiting for colleagues").click()
    await expect(row(amal, "others", "UK")).to_be_visible()
    await expect(row(amal, "others", "UK").get_by_role("button")).to_have_count(0)
    assert "violence" not in (await boss.locator("#queue").inner_text()).lower()
    await shot(amal, "queue-operator-1280")
    await shot(boss, "queue-supervisor-1440")
    await boss.emulate_media(color_scheme="dark")
    await shot(boss, "queue-supervisor-1440-dark")
    await boss.emulate_media(color_scheme="light")
    await boss.set_viewport_size(PHONE)
    await shot(boss, "queue-supervisor-360")
    await boss.set_viewport_size(WIDE)

    await works_the_critical_case(house, oksana, hungarian)
    await works_the_ukrainian_case(oksana, ukrainian)
    await hands_the_arabic_case_over(house, amal, boss, arabic)


async def works_the_critical_case(house: House, oksana: Page, hungarian: Page) -> None:
    await row(oksana, "waiting", "HU").get_by_role("button", name="Take over").click()
    await expect(oksana.locator("#watched")).to_be_visible()
    await expect(oksana.get_by_role("log")).to_contain_text("Taken over by oksana")
    await oksana.get_by_label("Your message").fill("Tud most biztonságban írni?")
    await oksana.keyboard.press("Control+Enter")
    await expect(hungarian.get_by_role("log")).to_contain_text("Tud most biztonságban írni?")

    await oksana.get_by_text("Agreed word", exact=True).click()
    await oksana.get_by_label("Agree on a word").fill("esernyő")
    await oksana.get_by_role("button", name="Save the word").click()
    await expect(oksana.get_by_role("log")).to_contain_text("Marked by oksana: agreed word")
    await oksana.get_by_role("button", name="Mark as under 18").click()
    await expect(oksana.locator("#child")).to_contain_text("Never ask for photos or documents")

    await oksana.get_by_text("Close the case …").click()
    await oksana.get_by_label("How did it end?").select_option("referred")
    await oksana.get_by_label("Referred to").fill("NANE")
    await oksana.get_by_role("button", name="Close the case").click()
    await expect(oksana.locator("#notice")).to_contain_text("nobody is referred without having agreed")
    await expect(oksana.get_by_label("Referred to")).to_have_value("NANE")
    await shot(oksana, "case-critical-1280")
    await oksana.set_viewport_size(PHONE)
    await shot(oksana, "case-critical-360")
    await oksana.set_viewport_size(DESK)
    await oksana.get_by_label("Did the person agree").select_option("given")
    await oksana.get_by_role("button", name="Close the case").click()
    await oksana.wait_for_url(f"{house.url}/console")
    await expect(oksana.get_by_role("alert").get_by_role("link")).to_have_count(0)


async def works_the_ukrainian_case(oksana: Page, ukrainian: Page) -> None:
    await row(oksana, "waiting", "UK").get_by_role("button", name="Take over").click()
    answer = oksana.get_by_label("Your message")
    await answer.fill("half a thought")
    await oksana.get_by_text("Send an answer from the hotline's texts").click()
    await oksana.get_by_label("Words of the title").fill("apply protection")
    await oksana.get_by_role("button", name="Search").click()
    found = oksana.locator(".found button", has_text="tp_how_to_apply")
    await found.click()
    await expect(oksana.locator(".preview").first).to_have_attribute("lang", "uk")
    await expect(oksana.locator(".preview")).to_have_count(2)
    await expect(answer).to_have_value("half a thought")
    await shot(oksana, "send-topic-1280")
    await oksana.get_by_role("button", name="Send this answer").click()
    title = (await oksana.locator(".preview").first.inner_text()).splitlines()[0]
    await expect(ukrainian.locator(".theirs").last).to_contain_text(title)
    await expect(oksana.get_by_role("log")).to_contain_text("sent answer:")
    await expect(answer).to_have_value("half a thought")
    await answer.fill("")
    await oksana.get_by_text("Close the case …").click()
    await oksana.get_by_label("How did it end?").select_option("answered")
    await oksana.get_by_role("button", name="Close the case").click()
    await expect(oksana.get_by_text("You hold no case.")).to_be_visible()


async def hands_the_arabic_case_over(house: House, amal: Page, boss: Page, arabic: Page) -> None:
    await row(amal, "waiting", "AR").get_by_role("button", name="Take over").click()
    first = amal.locator(".entry.person .text").first
    assert await first.evaluate("e => getComputedStyle(e).direction") == "rtl"
    await amal.get_by_role("button", name="End duty").click()
    await expect(amal.get_by_text("You still hold these cases")).to_be_visible()
    await shot(amal, "end-of-shift-1280")
    await amal.get_by_label("Colleague on duty").select_option("boss")
    await amal.get_by_label("Note for the colleague").fill("With a child, needs a bed tonight")
    await amal.get_by_role("button", name="Hand over", exact=True).click()
    await expect(amal.get_by_text("You hold no case any more.")).to_be_visible()
    await amal.locator("#shift-end").get_by_role("button").click()
    await expect(amal.get_by_text("Off duty", exact=True)).to_be_visible()

    await row(boss, "mine", "AR").get_by_role("link", name="Continue").click()
    await expect(boss.get_by_role("log")).to_contain_text("Handed over by amal to boss")
    await expect(boss.get_by_role("log")).to_contain_text("With a child, needs a bed tonight")
    await boss.get_by_label("Your message").fill("وجدنا مكانًا لكم الليلة.")
    await boss.get_by_role("button", name="Send", exact=True).click()
    await expect(arabic.locator(".theirs").last).to_contain_text("وجدنا مكانًا")
    await shot(boss, "case-arabic-1440")
    await boss.emulate_media(color_scheme="dark")
    await shot(boss, "case-arabic-1440-dark")
    await boss.emulate_media(color_scheme="light")
    await boss.get_by_text("Close the case …").click()
    await boss.get_by_label("How did it end?").select_option("answered")
    await boss.get_by_role("button", name="Close the case").click()
    await boss.wait_for_url(f"{house.url}/console")
    await expect(boss.get_by_text("Nobody is waiting.")).to_be_visible()


async def test_focus_stays_while_others_work(house: House) -> None:
    house.script = hotline
    boss = await house.staff("boss", Role.SUPERVISOR)
    await starts(boss)
    await boss.get_by_role("link", name="Queue").focus()
    await writes(await house.person("uk"), "Як подати на тимчасовий захист?")
    await expect(row(boss, "waiting", "UK")).to_be_visible()
    button = row(boss, "waiting", "UK").get_by_role("button", name="Take over")
    await button.focus()
    await writes(await house.person("ar"), "أحتاج مكانًا للنوم الليلة")
    await expect(row(boss, "waiting", "AR")).to_be_visible()
    await expect(button).to_be_focused()


async def test_an_administrator_sets_skills_at_any_width(house: House) -> None:
    boss = await house.staff("boss", Role.ADMINISTRATOR)
    await house.staff("anna")
    await boss.get_by_role("link", name="Accounts").click()
    await boss.get_by_role("link", name="Change: anna").click()
    await boss.get_by_label("українська").or_(boss.get_by_label("Українська")).check()
    await boss.get_by_label("Cases at a time").fill("3")
    await shot(boss, "accounts-1280")
    await boss.set_viewport_size(PHONE)
    await shot(boss, "accounts-360")
    assert await boss.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await boss.get_by_role("button", name="Save").click()
    await expect(boss.get_by_role("row", name=re.compile("^anna"))).to_contain_text("Ukrainian")
