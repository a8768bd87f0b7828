"""The console: who sees what, who may do what, and what happens when two do it at once."""

import asyncio
import html
import re
from typing import Any

import pytest

from content.content import Content
from road.account import Account, Role
from road.case import Author, CaseState, Entry
from road.errors import Conflict, StoreUnavailable
from tests.app.unit.web_stage import FOCAL, NOW, PASSWORD, Stage, wrote

EVIL = '<script>document.title="gone"</script><img src=x onerror=alert(1)>{{ 7*7 }}'


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


async def test_without_a_session_every_page_leads_to_the_login(stage: Stage) -> None:
    browser = stage.browser()
    gets = {"/console": "", "/console/accounts": "", "/console/events": "", "/console/cases/CASE1": "?case=CASE1"}
    posts = {"/console/cases/CASE1/claim": "?case=CASE1&ended=1", "/console/duty": "?ended=1"}
    answers = [await browser.get(path) for path in gets] + [await browser.post(path) for path in posts]
    expected = [(303, f"/console/login{words}") for words in (gets | posts).values()]
    assert [(a.status_code, a.headers["location"]) for a in answers] == expected


async def test_the_queue_shows_critical_cases_first_and_how_long_each_waits(stage: Stage) -> None:
    await stage.person_waits(1, opened_at=NOW - 3600)
    await stage.person_waits(2, opened_at=NOW - 240, critical=True)
    anna = await stage.at_console("anna")
    page = (await anna.sees()).text
    assert page.index('id="case-CASE2"') < page.index('id="case-CASE1"')
    assert "waiting 4 min" in page
    assert "waiting 60 min" in page


async def test_a_sensitive_case_has_a_neutral_title_and_a_warning(stage: Stage) -> None:
    await stage.person_waits(1, topic="domestic_violence", sensitive=True)
    anna = await stage.at_console("anna")
    queue, case = (await anna.sees()).text, (await anna.sees("/console/cases/CASE1")).text
    neutral = html.escape(stage.content.plain("topic.neutral", "en"))
    assert neutral in queue
    assert "violence" not in queue.lower()
    assert neutral in case
    assert "may be watching" in case


async def test_no_page_shows_who_a_person_is(stage: Stage) -> None:
    case = await stage.person_waits(1, wrote("hello"))
    anna = await stage.at_console("anna")
    for path in ("/console", "/console/cases/CASE1"):
        page = (await anna.sees(path)).text
        assert "CASE1" in page
        assert "700000001" not in page
        assert case.person not in page


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SUPERVISOR, Role.ADMINISTRATOR])
async def test_a_focal_case_does_not_exist_for_others(stage: Stage, role: Role) -> None:
    await stage.person_waits(1, wrote("a helper hurt me", visibility=FOCAL), visibility=FOCAL, alarm=True)
    other = await stage.at_console("anna", role)
    assert "CASE1" not in (await other.sees()).text
    hidden = await other.sees("/console/cases/CASE1")
    missing = await other.sees("/console/cases/NOSUCH")
    assert (hidden.status_code, hidden.text) == (404, missing.text)
    for deed in ("claim", "answer", "note", "close", "release", "seen"):
        refused = await other.does(f"cases/CASE1/{deed}", text="x", outcome="other")
        assert refused.status_code == 404
    assert (await stage.case("CASE1")).state is CaseState.WAITING


async def test_the_focal_point_sees_focal_cases_and_the_others(stage: Stage) -> None:
    await stage.person_waits(1, wrote("a helper hurt me", visibility=FOCAL), visibility=FOCAL)
    await stage.person_waits(2)
    focal = await stage.at_console("fatima", Role.FOCAL)
    queue = (await focal.sees()).text
    assert "CASE1" in queue
    assert "CASE2" in queue
    assert "a helper hurt me" in (await focal.sees("/console/cases/CASE1")).text


async def test_focal_entries_are_left_out_of_an_ordinary_case_of_the_same_person(stage: Stage) -> None:
    await stage.person_waits(1, wrote("a helper hurt me", visibility=FOCAL), wrote("where is the bus", at=NOW - 100))
    anna = await stage.at_console("anna")
    page = (await anna.sees("/console/cases/CASE1")).text
    assert "where is the bus" in page
    assert "a helper" not in page


