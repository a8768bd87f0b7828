"""My account: password, second factor and sessions, and how the second step of the login resists."""

import re

import httpx
import pyotp
import pytest

from content.content import Content
from road.account import Account, Role
from road.audit import AuditEntry, AuditKind
from road.clock import day_of
from road.settings import Settings
from tests.app.unit.web_stage import PASSWORD, Operator, Stage
from web import login_throttle
from web.login_throttle import DAY_S, WINDOW_S
from web.session import COOKIE, Visitor

NEW = "a very new password"


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


async def with_factor(stage: Stage, name: str = "anna", role: Role = Role.OPERATOR) -> tuple[Operator, str, list[str]]:
    """Somebody who has set a second factor up, its secret, and the recovery codes."""
    somebody = await stage.at_console(name, role)
    page = (await somebody.sees("/console/me/factor")).text
    secret = re.search(r'<code id="secret">([^<]+)</code>', page)[1].replace(" ", "")  # type: ignore[index]
    shown = await somebody.does("me/factor", code=code_of(stage, secret))
    assert shown.status_code == 200
    fresh = Visitor(await account(stage, name), somebody.browser.cookies[COOKIE])
    return Operator(somebody.browser, fresh), secret, re.findall(r"<li><code>([^<]+)</code>", shown.text)


def code_of(stage: Stage, secret: str) -> str:
    return pyotp.TOTP(secret).at(int(stage.now))


async def account(stage: Stage, name: str = "anna") -> Account:
    found = await stage.store.find_account(name)
    assert found is not None
    return found


async def noted(stage: Stage) -> list[tuple[AuditKind, str, str]]:
    entries: list[AuditEntry] = [*await stage.store.audited([day_of(stage.now)], tuple(AuditKind))]
    return [(entry.kind, entry.by, entry.about) for entry in entries]


async def logs_in(browser: httpx.AsyncClient, password: str) -> httpx.Response:
    return await browser.post("/console/login", data={"name": "anna", "password": password})


async def first_step(stage: Stage) -> str:
    """The key that the right password leads to."""
    page = await logs_in(stage.browser(), PASSWORD)
    assert (page.status_code, "set-cookie" in page.headers) == (200, False)
    return re.search(r'name="key" value="([^"]+)"', page.text)[1]  # type: ignore[index]


async def second_step(stage: Stage, code: str, *, key: str = "") -> httpx.Response:
    data = {"key": key or await first_step(stage), "code": code}
    return await stage.browser().post("/console/login/code", data=data)


async def test_the_way_back_to_a_case_goes_through_the_second_step(stage: Stage) -> None:
    _, secret, _ = await with_factor(stage)
    browser = stage.browser()
    first = await browser.post("/console/login", data={"name": "anna", "password": PASSWORD, "case": "CASE1"})
    carried = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', first.text))
    assert carried["case"] == "CASE1"
    wrong = await browser.post("/console/login/code", data={**carried, "code": "000000"})
    carried = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', wrong.text))
    stage.now += 30
    entered = await browser.post("/console/login/code", data={**carried, "code": code_of(stage, secret)})
    assert entered.headers["location"] == "/console/cases/CASE1"


async def test_a_second_factor_counts_from_its_first_code_on(stage: Stage) -> None:
    anna = await stage.at_console("anna")
    wrong = await anna.does("me/factor", code="000000")
    assert (wrong.status_code, (await account(stage)).factor) == (422, None)
    _, secret, codes = await with_factor(stage)
    kept = (await account(stage)).factor
    assert kept is not None
    assert (kept.secret, len(kept.recovery), len(codes)) == (secret, 10, 10)
    assert not set(codes) & set(kept.recovery)
    assert (AuditKind.FACTOR_SET, "anna", "anna") in await noted(stage)


