"""The real content, read once; a small folder that may be spoiled, and the door to it."""

from pathlib import Path

import pytest

from content.content import Content
from content.door import Door
from content.folder import load
from tests.app.fixtures.folder import SUNDAY_NIGHT, copy_to

CONTENT = Path(__file__).parents[3] / "content"


@pytest.fixture(scope="session")
def content() -> Content:
    return load(CONTENT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_to(tmp_path)


@pytest.fixture
def door(folder: Path, tmp_path: Path) -> Door:
    return Door(folder, tmp_path / "data", lambda: SUNDAY_NIGHT)
