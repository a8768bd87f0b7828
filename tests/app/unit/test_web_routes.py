"""Every route by every role: who gets in, who gets 403 without a word, and what every answer carries."""

import base64
import hashlib
import re
from collections.abc import Iterator

import httpx
import pytest
from starlette.routing import Route

from content.content import Content
from road.account import Right, Role, holders
from road.case import CaseState
from tests.app.unit.web_stage import FOCAL, Operator, Stage, wrote
from web.guard import HEADERS
from web.session import ROLES

OPEN = {
    "/healthz", "/", "/chat/turns", "/chat/replies",
    "/console/login", "/console/login/code", "/console/enter",
}  # fmt: skip
"""Addresses that need no account; the chat page's own rules are tested with it."""

EVERYBODY = frozenset(Role)
TABLE = {
    "/console": EVERYBODY,
    "/console/me": EVERYBODY,
    "/console/me/factor.svg": EVERYBODY,
    "/console/logout": EVERYBODY,
    "/console/locale": EVERYBODY,
    "/console/cases/{case}": holders(Right.CASES),
    "/console/cases/{case}/{deed}": holders(Right.CASES),
    "/console/cases/{case}/identity": holders(Right.CASES),
    "/console/events": holders(Right.CASES),
    "/console/duty": holders(Right.CASES),
    "/console/duty/colleague": holders(Right.OVERSIGHT),
    "/console/now": holders(Right.OVERSIGHT),
    "/console/statistics": holders(Right.OVERSIGHT),
    "/console/audit": holders(Right.AUDIT),
    "/console/accounts": holders(Right.ACCOUNTS),
    "/console/accounts/edit": holders(Right.ACCOUNTS),
    "/console/accounts/password": holders(Right.ACCOUNTS),
    "/console/accounts/factor": holders(Right.ACCOUNTS),
    "/console/accounts/sessions": holders(Right.ACCOUNTS),
}
"""What the issue asks for, by address; a page that another part of the console adds is judged by its own roles."""

SECRET = "his sister hides at Keleti 13"
BY_CASE = {"/console/cases/{case}/identity"}
"""Where not the role alone decides, but who holds the case (test_web_audit)."""

INLINE = (" style=", "<style ", "<script>", " onclick", " onerror", "javascript:")
POLICY = "Content-Security-Policy"
FILLED = {"case": "CASE1", "deed": "claim", "file": "X", "name": "why"}


@pytest.fixture
def stage(content: Content) -> Stage:
    made = Stage(content)
    made.app.state.site.stop.set()  # streams of events end at once
    return made