async def test_an_editor_sees_no_cases_and_may_not_go_on_duty(stage: Stage) -> None:
    await stage.person_waits(1)
    editor = await stage.at_console("edit", Role.EDITOR)
    led = await editor.sees()
    assert (led.status_code, led.headers["location"]) == (303, "/console/content")
    assert "CASE1" not in (await editor.sees("/console/content")).text
    assert (await editor.sees("/console/cases/CASE1")).status_code == 403
    assert (await editor.sees("/console/events")).status_code == 403
    assert (await editor.does("duty", on="1")).status_code == 403
    assert (await stage.store.roster()).names == []


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR}])
async def test_only_administrators_manage_accounts(stage: Stage, role: Role) -> None:
    other = await stage.at_console("anna", role)
    fields = {"name": "mallory", "role": "administrator", "locale": "en", "password": "long enough for this"}
    assert (await other.sees("/console/accounts")).status_code == 403
    assert (await other.does("accounts", **fields)).status_code == 403
    assert (await other.does("accounts/edit", name="anna", role="administrator", locale="en")).status_code == 403
    assert (await other.does("accounts/password", name="anna", password="long enough for this")).status_code == 403
    assert [account.name for account in await stage.store.accounts()] == ["anna"]


async def test_an_administrator_makes_an_account_that_logs_in(stage: Stage) -> None:
    boss = await stage.at_console("boss", Role.ADMINISTRATOR)
    fields = {"name": "nadia", "role": "focal", "locale": "uk", "password": "nine and three words"}
    assert (await boss.does("accounts", **fields)).status_code == 303
    made = await stage.store.find_account("nadia")
    assert made is not None
    assert (made.role, made.locale) == (Role.FOCAL, "uk")
    assert made.password_hash.startswith("$argon2id$")
    entered = await stage.browser().post("/console/login", data=fields)
    assert entered.headers["location"] == "/console"


@pytest.mark.parametrize(
    ("change", "notice"),
    [
        ({"name": ""}, "The name is empty"),
        ({"name": "x" * 41}, "The name is empty or too long"),
        ({"name": "boss"}, "There is an account of this name"),
        ({"role": "king"}, "not complete"),
        ({"locale": "xx"}, "not complete"),
        ({"capacity": "0"}, "from 1 to 50"),
        ({"capacity": "many"}, "from 1 to 50"),
        ({"chat": "@anna"}, "A chat id is a number"),
        ({"password": "short"}, "at least 12"),
        ({"password": "x" * 201}, "at least 12"),
    ],
)
async def test_a_faulty_account_is_not_made(stage: Stage, change: dict[str, str], notice: str) -> None:
    boss = await stage.at_console("boss", Role.ADMINISTRATOR)
    fields = {"name": "nadia", "role": "focal", "locale": "uk", "password": "nine and three words", **change}
    answer = await boss.does("accounts", **fields)
    assert answer.status_code == 422
    assert notice in answer.text
    assert [account.name for account in await stage.store.accounts()] == ["boss"]
    kept = await stage.store.find_account("boss")
    assert kept is not None
    assert kept.role is Role.ADMINISTRATOR


async def test_an_account_gets_skills_capacity_and_a_chat_for_calls(stage: Stage) -> None:
    boss = await stage.at_console("boss", Role.ADMINISTRATOR)
    before = await stage.account("nadia")
    assert 'value="nadia"' in (await boss.sees("/console/accounts?edit=nadia")).text
    fields = {
        **{"name": "nadia", "role": "focal", "locale": "uk", "locales": ["uk", "ru", "xx"], "groups": ["safety", "no"]},
        **{"capacity": "3", "chat": "-100123", "on_call": "1"},
    }
    changed = await boss.browser.post("/console/accounts/edit", data={"token": boss.visitor.token, **fields})
    assert changed.status_code == 303
    assert await stage.store.find_account("nadia") == Account(
        name="nadia", role=Role.FOCAL, password_hash=before.password_hash, locale="uk", locales=("uk", "ru"),
        groups=("safety",), capacity=3, chat="-100123", on_call=True,
    )  # fmt: skip
    row = (await boss.sees("/console/accounts")).text.split('<th scope="row">nadia</th>')[1].split("</tr>")[0]
    for words in ("Ukrainian, Russian", "-100123", "on call", "<td>3</td>"):
        assert words in row


