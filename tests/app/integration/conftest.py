"""A server for each module, and a world on it."""

from collections.abc import AsyncIterator, Iterator

import pytest

from store import embedded
from tests.app.contract.world import ValkeyWorld


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with embedded.running(tmp_path_factory.mktemp("d")) as url:
        yield url


@pytest.fixture
async def world(server_url: str) -> AsyncIterator[ValkeyWorld]:
    made = ValkeyWorld(server_url)
    yield made
    await made.store.close()
