"""Scripts and style are asked for once, and anew as soon as they have changed."""

import gzip
import re
from pathlib import Path

import pytest

from content.content import Content
from tests.app.unit.web_stage import Stage
from web.assets import ASKED_ANEW, FOREVER, address_of, assets

STATIC = Path(__file__).parents[3] / "web" / "static"
TEMPLATES = Path(__file__).parents[3] / "web" / "templates"


@pytest.fixture
def stage(content: Content) -> Stage:
    return Stage(content)


def test_every_file_has_an_address_that_changes_with_its_content() -> None:
    names = {str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file() and path.suffix != ".md"}
    assert {"console.js", "style.css", "icon.svg"} <= names
    assert set(assets()) == names
    assert all(re.fullmatch(r"/static/[\w/.-]+\.[0-9a-f]{12}\.[a-z]+", address_of(name)) for name in names)


def test_pages_ask_for_no_file_by_a_name_that_stays() -> None:
    pages = list(TEMPLATES.glob("*.html"))
    assert len(pages) > 5
    assert [page.name for page in pages if "/static/" in page.read_text()] == []


async def test_a_script_imports_others_by_their_full_names(stage: Stage) -> None:
    script = (await stage.browser().get(address_of("console.js"))).text
    assert f'"./{assets()["stream.js"].name}"' in script
    assert '"./stream.js"' not in script


async def test_a_file_is_kept_for_a_year_compressed_and_with_the_headers_of_every_page(stage: Stage) -> None:
    answer = await stage.browser().get(address_of("style.css"), headers={"accept-encoding": "gzip"})
    assert answer.headers["cache-control"] == FOREVER
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < len(assets()["style.css"].content) / 2
    assert answer.content == assets()["style.css"].content == gzip.decompress(assets()["style.css"].gzipped)
    assert answer.headers["x-content-type-options"] == "nosniff"
    plain = await stage.browser().get(address_of("style.css"), headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == answer.content


async def test_by_its_plain_name_a_file_is_asked_for_anew_and_no_other_is_there(stage: Stage) -> None:
    browser = stage.browser()
    assert (await browser.get("/static/style.css")).headers["cache-control"] == ASKED_ANEW
    for name in ("style.0123456789ab.css", "..%2Fapp.py", "nothing.js", ""):
        assert (await browser.get(f"/static/{name}")).status_code == 404


@pytest.mark.parametrize("path", ["/console/login", "/console/enter?key=x", "/nowhere", "/"])
async def test_a_first_visit_waits_for_no_second_answer(stage: Stage, path: str) -> None:
    page = (await stage.browser().get(path)).text
    assert "<style>:root{" in page.replace(" ", "")
    assert 'rel="stylesheet"' not in page


async def test_the_login_fetches_what_the_next_page_needs(stage: Stage) -> None:
    login = (await stage.browser().get("/console/login")).text
    queue = (await (await stage.at_console("anna")).sees()).text
    needed = re.findall(r'rel="stylesheet" href="([^"]+)"', queue)
    assert len(needed) == 2
    assert re.findall(r'rel="prefetch" href="([^"]+)"', login) == needed