async def test_the_qr_code_comes_from_our_own_origin_and_is_not_kept(stage: Stage) -> None:
    anna = await stage.at_console("anna")
    assert 'src="/console/me/factor.svg"' in (await anna.sees("/console/me/factor")).text
    picture = await anna.sees("/console/me/factor.svg")
    assert (picture.headers["content-type"], picture.headers["cache-control"]) == ("image/svg+xml", "no-store")
    anna, secret, _ = await with_factor(stage)
    assert (await anna.sees("/console/me/factor.svg")).status_code == 404
    assert secret not in (await anna.sees("/console/me")).text.replace(" ", "")


async def test_setting_it_up_gives_a_new_session_and_ends_all_others(stage: Stage) -> None:
    before = await stage.at_console("anna")
    other = await stage.at_console("anna")
    anna, _, _ = await with_factor(stage)
    assert (await anna.sees()).status_code == 200
    for old in (before, other):
        assert (await stage.browser(cookies={COOKIE: old.visitor.secret}).get("/console")).status_code == 303
    assert len(await stage.store.consoles("anna")) == 1


async def test_the_password_alone_opens_no_session_and_the_code_does(stage: Stage) -> None:
    _, secret, _ = await with_factor(stage)
    stage.now += 60
    key = await first_step(stage)
    assert await stage.store.console_account(key) is None
    entered = await second_step(stage, code_of(stage, secret), key=key)
    assert (entered.status_code, entered.headers["location"]) == (303, "/console")
    assert "hotline_console=" in entered.headers["set-cookie"]


async def test_a_code_is_used_once_even_within_its_half_minute(stage: Stage) -> None:
    _, secret, _ = await with_factor(stage)
    stage.now += 60
    code = code_of(stage, secret)
    assert (await second_step(stage, code)).status_code == 303
    again = await second_step(stage, code)
    assert again.status_code == 403
    assert "used already" in again.text
    assert "set-cookie" not in again.headers


async def test_the_code_that_set_it_up_does_not_log_in(stage: Stage) -> None:
    _, secret, _ = await with_factor(stage)
    assert (await second_step(stage, code_of(stage, secret))).status_code == 403


async def test_a_recovery_code_works_once_and_is_noted(stage: Stage) -> None:
    anna, _, codes = await with_factor(stage)
    assert (await second_step(stage, codes[3].upper())).status_code == 303
    assert "Unused recovery codes: 9." in (await anna.sees("/console/me")).text
    stage.now += DAY_S
    assert (await second_step(stage, codes[3])).status_code == 403
    stage.now -= DAY_S
    assert (AuditKind.RECOVERY_USED, "anna", "") in await noted(stage)


async def test_a_login_link_asks_for_the_code_too(stage: Stage) -> None:
    _, secret, _ = await with_factor(stage)
    stage.now += 60
    key = await stage.store.make_login_link("anna", ttl_s=60)
    page = await stage.browser().post("/console/enter", data={"key": key})
    assert (page.status_code, "set-cookie" in page.headers) == (200, False)
    step = re.search(r'name="key" value="([^"]+)"', page.text)[1]  # type: ignore[index]
    assert (await second_step(stage, code_of(stage, secret), key=step)).status_code == 303


async def test_after_five_wrong_codes_even_the_right_one_waits_and_that_is_noted(stage: Stage) -> None:
    _, secret, _ = await with_factor(stage)
    stage.now += 60
    statuses = [(await second_step(stage, f"00000{number}")).status_code for number in range(5)]
    assert statuses == [403, 403, 403, 403, 429]
    assert (await second_step(stage, code_of(stage, secret))).status_code == 429
    assert (AuditKind.GUESSING, "", "anna") in await noted(stage)
    stage.now += WINDOW_S + 1
    assert (await second_step(stage, code_of(stage, secret))).status_code == 303


async def test_codes_are_not_guessed_slowly_all_day(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login_throttle, "CODES_A_DAY", 3)
    _, secret, _ = await with_factor(stage)
    for _ in range(3):
        stage.now += WINDOW_S + 1
        await second_step(stage, "000000")
    stage.now += WINDOW_S + 1
    assert (await second_step(stage, code_of(stage, secret))).status_code == 429
    stage.now += DAY_S
    assert (await second_step(stage, code_of(stage, secret))).status_code == 303


