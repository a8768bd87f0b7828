"""The console in a real browser."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, Page, expect

from road.account import Role
from road.case import Visibility
from road.outcome import Outcome
from road.reply import Say
from road.session import Remembered
from road.turn import Turn
from tests.app.browser.house import DESK, PASSWORD, PHONE, House, shot
from tests.app.browser.worker import echo, new_case, outcome

pytestmark = pytest.mark.asyncio(loop_scope="session")

EVIL = '<img src=x onerror="document.title=1"><script>document.title=2</script>'


def hotline(turn: Turn, remembered: Remembered) -> Outcome:
    """Opens a case for whoever asks for a person, a critical one for danger, a focal one about a helper."""
    if remembered.cases and remembered.cases[-1].state != "closed":
        return echo(turn, remembered)
    number = f"K{turn.at * 1000:.0f}"[-5:]
    if "людиною" in turn.text or "person" in turn.text:
        reply = Say(html="Ваше місце в черзі: <b>1</b>", locale="uk")
        return outcome(turn, remembered, reply, cases=(new_case(turn, remembered, f"WAIT{number}"),))
    if "beats" in turn.text:
        case = new_case(
            turn, remembered, f"CRIT{number}", topic="domestic_violence", critical=True, alarm=True, sensitive=True
        )
        return outcome(turn, remembered, Say(html="<b>112</b>"), cases=(case,))
    if "helper" in turn.text:
        case = new_case(
            turn, remembered, f"FOCAL{number}", visibility=Visibility.FOCAL, sensitive=True, topic="aid_worker_abuse"
        )
        return outcome(turn, remembered, Say(html="Only two people read this."), cases=(case,))
    return echo(turn, remembered)


async def writes(page: Page, text: str) -> None:
    await page.get_by_role("textbox").fill(text)
    await page.get_by_role("textbox").press("Enter")


def cases(page: Page, beginning: str = "") -> Locator:
    return page.locator(f"li[id^='case-{beginning}']")


async def test_a_case_is_worked_from_queue_to_close(each_house: House) -> None:
    house = each_house
    house.script = hotline
    operator = await house.staff("anna")
    await operator.get_by_role("button", name="Begin duty").click()
    await expect(operator.get_by_text("On duty", exact=True)).to_be_visible()
    await expect(operator.get_by_text("Nobody is waiting.")).to_be_visible()

    person = await house.person("uk")
    await writes(person, "хочу поговорити з людиною")
    await expect(person.get_by_text("Ваше місце в черзі")).to_be_visible()

    await operator.get_by_role("button", name="Take over").click()  # the queue was not loaded again by hand
    await expect(operator.get_by_role("log")).to_contain_text("хочу поговорити з людиною")
    await expect(operator.get_by_role("button", name="Alarm sound")).to_be_visible()  # the page's script has begun
    await operator.get_by_label("Your message").fill("Добрий день! Я вас читаю.")
    await operator.keyboard.press("Control+Enter")
    await expect(operator.get_by_role("log")).to_contain_text("Я вас читаю")
    await expect(operator.get_by_label("Your message")).to_have_value("")
    await expect(person.get_by_role("log")).to_contain_text("Я вас читаю")

    await operator.get_by_label("Your message").fill("half a draft")
    await writes(person, "дякую")
    await expect(operator.get_by_role("log")).to_contain_text("дякую")
    await expect(operator.get_by_label("Your message")).to_have_value("half a draft")
    await operator.locator("summary", has_text="Note for colleagues").click()
    await operator.get_by_label("The person never sees this note").fill("Ukrainian speaker needed")
    await operator.get_by_role("button", name="Save note").click()
    await expect(operator.get_by_role("log")).to_contain_text("Note by anna")
    await shot(operator, "case-1280")

    await operator.locator("summary", has_text="Close the case …").click()
    await operator.get_by_label("How did it end?").select_option("answered")
    await operator.get_by_role("button", name="Close the case").click()
    await operator.wait_for_url(f"{house.url}/console")
    await expect(operator.get_by_text("Nobody is waiting.")).to_be_visible()
    await expect(person.get_by_role("log")).not_to_contain_text("Ukrainian speaker needed")
    await writes(person, "where is the bot")
    await expect(person.locator(".theirs").last).to_contain_text("where is the bot")


async def test_of_two_operators_one_is_told_that_the_other_was_first(house: House) -> None:
    house.script = hotline
    anna, bela = await house.staff("anna"), await house.staff("bela")
    await writes(await house.person(), "a person please")
    await expect(cases(anna)).to_have_count(1)
    await expect(cases(bela)).to_have_count(1)
    clicks = (page.get_by_role("button", name="Take over").click() for page in (anna, bela))
    await asyncio.gather(*clicks)
    await asyncio.gather(*(page.wait_for_url(re.compile("/cases/")) for page in (anna, bela)))
    told = [await page.get_by_text("A colleague was first").count() for page in (anna, bela)]
    boxes = [await page.get_by_label("Your message").count() for page in (anna, bela)]
    assert sorted(told) == [0, 1]
    assert boxes == [1 - count for count in told]
    loser = (anna, bela)[told.index(1)]
    await shot(loser, "colleague-first-1280")


async def test_a_focal_case_never_reaches_an_operator(each_house: House) -> None:
    house = each_house
    house.script = hotline
    operator, focal = await house.staff("anna"), await house.staff("fatima", Role.FOCAL)
    heard = await listens(operator)
    await writes(await house.person(), "a helper hurt me")
    await expect(cases(focal, "FOCAL")).to_have_count(1)
    name = (await cases(focal, "FOCAL").first.get_attribute("id") or "").removeprefix("case-")
    answer = await operator.goto(f"{house.url}/console/cases/{name}")
    assert answer is not None
    assert answer.status == 404

    await operator.goto(f"{house.url}/console")
    await writes(await house.person(), "a person please")
    await expect(cases(operator, "WAIT")).to_have_count(1)
    await expect(cases(operator, "FOCAL")).to_have_count(0)
    assert "WAIT" in "".join(await asyncio.wait_for(heard, 60))
    assert "FOCAL" not in "".join(heard.result())


async def listens(page: Page) -> "asyncio.Task[list[str]]":
    """What an account's stream says, read by another page of the same browser until an ordinary case comes."""
    listener = await page.context.new_page()
    await listener.goto(f"{page.url}/nowhere")
    ready = """() => new Promise(resolve => {
        window.heard = [];
        window.stream = new EventSource("/console/events");
        stream.addEventListener("desk", event => {
            heard.push(event.data);
            if (heard.length === 1) resolve();
        });
    })"""
    await listener.evaluate(ready)
    done = """() => new Promise(resolve => {
        const look = () => heard.join("").includes("WAIT") ? resolve(heard) : setTimeout(look, 50);
        look();
    })"""
    return asyncio.create_task(listener.evaluate(done))


