"""The chat page in a real browser."""

from collections.abc import Callable
from html import escape

import pytest
from msgspec.structs import replace
from playwright.async_api import Page, expect

from road.outcome import Outcome
from road.reply import Button, ConfirmTap, DropButtons, HideMessages, Reply, Say, ShowPlace
from road.session import Remembered
from road.turn import Turn, TurnKind
from tests.app.browser.house import PHONE, House, shot
from tests.app.browser.worker import outcome

pytestmark = pytest.mark.asyncio(loop_scope="session")

UKRAINIAN = (
    "<b>Де подати заяву на тимчасовий захист</b>\n\nПодайте заяву особисто.\n"
    "• Будапешт: Harmat utca 131.\n\n<i>Джерело: oif.gov.hu, перевірено 4 березня 2026 р.</i>"
)
ARABIC = "<b>أين تقدّم الطلب</b>\n\nاتصل بالرقم \u2068+36 1 463 9292\u2069.\n<blockquote>مجانًا</blockquote>"
BUTTONS = (
    (Button(text="📍 Harmat utca", data="1:o:oif_harmat"),),
    (Button(text="Так, допомогло", data="1:y:tp"), Button(text="Ні", data="1:x:tp")),
    (Button(text="Сторінка", url="https://oif.example/"),),
)


def saying(*replies: Reply) -> Callable[[Turn, Remembered], Outcome]:
    """A script that always says the same; spinners end."""

    def script(turn: Turn, remembered: Remembered) -> Outcome:
        tap = (ConfirmTap(callback_id=turn.callback_id, text="Дякуємо!"),) if turn.kind is TurnKind.BUTTON else ()
        return replace(outcome(turn, remembered), replies=(*replies, *tap))

    return script


async def writes(page: Page, text: str) -> None:
    await page.get_by_role("textbox").fill(text)
    await page.get_by_role("textbox").press("Enter")


async def test_a_ukrainian_question_is_answered_with_buttons(each_house: House) -> None:
    each_house.script = saying(Say(html=UKRAINIAN, buttons=BUTTONS, locale="uk"))
    person = await each_house.person("uk")
    await expect(person.get_by_placeholder("Напишіть повідомлення")).to_be_visible()
    await shot(person, "chat-empty-uk")
    await writes(person, "де подати заяву?")
    await expect(person.locator(".mine")).to_have_text("де подати заяву?")
    answer = person.locator(".theirs").last
    await expect(answer.locator("b")).to_have_text("Де подати заяву на тимчасовий захист")
    assert await answer.locator(".text").evaluate("e => getComputedStyle(e).direction") == "ltr"
    await expect(answer.get_by_role("link", name="Сторінка")).to_have_attribute("href", "https://oif.example/")
    await shot(person, "chat-uk-360")
    await person.emulate_media(color_scheme="dark")
    await shot(person, "chat-uk-360-dark")


async def test_arabic_reads_from_right_to_left_and_latin_from_left_to_right(house: House) -> None:
    house.script = saying(Say(html=ARABIC, locale="ar", buttons=((Button(text="شخص", data="1:p"),),)))
    person = await house.person("ar")
    assert await person.evaluate("getComputedStyle(document.body).direction") == "rtl"
    await writes(person, "أين أقدم الطلب؟")
    await writes(person, "hello")
    await expect(person.locator(".theirs")).to_have_count(2)
    mine = person.locator(".mine .text")
    directions = [await mine.nth(i).evaluate("e => getComputedStyle(e).direction") for i in range(2)]
    assert directions == ["rtl", "ltr"]
    theirs = person.locator(".theirs .text").first
    assert await theirs.evaluate("e => getComputedStyle(e).direction") == "rtl"
    own, other = [await edges(person, part) for part in (".mine", ".theirs")]
    assert own[0] < 30  # own messages stand at the end of the line: left, in Arabic
    assert other[1] > PHONE["width"] - 30
    await shot(person, "chat-ar-360")


async def edges(page: Page, part: str) -> tuple[float, float]:
    """Left and right edge of the first of its kind."""
    box = await page.locator(part).first.bounding_box()
    assert box is not None
    return box["x"], box["x"] + box["width"]


async def test_a_tap_is_answered_and_ends_its_spinner(house: House) -> None:
    house.script = saying(Say(html="Оцініть", buttons=BUTTONS))
    person = await house.person("uk")
    await writes(person, "x")
    key = person.get_by_role("button", name="Так, допомогло").first
    await key.click()
    await expect(person.locator("#toast")).to_have_text("Дякуємо!")
    await expect(key).not_to_have_class("key waiting")
    await expect(person.locator(".theirs")).to_have_count(2)


