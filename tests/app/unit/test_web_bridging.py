"""Helping across languages in the console: questions, prepared texts, interpreters, and the hint."""

import dataclasses
import html
import re

import pytest
from msgspec.structs import replace

from actions.transcript import plain_text
from content.content import Content
from road.case import Author, Entry
from road.understanding import Candidate
from tests.app.unit.web_stage import NOW, Operator, Stage, wrote


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


async def holds(stage: Stage, *entries: Entry, **more: object) -> Operator:
    """Anna, who reads Hungarian, has taken CASE1 of somebody who writes Mongolian."""
    anna = await stage.at_console("anna")
    await stage.store.set_duty("anna", on=True)
    await stage.person_waits(1, *entries, **{"locale": "mn", **more})
    assert (await anna.does("cases/CASE1/claim")).status_code == 303
    await anna.does("locale", locale="hu")
    return anna


async def page_of(anna: Operator, **query: str) -> str:
    return html.unescape((await anna.browser.get("/console/cases/CASE1", params=query)).text)


async def last_entry(stage: Stage, anna: Operator) -> Entry:
    case = await stage.case("CASE1")
    return (await stage.store.transcript(case.person, anna.visitor.visibilities))[-1]


async def test_every_question_is_offered_in_the_operators_language_with_its_answers(stage: Stage) -> None:
    page = await page_of(await holds(stage))
    offered = re.findall(r'name="question" value="(\w+)"><span>', page)
    assert offered == list(stage.content.bridge.questions)
    assert "Biztonságban van most?" in page
    assert "Igen, biztonságban vagyok · Nem, veszélyben vagyok · Nem tudom" in page
    assert "Таны" not in page


async def test_a_question_is_sent_by_one_click_and_read_in_both_languages(stage: Stage) -> None:
    anna = await holds(stage)
    assert (await anna.does("cases/CASE1/ask", question="safe_now")).status_code == 303
    sent = await last_entry(stage, anna)
    assert (sent.own_text, sent.by) == ("ask:safe_now", "anna")
    page = await page_of(anna)
    assert '<p class="text meaning" dir="auto">Biztonságban van most?</p>' in page
    assert f'<p class="text original" dir="auto" lang="mn">{sent.text}</p>' in page


async def test_a_tapped_answer_is_read_in_the_operators_language_with_the_original_beside_it(stage: Stage) -> None:
    original = stage.content.bridge.wordings["mn"]["where"].answers["border"]
    tapped = wrote(original, kind="button", own_text="tap:where:border", locale="mn")
    page = await page_of(await holds(stage, tapped))
    assert '<p class="text meaning" dir="auto">A határon</p>' in page
    assert f'lang="mn">{original}</p>' in page


async def test_who_reads_the_persons_language_sees_the_text_once(stage: Stage) -> None:
    tapped = wrote("A határon", kind="button", own_text="tap:where:border", locale="hu")
    page = await page_of(await holds(stage, tapped, locale="hu"))
    assert '<p class="text " dir="auto" lang="hu">A határon</p>' in page
    assert "text meaning" not in page


async def test_an_answer_to_a_question_that_is_gone_is_still_read_as_it_was_given(stage: Stage) -> None:
    page = await page_of(await holds(stage, wrote("Хил дээр", kind="button", own_text="tap:gone:border", locale="mn")))
    assert 'lang="mn">Хил дээр</p>' in page


async def test_what_is_not_filled_in_is_asked_for_and_nothing_is_sent(stage: Stage) -> None:
    anna = await holds(stage)
    refused = await anna.does("cases/CASE1/ask", question="pass_on", service=" ")
    assert refused.status_code == 409
    assert "Valami nincs kitöltve." in html.unescape(refused.text)
    assert (await last_entry(stage, anna)).author is Author.BOT


async def test_a_prepared_text_is_previewed_in_both_languages_before_it_can_be_sent(stage: Stage) -> None:
    anna = await holds(stage)
    blank = await page_of(anna, prepared="greeting")
    assert re.findall(r'<p class="text preview" lang="(\w+)"', blank) == ["mn", "hu"]
    assert 'action="/console/cases/CASE1/send_prepared"' not in blank
    filled = await page_of(anna, prepared="greeting", name="Anna <K>")
    assert "A nevem: Anna <K>" in filled
    assert "Миний нэр: Anna <K>" in filled
    assert 'action="/console/cases/CASE1/send_prepared"' in filled
    assert (await anna.does("cases/CASE1/send_prepared", prepared="greeting", name="Anna <K>")).status_code == 303
    sent = await last_entry(stage, anna)
    assert sent.text.endswith("Миний нэр: Anna <K>")
    assert "A nevem: Anna <K>" in await page_of(anna)