async def test_an_alarm_is_seen_heard_and_counted_until_acknowledged(house: House) -> None:
    house.script = hotline
    operator = await house.staff("anna")
    sound = operator.get_by_role("button", name="Alarm sound")
    await sound.click()
    await expect(sound).to_have_attribute("aria-pressed", "true")
    await writes(await house.person(), "a person please")
    await expect(cases(operator)).to_have_count(1)
    await writes(await house.person(), "he beats me")
    await expect(operator).to_have_title(re.compile(r"^\(1\) "))
    assert re.match("case-CRIT", await cases(operator).first.get_attribute("id") or "")
    await expect(operator.get_by_role("alert")).to_contain_text("Alarm: CRIT")
    assert "violence" not in (await operator.content()).lower()
    await shot(operator, "queue-alarm-1280")
    await operator.emulate_media(color_scheme="dark")
    await shot(operator, "queue-alarm-1280-dark")
    await operator.emulate_media(color_scheme="light")
    await operator.set_viewport_size(PHONE)
    await shot(operator, "queue-alarm-360")
    await operator.set_viewport_size(DESK)

    await operator.get_by_role("alert").get_by_role("link").click()
    await expect(sound).to_have_attribute("aria-pressed", "true")
    await expect(operator.locator("#watched")).to_be_visible()
    await operator.get_by_role("button", name="I have seen the alarm").click()
    await expect(operator).not_to_have_title(re.compile(r"^\("))
    await expect(operator.get_by_role("alert").get_by_role("link")).to_have_count(0)


async def test_what_people_write_is_shown_as_text(house: House) -> None:
    house.script = hotline
    person, operator = await house.person(), await house.staff("anna")
    await writes(person, f"a person {EVIL}")
    await writes(person, f"second {EVIL}")
    await expect(person.locator(".mine").last).to_contain_text("<script>")
    await expect(person.locator(".theirs").last).to_contain_text(EVIL)
    await operator.get_by_role("button", name="Take over").click()
    await expect(operator.get_by_role("log")).to_contain_text(EVIL)
    await operator.get_by_label("Your message").fill(f"<b>bold</b> {EVIL}")
    await operator.get_by_role("button", name="Send").click()
    await expect(person.locator(".theirs").last).to_have_text(f"<b>bold</b> {EVIL}")
    for page in (person, operator):
        assert await page.locator(".text img, .text script, .mine b, .entry b b").count() == 0
        assert await page.title() not in ("1", "2")


async def test_directions_follow_each_text(house: House) -> None:
    house.script = hotline
    person, operator = await house.person("ar"), await house.staff("anna")
    await writes(person, "I need a person")
    await writes(person, "أين يمكنني النوم الليلة؟ 112")
    await operator.get_by_role("button", name="Take over").click()
    await expect(operator.locator(".entry.person")).to_have_count(2)
    texts = operator.locator(".entry.person .text")
    directions = [await texts.nth(i).evaluate("e => getComputedStyle(e).direction") for i in range(2)]
    assert directions == ["ltr", "rtl"]