async def test_an_unknown_account_is_not_edited_into_being(stage: Stage) -> None:
    boss = await stage.at_console("boss", Role.ADMINISTRATOR)
    fields = {"name": "mallory", "role": "administrator", "locale": "en", "capacity": "3"}
    assert (await boss.does("accounts/edit", **fields)).status_code == 422
    assert [account.name for account in await stage.store.accounts()] == ["boss"]


async def test_a_new_password_ends_the_sessions_that_are_open(stage: Stage) -> None:
    boss, anna = await stage.at_console("boss", Role.ADMINISTRATOR), await stage.at_console("anna")
    await boss.does("accounts/password", name="anna", password="a very new password")
    assert (await anna.sees()).headers["location"] == "/console/login"


async def test_a_new_password_replaces_the_old_one(stage: Stage) -> None:
    boss = await stage.at_console("boss", Role.ADMINISTRATOR)
    await stage.account("anna")
    assert (await boss.does("accounts/password", name="anna", password="a very new password")).status_code == 303
    old = await stage.browser().post("/console/login", data={"name": "anna", "password": PASSWORD})
    new = await stage.browser().post("/console/login", data={"name": "anna", "password": "a very new password"})
    assert (old.status_code, new.status_code) == (403, 303)


async def test_a_case_is_worked_from_queue_to_close(stage: Stage) -> None:
    await stage.person_waits(1, wrote("Де гуртожиток?"))
    anna = await stage.at_console("anna")
    claimed = await anna.does("cases/CASE1/claim")
    assert claimed.headers["location"] == "/console/cases/CASE1"
    assert (await anna.does("cases/CASE1/answer", text=" Пишу вам \r\nзараз ")).status_code == 303
    assert (await anna.does("cases/CASE1/note", text="speaks some Hungarian")).status_code == 303
    page = (await anna.sees("/console/cases/CASE1")).text
    assert "Пишу вам \nзараз" in page
    assert "Note by anna" in page
    closed = await anna.does("cases/CASE1/close", outcome="answered")
    assert closed.headers["location"] == "/console"
    case = await stage.case("CASE1")
    assert (case.state, case.outcome, case.operator) == (CaseState.CLOSED, "answered", "anna")
    assert 'id="case-CASE1"' not in (await anna.sees()).text
    entries = await stage.store.transcript(case.person, anna.visitor.visibilities)
    assert [e.text for e in entries if e.by == "anna"] == ["Пишу вам \nзараз", "speaks some Hungarian"]


async def test_of_two_who_claim_at_once_one_is_told_that_a_colleague_was_first(stage: Stage) -> None:
    await stage.person_waits(1)
    staff = [await stage.at_console("anna"), await stage.at_console("bela")]
    answers = await asyncio.gather(*(each.does("cases/CASE1/claim") for each in staff))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    winner = (await stage.case("CASE1")).operator
    loser = next(answer for answer in answers if answer.status_code == 409)
    assert "A colleague was first" in loser.text
    assert f"with {winner}" in loser.text