async def test_only_addresses_that_may_be_shown_are_offered(stage: Stage) -> None:
    known = stage.content.known
    held_back = known.places["helsinki_office"]
    confirmed = replace(known.places["oif_harmat"], hold="", confidence="high")
    places = {**known.places, "oif_harmat": confirmed}
    stage.content = dataclasses.replace(stage.content, known=replace(known, places=places))
    page = await page_of(await holds(stage))
    assert f'<option value="{confirmed.named("mn")}, {confirmed.address}">' in page
    assert not held_back.shown
    assert held_back.address not in page


async def test_a_wish_for_an_interpreter_is_marked_in_case_and_queue_until_it_ends(stage: Stage) -> None:
    anna = await holds(stage)
    wish = {"language": "mn", "purpose": "doctor", "time": "holnap 10:00"}
    assert (await anna.does("cases/CASE1/interpreter", **wish)).status_code == 303
    page = await page_of(anna)
    assert "Tolmácsot keresünk: mongol, orvoshoz. Mikor: holnap 10:00" in page
    assert "tolmács: mongol" in html.unescape((await anna.sees("/console")).text)
    assert "anna tolmácsot kért: orvoshoz" in page
    assert (await anna.does("cases/CASE1/interpreter_found")).status_code == 303
    assert 'id="interpreter-mark"' not in await page_of(anna)
    again = await anna.does("cases/CASE1/interpreter_withdrawn")
    assert (again.status_code, "Már nem keresünk tolmácsot." in html.unescape(again.text)) == (409, True)


def understood(**more: object) -> Entry:
    ranking = (Candidate("tp_how_to_apply", 0.62), Candidate("legal_aid", 0.2), Candidate("thanks", 0.01))
    fields = {"topic": "tp_how_to_apply", "confidence": 0.62, "ranking": ranking, "locale": "mn"}
    return wrote("юу ч ойлгомжгүй", **{**fields, "locale_confidence": 0.97, **more})


