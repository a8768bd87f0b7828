"""Attacks on the console that no other file has: scripts in every place, stale pages, forms sent twice."""

import asyncio
import html
from typing import Any

import pytest

from content.content import Content
from road.account import Role
from road.case import Author, CaseState, Entry
from road.errors import StoreUnavailable
from tests.app.unit.web_stage import NOW, Operator, Stage, wrote
from web.session import COOKIE

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}'


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


async def answers(stage: Stage) -> list[str]:
    """What operators have said to the first person."""
    case = await stage.case("CASE1")
    entries = await stage.store.transcript(case.person, [case.visibility])
    return [entry.text for entry in entries if entry.author is Author.OPERATOR]


async def holds(stage: Stage, name: str = "anna") -> Operator:
    await stage.person_waits(1, wrote("hello"))
    somebody = await stage.at_console(name)
    await somebody.does("cases/CASE1/claim")
    return somebody


async def test_a_script_in_any_text_name_or_topic_is_text_on_every_page(stage: Stage) -> None:
    entries = (
        wrote(EVIL, topic=EVIL, confidence=0.5),
        wrote(f"1:{EVIL}", kind="button", at=NOW - 90),
        Entry(at=NOW - 80, author=Author.BOT, text=EVIL, kind="reply"),
        Entry(at=NOW - 70, author=Author.OPERATOR, text=EVIL, kind="note", by=EVIL),
    )
    await stage.person_waits(1, *entries, topic=EVIL, locale=EVIL, critical=True, alarm=True, safe_word=EVIL)
    evil = await stage.at_console(EVIL, Role.ADMINISTRATOR)
    await stage.account(f"{EVIL}2", chat=EVIL, groups=(EVIL,))
    await evil.does("duty", on="1")
    await evil.does("cases/CASE1/claim")
    await evil.sees("/console/cases/CASE1")
    await stage.changes("CASE1", outcome=EVIL, referral=EVIL)
    shown = 0
    for path in ("", "/cases/CASE1", "/duty", "/accounts", "/audit", "/me", "/me/factor", f"/audit?account={EVIL}"):
        page = (await evil.sees(f"/console{path}")).text
        shown += page.count(html.escape(EVIL, quote=False).replace('"', "&#34;"))
        assert "<script>" not in page, path
        assert "<img src=x" not in page, path
    assert shown > 8


async def test_a_script_in_what_comes_back_from_a_form_is_text_too(stage: Stage) -> None:
    anna = await holds(stage)
    names = ("text", "outcome", "topic", "referral", "consent", "reason", "to", "safe_word", "once")
    fields = dict.fromkeys(names, EVIL)
    for deed in ("answer", "note", "close", "reassign", "safe_word", "send_topic"):
        page = (await anna.does(f"cases/CASE1/{deed}", **fields)).text
        assert "<script>" not in page, deed
        assert "<img src=x" not in page, deed
    for path in (f"?find={EVIL}", f"?topic={EVIL}"):
        assert "<script>" not in (await anna.sees(f"/console/cases/CASE1{path}")).text


async def test_after_logging_out_the_old_cookie_opens_nothing_and_no_page_was_kept(stage: Stage) -> None:
    anna = await holds(stage)
    page = await anna.sees("/console/cases/CASE1")
    assert page.headers["cache-control"] == "no-store"
    await anna.does("cases/CASE1/close", outcome="answered")
    await anna.does("logout")
    back = stage.browser(cookies={COOKIE: anna.visitor.secret})
    again = await back.get("/console/cases/CASE1")
    assert (again.status_code, again.headers["location"]) == (303, "/console/login?case=CASE1")
    posted = await back.post("/console/cases/CASE1/note", data={"token": anna.visitor.token, "text": "late"})
    assert (posted.status_code, posted.headers["location"]) == (303, "/console/login?case=CASE1&ended=1")
    assert await answers(stage) == []


async def test_a_page_of_an_earlier_session_says_that_it_is_too_old(stage: Stage) -> None:
    anna = await holds(stage)
    stale = anna.visitor.token
    again = await stage.at_console("anna")
    answer = await again.browser.post("/console/cases/CASE1/answer", data={"token": stale, "text": "hello"})
    assert answer.status_code == 403
    assert "too old" in answer.text
    assert await answers(stage) == []


