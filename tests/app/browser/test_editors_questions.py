"""Questions without an answer, trials and new topics in a real browser: a walk, light and dark, wide and narrow."""

from datetime import date
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from road.account import Role
from road.outcome import Outcome
from road.session import Session
from road.turn import Address, Channel
from road.unanswered import Unanswered
from store.interface import Store
from tests.app.browser.axe import is_clean
from tests.app.browser.house import DESK, PHONE, House, shot

pytestmark = pytest.mark.asyncio(loop_scope="session")

DAY = date(2026, 11, 22)
IN_VAIN = (
    ("en", "pets", ("may my dog live in the hostel", "can a dog come to the hostel", "hostel with my dog Rex please")),
    ("ar", "transport_tickets", ("تذكرة القطار للأطفال", "كم تذكرة القطار", "أين تذكرة القطار من فضلك")),
    ("uk", "", ("де зарядити телефон", "де можна зарядити телефон", "зарядити телефон на вокзалі")),
)
QUESTIONS = "\n".join(f"where do i report my lost residence card {n}" for n in ["a", "b", "c", "d", "e", "f", "g", "h"])
PAGES = ("questions", "questions/teach", "questions/topic", "try")


async def asked_in_vain(store: Store) -> None:
    """Nine people ask in vain; three of them find an answer not helpful too."""
    number = 0
    for locale, topic, texts in IN_VAIN:
        for text in texts:
            number += 1
            address = Address(Channel.TELEGRAM, str(number))
            votes = (Unanswered(text="", locale="en", topic="pets", day=DAY),) if topic == "pets" else ()
            for asked in (Unanswered(text=text, locale=locale, topic=topic, day=DAY), *votes):
                remembered = await store.load(store.person(address))
                await store.change(remembered, Outcome(session=Session(address=address), unanswered=asked))


@pytest.fixture
def questions_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "nlu" / "data"
    (folder / "en").mkdir(parents=True)
    text = 'version: "3.1"\nnlu:\n- intent: pets\n  examples: |\n    - is my cat welcome\n'
    (folder / "en" / "daily_life.yml").write_text(text)
    return folder


async def in_both_widths(page: Page, name: str, scheme: str) -> None:
    """axe finds nothing, and a phone shows all of it."""
    await is_clean(page, f"{name} {scheme}")
    for width, viewport in (("1280", DESK), ("360", PHONE)):
        await page.set_viewport_size(viewport)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} at {width} px"
        await shot(page, f"editors-{name.replace('/', '-')}-{scheme}-{width}")
    await page.set_viewport_size(DESK)


@pytest.mark.parametrize(("scheme", "locale"), [("light", "en"), ("dark", "hu")])
async def test_from_a_question_in_vain_to_a_training_question_and_a_new_topic(
    editors_house: House, questions_dir: Path, scheme: str, locale: str
) -> None:
    house = editors_house
    await asked_in_vain(house.store)
    ilona = await house.staff("ilona", Role.EDITOR, account_locale=locale, color_scheme=scheme)
    for path in PAGES:
        await ilona.goto(f"{house.url}/console/content/{path}")
        await expect(ilona.locator(".parts [aria-current]")).to_be_visible()
        await in_both_widths(ilona, path, scheme)

    await ilona.goto(f"{house.url}/console/content/questions")
    await expect(ilona.locator("main")).not_to_contain_text("Rex")
    group = ilona.locator(".asked > li", has_text="dog")
    await group.get_by_role("link").first.click()
    await expect(ilona.locator("#topic")).to_have_value("pets")
    await ilona.locator("#texts").fill("may my dog live in the hostel\nis my cat welcome")
    await ilona.locator("main form button").click()
    await expect(ilona.get_by_role("alert")).to_contain_text("is my cat welcome")
    await in_both_widths(ilona, "questions/teach-refused", scheme)
    await ilona.locator("#texts").fill("may my dog live in the hostel")
    await ilona.locator("main form button").click()
    await expect(ilona.get_by_role("status")).to_contain_text("1")
    assert "    - may my dog live in the hostel\n" in (questions_dir / "en" / "daily_life.yml").read_text()

    await ilona.goto(f"{house.url}/console/content/questions/topic")
    await ilona.locator("#id").fill("lost_card")
    await ilona.locator("#group").select_option("daily_life")
    await ilona.locator("#title").fill("When the card is lost")
    await ilona.locator("#text").fill("Pay 500 at the police.")
    await ilona.locator("#sources").select_option(index=0)
    await ilona.locator("#texts").fill(QUESTIONS)
    await ilona.locator("main form button").click()
    await expect(ilona.get_by_role("alert")).to_contain_text("500")
    await in_both_widths(ilona, "questions/topic-refused", scheme)
    await ilona.locator("#text").fill("Tell the police, and ask for a paper that says so.")
    await ilona.locator("main form button").click()
    await ilona.get_by_role("status").get_by_role("link").last.click()
    await expect(ilona.locator(".telegram")).to_contain_text("Tell the police")
    await in_both_widths(ilona, "try/topic", scheme)

    await ilona.goto(f"{house.url}/console/content/try?topic=pets&locale=ar")
    await expect(ilona.locator(".telegram[dir=rtl]")).to_have_count(2)
    await in_both_widths(ilona, "try/arabic", scheme)
    await ilona.locator("#text").fill("my husband hits me")
    await ilona.locator("form[method=post] button.main").click()
    await expect(ilona.locator(".telegram")).to_have_count(2)
    await in_both_widths(ilona, "try/question", scheme)
