"""An operator who reads Hungarian helps a person who writes Mongolian, by keys alone."""

import pytest
from playwright.async_api import Page, expect

from actions.route import route
from actions.scene import Scene
from content.content import Content
from road.outcome import Outcome
from road.session import Remembered
from road.turn import Turn
from road.understanding import Candidate, Understanding
from tests.app.browser.house import PHONE, House, shot
from tests.app.browser.worker import Script

pytestmark = pytest.mark.asyncio(loop_scope="session")

RANKING = (Candidate("talk_to_human_operator", 0.86), Candidate("tp_how_to_apply", 0.09), Candidate("legal_aid", 0.05))


def hotline(content: Content) -> Script:
    """The real decisions, on an understanding that the test sets."""

    def decide(turn: Turn, remembered: Remembered) -> Outcome:
        heard = Understanding(ranking=RANKING, locale="mn", locale_confidence=0.98)
        scene = Scene(remembered=remembered, understanding=heard, now=turn.at, fresh_id="KXQF-2749")
        return route(turn, scene, content)

    return decide


async def taken_over(house: House, content: Content) -> tuple[Page, Page]:
    """The operator's page with the case in it, and the person's."""
    house.script = hotline(content)
    operator = await house.staff("anna", account_locale="hu")
    await operator.get_by_role("button", name="Szolgálat kezdése").click()
    person = await house.person("mn")
    await person.get_by_role("textbox").fill("хүнтэй ярих")
    await person.get_by_role("textbox").press("Enter")
    await operator.get_by_role("button", name="Átveszem").click()
    await expect(operator.locator("#hint")).to_contain_text("mongol (98 %)")
    await expect(operator.get_by_role("button", name="Hangjelzés")).to_be_visible()  # the page's script has begun
    return operator, person


async def test_a_question_is_asked_by_keys_tapped_and_read_in_the_operators_language(
    house: House, content: Content
) -> None:
    operator, person = await taken_over(house, content)
    mongolian = content.bridge.wordings["mn"]["where"]
    await shot(operator, "bridge-hint-1280")
    await operator.keyboard.press("Alt+b")
    await expect(operator.get_by_label("Kérdés keresése")).to_be_focused()
    await shot(operator, "bridge-open-1280")
    await operator.keyboard.type("hataron")
    await expect(operator.locator("#bridge-list [data-words]:visible")).to_have_count(1)
    await operator.keyboard.press("Enter")
    await expect(operator.get_by_role("log")).to_contain_text("Hol van most?")
    await expect(operator.get_by_label("Kérdés keresése")).to_have_value("")

    await expect(person.get_by_role("log")).to_contain_text(mongolian.html({}))
    await person.get_by_role("button", name=mongolian.answers["border"]).click()
    await expect(person.get_by_role("button", name=mongolian.answers["border"])).to_have_count(0)
    await expect(person.get_by_role("log")).to_contain_text(
        content.plain("bridge.taken", "mn", answer=mongolian.answers["border"])
    )

    answer = operator.locator(".entry.person").last
    await expect(answer.locator(".meaning")).to_have_text("A határon")
    await expect(answer.locator(".original")).to_have_text(mongolian.answers["border"])
    await operator.get_by_role("log").scroll_into_view_if_needed()
    await shot(operator, "bridge-answered-1280")


async def test_danger_in_an_answer_alarms_the_operator(house: House, content: Content) -> None:
    operator, person = await taken_over(house, content)
    mongolian = content.bridge.wordings["mn"]["injured"]
    await operator.keyboard.press("Alt+b")
    await operator.locator("button[name=question][value=injured]").click()
    await person.get_by_role("button", name=mongolian.answers["child"]).click()
    await expect(operator.locator("#alarms")).to_contain_text("KXQF-2749")
    await expect(person.get_by_role("log")).to_contain_text("112")
    await shot(person, "bridge-danger-360")


async def test_a_prepared_text_is_filled_in_previewed_and_sent(house: House, content: Content) -> None:
    operator, person = await taken_over(house, content)
    await operator.keyboard.press("Alt+p")
    await operator.locator("#prepared button[value=greeting]").press("Enter")
    await expect(operator.get_by_label("Az itt használt neve")).to_be_focused()
    await operator.keyboard.type("Anna")
    await operator.keyboard.press("Enter")
    await expect(operator.locator("#prepared .preview").first).to_contain_text("Миний нэр: Anna")
    await shot(operator, "prepared-1280")
    await operator.get_by_role("button", name="A szöveg elküldése").press("Enter")
    await expect(person.get_by_role("log")).to_contain_text("Миний нэр: Anna")
    await expect(operator.get_by_role("log")).to_contain_text("A nevem: Anna")

    await operator.keyboard.press("Alt+i")
    await operator.get_by_label("Mihez").select_option("doctor")
    await operator.get_by_role("button", name="Kérés, és az ügyfél").press("Enter")
    await expect(operator.locator("#interpreter-mark")).to_contain_text("orvoshoz")
    await expect(person.get_by_role("log")).to_contain_text("орчуулагч хайж байна")
    await operator.set_viewport_size(PHONE)
    await operator.keyboard.press("Alt+b")
    await shot(operator, "bridge-360")
    assert await operator.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
