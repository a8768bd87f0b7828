"""What a process serves is set apart from the garbage collector, and goes when nobody needs it any more."""

import asyncio
import gc
import weakref
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path

import pytest

from content import snapshot
from content.content import Content
from content.live import LiveContent, follow
from tests.app.fixtures.folder import edit

CARD = "answers/en/papers/card_renewal.md"


@pytest.fixture(autouse=True)
def unfrozen() -> Iterator[None]:
    yield
    gc.enable()
    gc.unfreeze()


@pytest.fixture
def data_dir(tmp_path: Path, folder: Path) -> Path:
    snapshot.publish(folder, tmp_path / "var")
    return tmp_path / "var"


def is_looked_through(live: LiveContent) -> bool:
    """Whether a collection of garbage would visit the topics."""
    return any(each is live.now().topics for each in gc.get_objects())


def published_anew(live: LiveContent, folder: Path, data_dir: Path, title: str) -> None:
    edit(folder, CARD, "title: Renew your card", f"title: {title}")
    snapshot.publish(folder, data_dir)
    live.now()
    live.settle()


def test_no_collection_of_garbage_looks_through_the_content(folder: Path, data_dir: Path) -> None:
    live = LiveContent(data_dir, ticks=iter(range(100)).__next__)
    assert not is_looked_through(live)
    published_anew(live, folder, data_dir, "A card anew")
    assert live.now().article("card_renewal", "en").title == "A card anew"  # type: ignore[union-attr]
    assert not is_looked_through(live)


def test_content_that_is_no_longer_served_goes_without_a_collection(folder: Path, data_dir: Path) -> None:
    live = LiveContent(data_dir, ticks=iter(range(100)).__next__)
    gc.disable()
    former = weakref.ref(live.now())
    published_anew(live, folder, data_dir, "A card anew")
    assert former() is None


def test_what_is_published_in_a_quiet_hour_is_read_before_anybody_asks(folder: Path, data_dir: Path) -> None:
    live, stop = LiveContent(data_dir, ticks=chain([0], repeat(1)).__next__), asyncio.Event()
    edit(folder, CARD, "title: Renew your card", "title: A card anew")
    snapshot.publish(folder, data_dir)

    def asked() -> Content:
        stop.set()
        return live.now()

    asyncio.run(follow(asked, stop))
    live.settle()
    assert live.now().article("card_renewal", "en").title == "A card anew"  # type: ignore[union-attr]