async def test_a_form_of_a_case_closed_meanwhile_gets_a_clear_page_with_what_was_typed(stage: Stage) -> None:
    anna = await holds(stage)
    await anna.does("cases/CASE1/close", outcome="answered")
    late = await anna.does("cases/CASE1/answer", text="one more thing", once="f00")
    assert late.status_code == 409
    assert "closed already" in late.text
    assert "one more thing" in late.text
    assert await answers(stage) == []


async def test_an_answer_whose_receipt_was_lost_is_sent_again_and_said_once(stage: Stage) -> None:
    anna = await holds(stage)
    first = await anna.does("cases/CASE1/answer", text="I am here", once="f00")
    await stage.changes("CASE1", locale="hu")
    again = await anna.does("cases/CASE1/answer", text="I am here", once="f00")
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["location"] == again.headers["location"]
    assert await answers(stage) == ["I am here"]


async def test_it_is_said_once_also_when_the_case_was_closed_in_between(stage: Stage) -> None:
    anna = await holds(stage)
    await anna.does("cases/CASE1/answer", text="I am here", once="f00")
    await anna.does("cases/CASE1/close", outcome="answered", once="f01")
    assert (await anna.does("cases/CASE1/answer", text="I am here", once="f00")).status_code == 303
    assert (await anna.does("cases/CASE1/close", outcome="answered", once="f01")).headers["location"] == "/console"
    assert await answers(stage) == ["I am here"]


async def test_a_double_click_says_it_once(stage: Stage) -> None:
    anna = await holds(stage)
    both = [anna.does("cases/CASE1/answer", text="I am here", once="f00") for _ in range(4)]
    assert {answer.status_code for answer in await asyncio.gather(*both)} == {303}
    assert await answers(stage) == ["I am here"]


async def test_an_answer_that_was_not_written_is_written_when_it_is_sent_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await holds(stage)
    with monkeypatch.context() as lost:

        async def gone(*_: Any) -> None:
            raise StoreUnavailable("x")

        lost.setattr(stage.store, "change", gone)
        assert (await anna.does("cases/CASE1/answer", text="I am here", once="f00")).status_code == 503
    assert (await anna.does("cases/CASE1/answer", text="I am here", once="f00")).status_code == 303
    assert await answers(stage) == ["I am here"]


async def test_the_same_words_twice_on_purpose_are_said_twice(stage: Stage) -> None:
    anna = await holds(stage)
    for once in ("f00", "f01"):
        await anna.does("cases/CASE1/answer", text="Are you there?", once=once)
    await anna.does("cases/CASE1/note", text="a note under the same name", once="f01")
    assert await answers(stage) == ["Are you there?", "Are you there?", "a note under the same name"]


async def test_a_colleagues_form_of_the_same_name_is_another(stage: Stage) -> None:
    anna, bela = await holds(stage), await stage.at_console("bela")
    for each, text in ((anna, "by anna"), (bela, "by bela")):
        assert (await each.does("cases/CASE1/note", text=text, once="f00")).status_code == 303
    assert await answers(stage) == ["by anna", "by bela"]


async def test_every_page_names_its_forms_anew(stage: Stage) -> None:
    anna = await holds(stage)
    pages = [(await anna.sees("/console/cases/CASE1")).text for _ in range(2)]
    names = [page.split('name="once" value="')[1].split('"')[0] for page in pages]
    assert len(set(names)) == 2
    assert all(len(name) >= 20 for name in names)


async def test_two_tabs_see_one_truth(stage: Stage) -> None:
    anna = await holds(stage)
    await anna.does("cases/CASE1/release")
    from_the_other_tab = await anna.does("cases/CASE1/answer", text="still typing", once="f00")
    assert from_the_other_tab.status_code == 409
    assert "still typing" in from_the_other_tab.text
    case = await stage.case("CASE1")
    assert case.state is CaseState.WAITING
    assert await answers(stage) == []