async def test_an_answer_still_goes_out_when_the_person_writes_meanwhile(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.person_waits(1)
    anna = await stage.at_console("anna")
    await anna.does("cases/CASE1/claim")
    change = stage.store.change
    meddled: list[bool] = []

    async def meddling(*args: Any) -> None:
        if not meddled:
            meddled.append(True)
            await stage.changes("CASE1", locale="hu")
        await change(*args)

    monkeypatch.setattr(stage.store, "change", meddling)
    assert (await anna.does("cases/CASE1/answer", text="I am here")).status_code == 303
    case = await stage.case("CASE1")
    assert case.locale == "hu"
    entries = await stage.store.transcript(case.person, anna.visitor.visibilities)
    assert [entry.text for entry in entries].count("I am here") == 1


async def test_what_was_typed_comes_back_when_a_deed_fails(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    await stage.person_waits(1)
    anna = await stage.at_console("anna")
    await anna.does("cases/CASE1/claim")

    async def never(*_: Any) -> None:
        raise Conflict("always")

    monkeypatch.setattr(stage.store, "change", never)
    answer = await anna.does("cases/CASE1/answer", text="half an hour of writing")
    assert answer.status_code == 409
    assert re.search(r"<textarea id=\"answer\"[^>]*>half an hour of writing</textarea>", answer.text)
    assert "could not be done" in answer.text


@pytest.mark.parametrize(("text", "notice"), [("", "empty"), (" \u200b\u202e ", "empty"), ("x" * 8001, "too long")])
async def test_an_empty_or_endless_answer_is_not_sent(stage: Stage, text: str, notice: str) -> None:
    await stage.person_waits(1)
    anna = await stage.at_console("anna")
    await anna.does("cases/CASE1/claim")
    answer = await anna.does("cases/CASE1/answer", text=text)
    assert answer.status_code == 422
    assert notice in answer.text
    assert all(e.by != "anna" for e in await stage.store.transcript((await stage.case("CASE1")).person, [FOCAL]))


async def test_only_the_holder_answers_closes_and_releases(stage: Stage) -> None:
    await stage.person_waits(1)
    anna, bela = await stage.at_console("anna"), await stage.at_console("bela")
    await anna.does("cases/CASE1/claim")
    for deed, fields in (("answer", {"text": "x"}), ("close", {"outcome": "other"}), ("release", {})):
        answer = await bela.does(f"cases/CASE1/{deed}", **fields)
        assert answer.status_code == 409
        assert "A colleague was first" in answer.text
    assert (await stage.case("CASE1")).operator == "anna"
    assert (await anna.does("cases/CASE1/release")).headers["location"] == "/console"
    assert (await stage.case("CASE1")).state is CaseState.WAITING


async def test_an_alarm_stands_on_every_page_until_somebody_has_seen_it(stage: Stage) -> None:
    await stage.person_waits(1)
    await stage.person_waits(2, critical=True, alarm=True, sensitive=True)
    anna = await stage.at_console("anna")
    for path in ("/console", "/console/cases/CASE1"):
        assert 'data-count="1"' in (await anna.sees(path)).text
    assert (await anna.does("cases/CASE2/seen")).status_code == 303
    assert 'data-count="0"' in (await anna.sees()).text
    assert (await stage.case("CASE2")).critical


async def test_a_reply_to_a_closed_case_comes_back_as_a_draft(stage: Stage) -> None:
    await stage.person_waits(1)
    anna = await stage.at_console("anna")
    await anna.does("cases/CASE1/claim")
    await anna.does("cases/CASE1/close", outcome="answered")
    answer = await anna.does("cases/CASE1/answer", text="one more thing")
    assert answer.status_code == 409
    assert "closed already" in answer.text
    assert re.search(
        r'<div id="unsent" >\s*<label[^>]*>[^<]*</label>\s*<textarea id="kept" [^>]*readonly>one more thing</textarea>',
        answer.text,
    )
    assert "/answer" not in (await anna.sees("/console/cases/CASE1")).text


async def test_a_close_needs_an_outcome_of_the_list(stage: Stage) -> None:
    await stage.person_waits(1)
    anna = await stage.at_console("anna")
    await anna.does("cases/CASE1/claim")
    assert (await anna.does("cases/CASE1/close", outcome="bored")).status_code == 409
    assert (await stage.case("CASE1")).state is CaseState.ACTIVE


async def test_an_unknown_deed_is_a_plain_404(stage: Stage) -> None:
    await stage.person_waits(1)
    anna = await stage.at_console("anna")
    assert (await anna.does("cases/CASE1/explode")).status_code == 404


async def test_texts_of_people_are_text(stage: Stage) -> None:
    await stage.person_waits(1, wrote(EVIL), Entry(at=NOW, author=Author.BOT, text=EVIL, kind="reply"))
    anna = await stage.at_console("anna")
    page = (await anna.sees("/console/cases/CASE1")).text
    assert page.count(html.escape(EVIL, quote=False).replace('"', "&#34;")) == 2
    assert "<script>" not in page
    assert "<img" not in page


async def test_the_transcript_says_what_the_bot_understood_and_what_was_tapped(stage: Stage) -> None:
    entries = (
        wrote("he beats me", topic="domestic_violence", confidence=0.914, urgent=True),
        wrote("1:p", kind="button", at=NOW - 100),
        wrote("", kind="voice", at=NOW - 90),
        wrote("where do I apply", kind="edited_text", at=NOW - 80),
    )
    await stage.person_waits(1, *entries)
    anna = await stage.at_console("anna")
    page = (await anna.sees("/console/cases/CASE1")).text
    assert "understood as: domestic_violence, 91 %" in page
    assert "urgent" in page
    assert html.escape(stage.content.plain("button.person", "en")) in page
    for words in ("tapped a button", "voice message", "changed afterwards"):
        assert words in page


@pytest.mark.parametrize("token", [None, "", "0" * 64])
async def test_a_post_without_the_forms_token_does_nothing(stage: Stage, token: str | None) -> None:
    await stage.person_waits(1)
    anna = await stage.at_console("anna")
    for path in ("cases/CASE1/claim", "duty", "locale", "logout"):
        data = {"on": "1", "locale": "hu"} | ({} if token is None else {"token": token})
        assert (await anna.browser.post(f"/console/{path}", data=data)).status_code == 403
    assert (await stage.case("CASE1")).state is CaseState.WAITING
    assert (await stage.store.roster()).names == []


async def test_the_token_of_another_session_is_refused(stage: Stage) -> None:
    await stage.person_waits(1)
    anna, bela = await stage.at_console("anna"), await stage.at_console("bela")
    answer = await anna.browser.post("/console/cases/CASE1/claim", data={"token": bela.visitor.token})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://evil.test"}]
)
async def test_a_post_from_another_site_is_refused(stage: Stage, headers: dict[str, str]) -> None:
    anna = await stage.at_console("anna")
    data = {"token": anna.visitor.token, "on": "1"}
    assert (await anna.browser.post("/console/duty", data=data, headers=headers)).status_code == 403
    assert (await stage.store.roster()).names == []


async def test_duty_goes_on_and_off_and_ends_with_the_session(stage: Stage) -> None:
    anna = await stage.at_console("anna")
    await anna.does("duty", on="1")
    assert (await stage.store.roster()).names == ["anna"]
    assert "the only one on duty" in (await anna.sees()).text
    await anna.does("duty", on="0")
    assert (await stage.store.roster()).names == []
    await anna.does("duty", on="1")
    await anna.does("logout")
    assert (await stage.store.roster()).names == []
    assert (await anna.sees()).headers["location"] == "/console/login"


async def test_the_console_speaks_the_accounts_language(stage: Stage) -> None:
    anna = await stage.at_console("anna")
    await anna.does("locale", locale="hu")
    page = (await anna.sees()).text
    assert '<html lang="hu" dir="ltr">' in page
    assert "Várólista" in page
    await anna.does("locale", locale="xx")
    assert "Várólista" in (await anna.sees()).text


async def test_pages_are_guarded_and_never_cached(stage: Stage) -> None:
    await stage.person_waits(1)
    anna = await stage.at_console("anna")
    for path in ("/console", "/console/cases/CASE1", "/console/cases/NOSUCH", "/console/login", "/", "/nowhere"):
        headers = (await anna.sees(path)).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


async def test_a_gone_store_is_told_plainly(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = await stage.at_console("anna")

    async def gone(*_: Any, **__: Any) -> None:
        raise StoreUnavailable("secret detail")

    monkeypatch.setattr(stage.store, "console_account", gone)
    monkeypatch.setattr(stage.store, "ready", gone)
    page, health = await anna.sees(), await anna.sees("/healthz")
    assert (page.status_code, health.status_code) == (503, 503)
    assert "does not answer" in page.text
    assert "secret detail" not in page.text + health.text
    assert "Traceback" not in page.text


async def test_health_is_ok_while_the_store_answers(stage: Stage) -> None:
    answer = await stage.browser().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")


async def test_an_oversized_body_is_refused_declared_or_not(stage: Stage) -> None:
    anna = await stage.at_console("anna")
    declared = await anna.browser.post("/console/duty", content=b"x" * 1_000_001)

    async def trickle() -> Any:
        for _ in range(11):
            yield b"x" * 100_000

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    trickled = await anna.browser.post("/console/duty", content=trickle(), headers=headers)
    assert (declared.status_code, trickled.status_code) == (413, 413)