def hint_in(page: str) -> str:
    found = re.search(r'<p class="hint"[^>]*>(.*?)</p>', page, re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", found[1]).split()).replace("\xa0", " ") if found else ""


async def test_the_hint_says_at_a_glance_what_the_last_message_is_about(stage: Stage) -> None:
    titles = [stage.content.article(topic, "hu").title for topic in ("tp_how_to_apply", "legal_aid")]  # type: ignore[union-attr]
    page = await page_of(await holds(stage, wrote("before", topic="legal_aid", at=NOW - 220), understood(urgent=True)))
    assert hint_in(page) == (
        f"Az utolsó üzenet témája: sürgős {titles[0]} 62 % {titles[1]} 20 % a nyelve: mongol (97 %)"
    )


async def test_the_hint_says_when_something_has_come_that_cannot_be_understood(stage: Stage) -> None:
    page = await page_of(await holds(stage, understood(), wrote("", kind="voice", at=NOW - 100)))
    assert hint_in(page).endswith(f"Utána érkezett: {stage.content.plain('console.kind.voice', 'hu')}")


async def test_conversation_is_named_in_words_and_an_unknown_language_as_such(stage: Stage) -> None:
    said = wrote("ok", topic="thanks", confidence=0.9, ranking=(Candidate("thanks", 0.9),), locale="und")
    assert hint_in(await page_of(await holds(stage, said))) == (
        "Az utolsó üzenet témája: Megköszöni 90 % ismeretlen nyelven"
    )


async def test_before_anything_was_understood_there_is_no_hint(stage: Stage) -> None:
    assert hint_in(await page_of(await holds(stage, wrote("x")))) == ""


async def test_every_conversation_topic_group_and_purpose_has_words_for_staff(stage: Stage) -> None:
    content = stage.content
    talk = [topic.id for topic in content.topics.values() if topic.group == "conversation"]
    groups = {question.group for question in content.bridge.questions.values()}
    keys = [f"console.conversation.{topic}" for topic in talk] + [f"console.bridge.group.{group}" for group in groups]
    assert len(keys) > 12
    for locale in ("en", "hu", "uk"):
        forms = content.interface.catalogues[locale].forms
        assert [key for key in keys if key not in forms] == []


async def test_what_is_previewed_of_an_answer_is_what_the_person_reads(stage: Stage) -> None:
    anna = await holds(stage, locale="ar")
    page = await page_of(anna, topic="tp_how_to_apply")
    shown = re.findall(r'<p class="text preview" lang="(\w+)" dir="(\w+)" tabindex="0">(.*?)</p>', page, re.DOTALL)
    assert [(locale, direction) for locale, direction, _ in shown] == [("ar", "rtl"), ("hu", "ltr")]
    await anna.does("cases/CASE1/send_topic", topic="tp_how_to_apply")
    assert (await last_entry(stage, anna)).text == shown[0][2]


async def test_who_writes_a_language_outside_the_thirteen_is_asked_in_english_and_staff_is_told(stage: Stage) -> None:
    page = await page_of(await holds(stage, locale="de"))
    assert page.count('<b class="badge warn">angolul</b>') == len(stage.content.bridge.questions)


FORMS = {
    "ask": {"question": "safe_now"},
    "send_prepared": {"prepared": "greeting", "name": "Anna"},
    "interpreter": {"language": "mn", "purpose": "doctor"},
}


@pytest.mark.parametrize("deed", FORMS)
async def test_a_form_that_is_sent_twice_is_done_once(stage: Stage, deed: str) -> None:
    anna = await holds(stage)
    case = await stage.case("CASE1")
    page = await page_of(anna, prepared="greeting", name="Anna")
    form = next(form for form in page.split("<form ")[1:] if f'/{deed}"' in form and deed_fits(deed, form))
    once = re.findall(r'name="once" value="([^"]+)"', form.split("</form>")[0])[0]
    before = len(await stage.store.transcript(case.person, anna.visitor.visibilities))
    for _ in range(2):
        assert (await anna.does(f"cases/CASE1/{deed}", once=once, **FORMS[deed])).status_code == 303
    assert len(await stage.store.transcript(case.person, anna.visitor.visibilities)) == before + 1


def deed_fits(deed: str, form: str) -> bool:
    """Of the questions' forms, that of the question which is asked."""
    return deed != "ask" or 'value="safe_now"' in form


async def test_every_question_has_a_form_of_its_own_name(stage: Stage) -> None:
    page = await page_of(await holds(stage))
    names = re.findall(r'name="once" value="([^"]+)"', page.split('id="bridge-list"')[1].split("</details>")[0])
    assert len(names) == len(set(names)) == len(stage.content.bridge.questions)


def from_bot(stage: Stage, own_text: str, text: str, locale: str = "mn") -> Entry:
    return Entry(at=NOW - 100, author=Author.BOT, text=text, kind="reply", locale=locale, own_text=own_text)


async def test_what_the_bot_answered_is_named_and_folded_in_the_operators_language(stage: Stage) -> None:
    content = stage.content
    now_text = plain_text(content.answer("suicide_self_harm", "mn", form="now", now=NOW).html)  # type: ignore[union-attr]
    entries = (
        from_bot(stage, "answer:tp_eligibility", "..."),
        from_bot(stage, "now:suicide_self_harm", now_text),
        from_bot(stage, "", plain_text(content.text("menu.groups", "mn"))),
        from_bot(stage, "", "something that was filled in: 3"),
    )
    page = await page_of(await holds(stage, *entries))
    folded = re.findall(r'-meaning" class="text meaning" dir="auto">(.*?)</p>', page, re.DOTALL)
    title = content.article("tp_eligibility", "hu").title  # type: ignore[union-attr]
    assert f"erre válaszolt: {title}" in page
    assert title in folded[0]
    assert content.article("suicide_self_harm", "hu", "now").title in folded[1]  # type: ignore[union-attr]
    assert plain_text(content.text("menu.groups", "hu")) in folded
    assert not any("filled in" in each for each in folded)


async def test_what_the_bot_said_in_the_operators_own_language_is_not_said_twice(stage: Stage) -> None:
    page = await page_of(await holds(stage, from_bot(stage, "answer:tp_eligibility", "...", "hu"), locale="hu"))
    assert "-fold" not in page
    assert "erre válaszolt" in page


async def test_an_answer_that_a_colleague_sent_is_folded_too(stage: Stage) -> None:
    anna = await holds(stage)
    await anna.does("cases/CASE1/send_topic", topic="tp_eligibility")
    assert (await last_entry(stage, anna)).own_text == "answer:tp_eligibility"
    assert stage.content.article("tp_eligibility", "hu").title in (await page_of(anna)).split("-meaning")[1]  # type: ignore[union-attr]
