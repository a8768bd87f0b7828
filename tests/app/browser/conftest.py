"""One Chromium for all tests, and a house for each."""

import os
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from content import snapshot, stamp
from content.content import Content
from content.folder import load
from content.live import LiveContent
from store import embedded
from store.crypto import Keyring
from store.interface import Store
from store.memory import MemoryStore
from store.valkey import ValkeyStore
from tests.app.browser.house import House, opened

CONTENT = Path(__file__).parents[3] / "content"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def content() -> Content:
    return load(CONTENT)


def is_installed() -> bool:
    return CHROMIUM.exists()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if not is_installed() and not os.environ.get("CI"):
        pytest.skip("there is no /usr/bin/chromium (Debian: apt-get install chromium fonts-noto-core)")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def house(browser: Browser, content: Content) -> AsyncIterator[House]:
    """On a store in this process."""
    async with opened(MemoryStore(), browser, content) as made:
        yield made


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with embedded.running(tmp_path_factory.mktemp("d")) as url:
        yield url


@pytest_asyncio.fixture(loop_scope="session", params=["memory", "valkey"])
async def each_house(request: pytest.FixtureRequest, browser: Browser, content: Content) -> AsyncIterator[House]:
    """On each of the stores."""
    store: Store = MemoryStore()
    if request.param == "valkey":
        keyring = Keyring(secrets.token_bytes(32))
        store = ValkeyStore(request.getfixturevalue("server_url"), keyring=keyring, prefix=f"{secrets.token_hex(4)}:")
    async with opened(store, browser, content) as made:
        yield made
    await store.close()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All content in `content`, published in `data`; to be copied."""
    ground = tmp_path_factory.mktemp("published")
    snapshot.copy(CONTENT, ground / "content")
    shutil.copytree(CONTENT / stamp.EARLIER, ground / "content" / stamp.EARLIER)
    snapshot.publish(ground / "content", ground / "data")
    return ground


@pytest_asyncio.fixture(loop_scope="session")
async def editors_house(browser: Browser, published: Path, tmp_path: Path) -> AsyncIterator[House]:
    """Where editors work, on a copy of all content that is published: `tmp_path / "content"`, `tmp_path / "data"`.

    Training questions are those that a test puts into `tmp_path / "nlu" / "data"`.
    """
    folder, data_dir, questions_dir = tmp_path / "content", tmp_path / "data", tmp_path / "nlu" / "data"
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    live = LiveContent(data_dir)
    dirs = {"content_dir": folder, "data_dir": data_dir, "questions_dir": questions_dir}
    async with opened(MemoryStore(), browser, live.now, **dirs) as made:
        yield made