@pytest.mark.parametrize("key", ["", "guess", '"><script>'])
async def test_the_second_step_without_the_first_leads_back(stage: Stage, key: str) -> None:
    _, secret, _ = await with_factor(stage)
    stage.now += 60
    answer = await stage.browser().post("/console/login/code", data={"key": key, "code": code_of(stage, secret)})
    assert answer.status_code == 403
    assert "Log in again" in answer.text
    assert "set-cookie" not in answer.headers


async def test_the_second_step_waits_five_minutes_and_no_longer(stage: Stage) -> None:
    _, secret, _ = await with_factor(stage)
    key = await first_step(stage)
    stage.now += 301
    assert (await second_step(stage, code_of(stage, secret), key=key)).status_code == 403


async def test_it_is_removed_with_a_code_and_not_without(stage: Stage) -> None:
    anna, secret, _ = await with_factor(stage)
    stage.now += 60
    refused = await anna.does("me/factor/remove", code="000000")
    assert (refused.status_code, (await account(stage)).factor is None) == (422, False)
    assert (await anna.does("me/factor/remove", code=code_of(stage, secret))).status_code == 303
    assert (await account(stage)).factor is None
    assert (AuditKind.FACTOR_REMOVED, "anna", "anna") in await noted(stage)
    assert (
        await stage.browser().post("/console/login", data={"name": "anna", "password": PASSWORD})
    ).status_code == 303


async def test_an_administrator_resets_it_and_that_is_noted(stage: Stage) -> None:
    await with_factor(stage)
    boss = await stage.at_console("boss", Role.ADMINISTRATOR)
    assert (await boss.does("accounts/factor", name="anna")).status_code == 303
    assert (await account(stage)).factor is None
    assert (AuditKind.FACTOR_REMOVED, "boss", "anna") in await noted(stage)
    assert (await boss.does("accounts/factor", name="nobody")).status_code == 422


@pytest.mark.parametrize("role", Role)
async def test_who_may_more_than_others_is_asked_to_set_it_up_and_not_locked_out(stage: Stage, role: Role) -> None:
    somebody = await stage.at_console("anna", role)
    page = await somebody.sees("/console/me")
    assert page.status_code == 200
    assert ('id="factor-asked"' in page.text) is (role is not Role.OPERATOR)


async def test_where_a_role_must_have_it_only_the_way_to_it_is_open(content: Content) -> None:
    stage = Stage(content, Settings(second_factor_roles=("supervisor",)))
    await stage.person_waits(1)
    eva, anna = await stage.at_console("eva", Role.SUPERVISOR), await stage.at_console("anna")
    for path in ("/console", "/console/cases/CASE1", "/console/audit"):
        assert (await eva.sees(path)).headers["location"] == "/console/me"
    assert (await eva.does("cases/CASE1/claim")).headers["location"] == "/console/me"
    assert (await stage.case("CASE1")).operator == ""
    assert "Your role must have a second factor" in (await eva.sees("/console/me")).text
    assert (await anna.sees()).status_code == 200
    eva, _, _ = await with_factor(stage, "eva", Role.SUPERVISOR)
    assert (await eva.sees("/console/cases/CASE1")).status_code == 200


async def test_the_password_is_changed_with_the_old_one_and_other_sessions_end(stage: Stage) -> None:
    anna, other = await stage.at_console("anna"), await stage.at_console("anna")
    assert (await anna.does("me/password", old="wrong", password=NEW)).status_code == 422
    assert (await anna.does("me/password", old=PASSWORD, password="short")).status_code == 422
    before = anna.browser.cookies[COOKIE]
    assert (await anna.does("me/password", old=PASSWORD, password=NEW)).status_code == 303
    assert anna.browser.cookies[COOKIE] != before
    assert "has been changed" in (await anna.sees("/console/me?done=password")).text
    assert (await other.sees()).status_code == 303
    assert (AuditKind.PASSWORD, "anna", "anna") in await noted(stage)
    assert (await logs_in(stage.browser(), NEW)).status_code == 303