async def test_after_five_wrong_passwords_the_login_says_to_wait(house: House) -> None:
    await house.staff("anna")
    page = await house.page(viewport=PHONE, locale="en-GB")
    await page.goto(f"{house.url}/console")
    await expect(page).to_have_url(f"{house.url}/console/login")
    for _ in range(5):
        await page.get_by_label("Name").fill("anna")
        await page.get_by_label("Password").fill("wrong")
        await page.get_by_role("button", name="Log in").click()
        await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.get_by_role("alert")).to_contain_text("Wait 15 minutes")
    await shot(page, "login-wait-360")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Log in").click()
    await expect(page.get_by_role("alert")).to_contain_text("Wait 15 minutes")


async def test_a_link_logs_in_once(house: House) -> None:
    await house.staff("anna")
    key = await house.store.make_login_link("anna", ttl_s=60)
    for expected in ("Nobody is waiting.", "has been used"):
        page = await house.page(locale="en")
        await page.goto(f"{house.url}/console/enter?key={key}")
        await page.goto(f"{house.url}/console/enter?key={key}")
        await page.get_by_role("button", name="Log in").click()
        await expect(page.get_by_text(expected)).to_be_visible()


async def test_an_answer_that_was_not_stored_stays_in_the_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.script = hotline
    operator = await house.staff("anna")
    await writes(await house.person(), "a person please")
    await operator.get_by_role("button", name="Take over").click()
    box = operator.get_by_label("Your message")
    await box.fill("a long and careful answer")
    await operator.context.set_offline(True)
    await operator.get_by_role("button", name="Send").click()
    await expect(operator.get_by_text("No answer from the hotline's store")).to_be_visible()
    await expect(box).to_have_value("a long and careful answer")
    await operator.context.set_offline(False)
    await operator.get_by_role("button", name="Send").click()
    await expect(operator.get_by_role("log")).to_contain_text("a long and careful answer")
    await expect(operator.get_by_text("No answer from the hotline's store")).to_be_hidden()


async def test_when_the_session_ends_what_was_typed_is_not_lost(house: House) -> None:
    house.script = hotline
    operator = await house.staff("anna")
    await writes(await house.person(), "a person please")
    await operator.get_by_role("button", name="Take over").click()
    await operator.get_by_label("Your message").fill("a long and careful answer")
    await operator.context.clear_cookies()
    await operator.get_by_role("button", name="Send").click()
    await expect(operator.get_by_text("Your session has ended")).to_be_visible()
    await expect(operator.get_by_label("Your message")).to_have_value("a long and careful answer")
    case = operator.url
    await operator.locator("#ended a").click()
    await operator.get_by_label("Name").fill("anna")
    await operator.get_by_label("Password").fill(PASSWORD)
    await operator.get_by_role("button", name="Log in").click()
    await operator.wait_for_url(case)
    await expect(operator.get_by_label("Your message")).to_have_value("a long and careful answer")


async def test_the_console_works_from_the_keyboard_alone(house: House) -> None:
    house.script = hotline
    operator = await house.staff("anna")
    await writes(await house.person(), "a person please")
    await expect(cases(operator)).to_have_count(1)
    await tab_to(operator, "Take over")
    await operator.keyboard.press("Enter")
    await operator.wait_for_url(re.compile("/cases/"))
    await tab_to(operator, "answer")
    await operator.keyboard.type("hello")
    await operator.keyboard.press("Control+Enter")
    await expect(operator.get_by_role("log")).to_contain_text("hello")
    assert await operator.evaluate("document.activeElement.id") == "answer"


async def tab_to(page: Page, wanted: str) -> None:
    """Presses Tab until the focus is there, and checks that it can be seen."""
    for _ in range(40):
        await page.keyboard.press("Tab")
        name = "[document.activeElement.id, document.activeElement.textContent].join(' ')"
        if wanted in await page.evaluate(name):
            style = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style != "none"
            return
    raise AssertionError(f"no way to {wanted} by Tab")


@pytest.mark.parametrize("width", [360, 768, 1440])
async def test_no_console_page_is_wider_than_its_window(house: House, width: int) -> None:
    house.script = hotline
    boss = await house.staff("boss", Role.ADMINISTRATOR, account_locale="uk", viewport={"width": width, "height": 800})
    await writes(await house.person(), "he beats me " + "x" * 300)
    await expect(cases(boss)).to_have_count(1)
    name = (await cases(boss).first.get_attribute("id") or "").removeprefix("case-")
    for path in ("", "/accounts", f"/cases/{name}", "/login"):
        await boss.goto(f"{house.url}/console{path}")
        if path != "/login":
            await boss.locator(".me summary").click()
            box = await boss.locator(".drop").bounding_box()
            assert box is not None
            assert box["x"] >= 0
        assert await boss.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await shot(boss, f"wide{path.split('/')[-1][:8]}-{width}".replace(name[:8], "case"))
