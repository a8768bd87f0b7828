"""The ways into the console, and how they resist guessing."""

import re

import argon2
import httpx
import pytest

from content.content import Content
from road.account import Account, Role
from tests.app.unit.web_stage import PASSWORD, Stage
from web import login_throttle, passwords
from web.login_throttle import WINDOW_S


@pytest.fixture
async def stage(content: Content) -> Stage:
    made = Stage(content)
    await made.account("anna")
    return made


async def tries(stage: Stage, password: str, name: str = "anna") -> httpx.Response:
    return await stage.browser().post("/console/login", data={"name": name, "password": password})


async def test_the_right_password_opens_a_session_that_only_the_console_gets(stage: Stage) -> None:
    answer = await tries(stage, PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console")
    cookie = answer.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("hotline_console=", "httponly", "samesite=strict", "path=/console"))
    assert "secure" not in cookie


async def test_over_https_the_cookie_is_secure(stage: Stage) -> None:
    browser = httpx.AsyncClient(transport=httpx.ASGITransport(stage.app), base_url="https://hotline.test")
    answer = await browser.post("/console/login", data={"name": "anna", "password": PASSWORD})
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "secure" in (await browser.get("/")).headers["set-cookie"].lower()


@pytest.mark.parametrize(("name", "password"), [("anna", "wrong"), ("nobody", PASSWORD), ("", ""), ("anna", "")])
async def test_wrong_words_are_refused_without_saying_which(stage: Stage, name: str, password: str) -> None:
    answer = await tries(stage, password, name)
    assert answer.status_code == 403
    assert "The name or the password is wrong." in answer.text
    assert "set-cookie" not in answer.headers


async def test_after_five_failures_even_the_right_password_waits(stage: Stage) -> None:
    statuses = [(await tries(stage, "wrong")).status_code for _ in range(5)]
    assert statuses == [403, 403, 403, 403, 429]
    refused = await tries(stage, PASSWORD)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "900")
    assert "Wait 15 minutes" in refused.text
    stage.now += WINDOW_S + 1
    assert (await tries(stage, PASSWORD)).status_code == 303


async def test_capitals_in_the_name_are_no_way_around_the_wait(stage: Stage) -> None:
    for name in ("anna", "Anna", "ANNA", "aNNa", "anNA"):
        await tries(stage, "wrong", name)
    assert (await tries(stage, PASSWORD)).status_code == 429


async def test_others_may_log_in_while_one_name_waits(stage: Stage) -> None:
    await stage.account("bela")
    for _ in range(5):
        await tries(stage, "wrong")
    assert (await tries(stage, PASSWORD, "bela")).status_code == 303


async def test_an_address_that_tries_many_names_waits_too(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login_throttle, "FAILURES_OF_ADDRESS", 6)
    statuses = [(await tries(stage, "wrong", f"name{i}")).status_code for i in range(6)]
    assert set(statuses[:-1]) == {403}
    assert statuses[-1] == 429
    assert (await tries(stage, PASSWORD)).status_code == 429


async def test_right_passwords_are_never_counted(stage: Stage) -> None:
    assert {(await tries(stage, PASSWORD)).status_code for _ in range(8)} == {303}


async def test_a_link_survives_previews_and_works_once(stage: Stage) -> None:
    key = await stage.store.make_login_link("anna", ttl_s=3600)
    for _ in range(3):
        preview = await stage.browser().get("/console/enter", params={"key": key})
        assert preview.status_code == 200
    first = await stage.browser().post("/console/enter", data={"key": key})
    second = await stage.browser().post("/console/enter", data={"key": key})
    assert first.headers["location"] == "/console"
    assert second.status_code == 403
    assert "has been used" in second.text
    assert "set-cookie" not in second.headers


@pytest.mark.parametrize("key", ["", "guess", '"><script>'])
async def test_a_guessed_link_opens_nothing(stage: Stage, key: str) -> None:
    page = await stage.browser().get("/console/enter", params={"key": key})
    assert "<script>" not in page.text
    assert (await stage.browser().post("/console/enter", data={"key": key})).status_code == 403


async def test_a_link_that_is_too_old_opens_nothing(stage: Stage) -> None:
    key = await stage.store.make_login_link("anna", ttl_s=3600)
    stage.now += 3601
    assert (await stage.browser().post("/console/enter", data={"key": key})).status_code == 403


async def test_a_login_from_another_site_is_refused(stage: Stage) -> None:
    data = {"name": "anna", "password": PASSWORD}
    answer = await stage.browser().post("/console/login", data=data, headers={"Origin": "http://evil.test"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


async def test_the_login_speaks_the_browsers_language(stage: Stage) -> None:
    languages = {"uk-UA,uk;q=0.9": "uk", "ar,hu;q=0.5": "hu", "ar": "en", "": "en"}
    for accepted, locale in languages.items():
        page = await stage.browser().get("/console/login", headers={"Accept-Language": accepted})
        assert f'<html lang="{locale}"' in page.text


async def test_an_account_that_does_not_exist_costs_the_same_work() -> None:
    made = argon2.extract_parameters(await passwords.hashed("x" * 12))
    assert made == argon2.extract_parameters(passwords._NOBODYS_HASH)
    assert made.type is argon2.Type.ID
    assert not await passwords.opens(None, "anything")


async def test_a_broken_hash_opens_nothing() -> None:
    assert not await passwords.opens(Account(name="x", role=Role.OPERATOR, password_hash="plain"), "plain")


async def test_a_form_that_came_too_late_is_told_so_and_the_login_leads_back_to_the_case(stage: Stage) -> None:
    browser = stage.browser()
    late = await browser.post("/console/cases/CASE1/answer", data={"text": "hello"})
    login = await browser.get(late.headers["location"])
    assert "what you sent was not done" in login.text
    wrong = await browser.post("/console/login", data={"name": "anna", "password": "wrong", "case": "CASE1"})
    for page in (login, wrong):
        assert '<input type="hidden" name="case" value="CASE1">' in page.text
    entered = await browser.post("/console/login", data={"name": "anna", "password": PASSWORD, "case": "CASE1"})
    assert entered.headers["location"] == "/console/cases/CASE1"


@pytest.mark.parametrize("case", ["//evil.test", "../../evil", "https://evil.test/x", "a?b#c", "x" * 99])
async def test_the_login_leads_to_no_other_place_than_a_case(stage: Stage, case: str) -> None:
    data = {"name": "anna", "password": PASSWORD, "case": case}
    location = (await stage.browser().post("/console/login", data=data)).headers["location"]
    assert re.fullmatch(r"/console/cases/[^/?#]{1,120}", location)