async def test_the_old_password_is_not_guessed_there_either(stage: Stage) -> None:
    anna = await stage.at_console("anna")
    for _ in range(5):
        await anna.does("me/password", old="wrong", password=NEW)
    assert "Try again later" in (await anna.does("me/password", old=PASSWORD, password=NEW)).text
    assert (
        await stage.browser().post("/console/login", data={"name": "anna", "password": PASSWORD})
    ).status_code == 429


async def test_sessions_are_listed_in_plain_words_without_address_or_secret(stage: Stage) -> None:
    await stage.account("anna")
    agent = {
        "User-Agent": "Mozilla/5.0 (Android 14; Mobile) Gecko/133.0 Firefox/133.0",
        "X-Forwarded-For": "203.0.113.9",
    }
    browser = stage.browser(headers=agent)
    await browser.post("/console/login", data={"name": "anna", "password": PASSWORD})
    page = (await browser.get("/console/me")).text
    assert "Firefox, Android" in page
    assert "this one" in page
    assert browser.cookies[COOKIE] not in page
    (kept,) = await stage.store.consoles("anna")
    assert "203.0.113.9" not in repr(kept)
    assert "133" not in repr(kept)


async def test_one_session_is_ended_or_all_others_and_never_a_colleagues(stage: Stage) -> None:
    anna, second, third = [await stage.at_console("anna") for _ in range(3)]
    bela = await stage.at_console("bela")
    await anna.does("me/session", session=second.visitor.console)
    await anna.does("me/session", session=bela.visitor.console)
    assert [(await each.sees()).status_code for each in (anna, second, third, bela)] == [200, 303, 200, 200]
    await anna.does("me/sessions")
    assert [(await each.sees()).status_code for each in (anna, third, bela)] == [200, 303, 200]


async def test_an_administrator_ends_a_colleagues_sessions(stage: Stage) -> None:
    anna, boss = await stage.at_console("anna"), await stage.at_console("boss", Role.ADMINISTRATOR)
    assert (await boss.does("accounts/sessions", name="anna")).status_code == 303
    assert ((await anna.sees()).status_code, (await boss.sees()).status_code) == (303, 200)
    assert (AuditKind.SESSIONS_ENDED, "boss", "anna") in await noted(stage)


async def test_an_administrator_sees_a_colleagues_sessions_and_ends_one_of_them(stage: Stage) -> None:
    here, there = [await stage.at_console("anna") for _ in range(2)]
    bela, boss = await stage.at_console("bela"), await stage.at_console("boss", Role.ADMINISTRATOR)
    shown = (await boss.sees("/console/accounts?edit=anna")).text
    ends = re.findall(r'name="session" value="([^"]+)"', shown)
    assert sorted(ends) == sorted((here.visitor.console, there.visitor.console))
    ended = await boss.does("accounts/sessions", name="anna", session=there.visitor.console)
    assert ended.headers["location"] == "/console/accounts?edit=anna"
    await boss.does("accounts/sessions", name="anna", session=bela.visitor.console)
    assert [(await each.sees()).status_code for each in (here, there, bela)] == [200, 303, 200]


async def test_a_session_that_was_planted_is_not_the_one_that_opens(stage: Stage) -> None:
    await stage.account("anna")
    planted = (await stage.at_console("mallory")).visitor.secret
    browser = stage.browser(cookies={COOKIE: planted})
    answer = await logs_in(browser, PASSWORD)
    assert planted not in answer.headers["set-cookie"]
    assert await stage.store.console_account(planted) is None, "the planted session is over"
    browser = stage.browser(cookies={COOKIE: "chosen-by-mallory"})
    answer = await logs_in(browser, PASSWORD)
    assert "chosen-by-mallory" not in answer.headers["set-cookie"]
    assert await stage.store.console_account("chosen-by-mallory") is None