async def test_places_are_map_links_and_spent_buttons_go(house: House) -> None:
    def script(turn: Turn, remembered: Remembered) -> Outcome:
        if turn.kind is not TurnKind.BUTTON:
            return outcome(turn, remembered, Say(html="Де?", buttons=BUTTONS))
        place = ShowPlace(name="Офіс", address="Harmat utca 131.", lat=47.47, lon=19.14)
        return replace(outcome(turn, remembered), replies=(DropButtons(message_id=turn.message_id or 0), place))

    house.script = script
    person = await house.person("uk")
    await writes(person, "x")
    await person.get_by_role("button", name="📍").click()
    link = person.get_by_role("link", name="Показати на карті")
    await expect(link).to_have_attribute("href", "geo:47.47,19.14?q=47.47,19.14(%D0%9E%D1%84%D1%96%D1%81)")
    await expect(person.get_by_text("Harmat utca 131.")).to_be_visible()
    await expect(person.locator(".keyboard")).to_have_count(0)


async def test_hiding_takes_messages_of_both_sides_away_for_good(each_house: House) -> None:
    numbers: list[int] = []

    def script(turn: Turn, remembered: Remembered) -> Outcome:
        numbers.append(turn.message_id or 0)
        if turn.text == "/hide":
            return outcome(turn, remembered, HideMessages(message_ids=tuple(numbers)), Say(html="hidden"))  # type: ignore[arg-type]
        return outcome(turn, remembered, Say(html=escape(f"about {turn.text}")))

    each_house.script = script
    person = await each_house.person()
    await writes(person, "my secret")
    await expect(person.get_by_text("about my secret")).to_be_visible()
    await writes(person, "/hide")
    await expect(person.get_by_text("hidden", exact=True)).to_be_visible()
    await expect(person.get_by_text("my secret", exact=True)).to_have_count(0)
    await person.reload()
    await expect(person.get_by_text("hidden", exact=True)).to_be_visible()
    await expect(person.get_by_text("my secret", exact=True)).to_have_count(0)


async def test_an_unsent_message_says_so_and_counts_once_when_sent_again(house: House) -> None:
    texts: list[str] = []

    def script(turn: Turn, remembered: Remembered) -> Outcome:
        texts.append(turn.text)
        return outcome(turn, remembered, Say(html="got it"))

    house.script = script
    person = await house.person("en")
    await expect(person.get_by_role("button", name="Start")).to_be_visible()
    await person.context.set_offline(True)
    await writes(person, "is anybody there")
    await expect(person.locator(".mine")).to_contain_text("is anybody there")
    await expect(person.get_by_text("Not sent.")).to_be_visible()
    await shot(person, "chat-not-sent")
    await person.context.set_offline(False)
    await person.get_by_role("button", name="Try again").click()
    await expect(person.get_by_text("got it")).to_be_visible()
    await expect(person.get_by_text("Not sent.")).to_have_count(0)
    assert texts == ["is anybody there"]


async def test_the_conversation_stands_after_a_change_of_language(house: House) -> None:
    languages: list[str | None] = []

    def script(turn: Turn, remembered: Remembered) -> Outcome:
        languages.append(turn.client_locale)
        return outcome(turn, remembered, Say(html=escape(f"echo {turn.text}")))

    house.script = script
    person = await house.person("en-GB")
    await person.get_by_role("button", name="Start").click()
    await expect(person.get_by_text("echo /start")).to_be_visible()
    await writes(person, "one")
    await expect(person.get_by_text("echo one")).to_be_visible()
    await person.get_by_label("Language of your app").select_option("fa")
    await person.wait_for_url(f"{house.url}/?locale=fa")
    await expect(person.locator(".message")).to_have_text(["/start", "echo /start", "one", "echo one"])
    await writes(person, "two")
    await expect(person.get_by_text("echo two")).to_be_visible()
    assert languages == ["en-GB", "en-GB", "fa"]


async def test_markup_in_a_reply_runs_nothing(house: House) -> None:
    bad = (
        '<b>ok</b><img src=x onerror="document.title=1"><script>document.title=2</script>'
        '<a href="javascript:document.title=3">x</a>'
    )
    house.script = saying(Say(html=bad))
    person = await house.person()
    await writes(person, "x")
    await expect(person.locator(".theirs b")).to_have_text("ok")
    assert await person.locator(".theirs img, .theirs script, .theirs a[href]").count() == 0
    assert await person.title() == "Hotline"