def hash_of(style: str) -> str:
    """As a policy names it (CSP 3, hash-source)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def routes(stage: Stage) -> Iterator[tuple[str, str, object]]:
    """Method, path and endpoint of all but the static files."""
    for route in stage.app.routes:
        assert isinstance(route, Route)
        if route.path == "/static/{name:path}":
            continue
        for method in sorted((route.methods or set()) - {"HEAD"}):
            yield method, route.path, route.endpoint


def guarded(stage: Stage) -> list[tuple[str, str, object]]:
    found = [each for each in routes(stage) if each[1] not in OPEN]
    assert len(found) >= 25
    return found


def address(path: str) -> str:
    """The path with something in each of its places."""
    return re.sub(r"{(\w+)(?::\w+)?}", lambda found: FILLED.get(found[1], "X"), path)


async def asks(somebody: Operator, method: str, path: str, token: str) -> httpx.Response:
    data = {"token": token} if method == "POST" else None
    return await somebody.browser.request(method, address(path), data=data)


def test_every_address_needs_an_account_but_those_that_lead_to_one(stage: Stage) -> None:
    for _, path, endpoint in guarded(stage):
        assert path.startswith("/console"), path
        assert endpoint in ROLES, f"{path} asks nobody who they are"
        assert ROLES[endpoint] in {EVERYBODY, *map(holders, Right)}, f"{path} has roles that no right has"


def test_the_addresses_that_the_table_names_have_its_roles(stage: Stage) -> None:
    seen = {path: ROLES[endpoint] for _, path, endpoint in guarded(stage)}
    assert {path: seen.get(path) for path in TABLE} == TABLE


@pytest.mark.parametrize("role", Role)
async def test_every_route_lets_its_roles_in_and_tells_the_others_nothing(stage: Stage, role: Role) -> None:
    await stage.person_waits(1, wrote(SECRET), topic="tp_how_to_apply")
    refused = 0
    for method, path, endpoint in guarded(stage):
        somebody = await stage.at_console("anna", role)
        answer = await asks(somebody, method, path, somebody.visitor.token)
        if role in ROLES[endpoint] and path not in BY_CASE:
            assert answer.status_code != 403, (method, path)
        elif role not in ROLES[endpoint]:
            refused += 1
            assert answer.status_code == 403, (method, path)
            assert not any(words in answer.text for words in (SECRET, "CASE1", "anna")), (method, path)
    assert bool(refused) is (role is not Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.FOCAL}])
async def test_no_route_tells_anybody_but_the_focal_point_of_a_report_about_staff(stage: Stage, role: Role) -> None:
    await stage.person_waits(1, wrote(SECRET, visibility=FOCAL), visibility=FOCAL, alarm=True)
    for method, path, _ in guarded(stage):
        somebody = await stage.at_console("anna", role)
        answer = await asks(somebody, method, path, somebody.visitor.token)
        assert not any(words in answer.text for words in (SECRET, "CASE1")), (method, path)
        if "{case}" in path:
            assert answer.status_code in (403, 404), (method, path)
    assert (await stage.case("CASE1")).state is CaseState.WAITING


async def test_no_post_of_the_console_does_anything_without_its_own_token(stage: Stage) -> None:
    await stage.person_waits(1)
    anna = await stage.at_console("anna", Role.ADMINISTRATOR)
    bela = await stage.at_console("bela", Role.ADMINISTRATOR)
    posts = [path for method, path, _ in guarded(stage) if method == "POST"]
    assert len(posts) > 14
    for path in posts:
        for token in ("", "0" * 64, bela.visitor.token):
            assert (await asks(anna, "POST", path, token)).status_code == 403, path
    assert (await anna.sees()).status_code == 200
    assert (await stage.case("CASE1")).state is CaseState.WAITING


async def test_no_post_at_all_is_taken_from_another_site(stage: Stage) -> None:
    anna = await stage.at_console("anna", Role.ADMINISTRATOR)
    for method, path, _ in routes(stage):
        if method != "POST":
            continue
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://e.test"}):
            data = {"token": anna.visitor.token}
            answer = await anna.browser.post(address(path), data=data, headers=headers)
            assert (answer.status_code, "set-cookie" in answer.headers) == (403, False), path


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_every_answer_carries_the_headers_that_guard_it(stage: Stage, scheme: str) -> None:
    await stage.person_waits(1)
    seen = 0
    for method, path, _ in routes(stage):
        boss = await stage.at_console("boss", Role.ADMINISTRATOR)
        boss.browser.base_url = httpx.URL(f"{scheme}://hotline.test")
        seen += 1
        if path.startswith("/chat/"):
            continue  # waits for messages; its headers are those of the same guard
        headers = (await asks(boss, method, path, boss.visitor.token)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["cache-control"] == "no-store", path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "camera=()" in headers["permissions-policy"]
        assert ("strict-transport-security" in headers) is (scheme == "https"), path
    assert seen > 30


async def test_no_page_has_a_style_or_script_of_its_own_that_the_policy_does_not_name(stage: Stage) -> None:
    await stage.person_waits(1, wrote(SECRET))
    pages = 0
    for method, path, _ in routes(stage):
        if method != "GET" or path.startswith("/chat/") or path == "/console/events":
            continue
        boss = await stage.at_console("boss", Role.ADMINISTRATOR)
        page = (await asks(boss, method, path, "")).text
        pages += 1
        assert not any(bad in page for bad in INLINE), path
        assert all(hash_of(style) in HEADERS[POLICY] for style in re.findall("<style>(.*?)</style>", page, re.DOTALL))
    assert pages > 10
