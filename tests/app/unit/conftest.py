"""The real content, read once."""

from pathlib import Path

import pytest

from content.content import Content
from content.folder import load

CONTENT = Path(__file__).parents[3] / "content"


@pytest.fixture(scope="session")
def content() -> Content:
    return load(CONTENT)
