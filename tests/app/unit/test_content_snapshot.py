"""Publishing: what every process says, going back, and what happens to a broken file."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from content import snapshot
from content.folder import check
from content.live import LiveContent, autopublish
from road.errors import ContentError, SetupError
from tests.app.fixtures.folder import FOLDER, SUNDAY_NIGHT, edit, load

CARD = "answers/en/papers/card_renewal.md"


class Ticks:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "var"


def publish(folder: Path, data_dir: Path) -> str:
    return snapshot.publish(folder, data_dir, lambda: SUNDAY_NIGHT).version


def retitle(folder: Path, title: str) -> None:
    edit(folder, CARD, (folder / CARD).read_text().splitlines()[1], f"title: {title}")


def test_a_published_snapshot_is_what_the_folder_held(folder: Path, data_dir: Path):
    version = publish(folder, data_dir)
    assert version == load(folder).version == snapshot.current(data_dir) == snapshot.load_current(data_dir).version


def test_a_snapshot_does_not_change_with_the_folder(folder: Path, data_dir: Path):
    publish(folder, data_dir)
    retitle(folder, "Something else")
    (folder / "facts.yml").unlink()
    assert snapshot.load_current(data_dir).title("card_renewal", "en") == "Renew your card"


def test_a_folder_with_faults_is_not_published_and_the_last_good_one_stays(folder: Path, data_dir: Path):
    version = publish(folder, data_dir)
    edit(folder, "facts.yml", "value: 22800", "value: much")
    with pytest.raises(ContentError, match=r"facts.yml:13"):
        publish(folder, data_dir)
    assert snapshot.current(data_dir) == version
    assert sorted(path.name for path in snapshot.root(data_dir).iterdir()) == sorted(
        [version, "current", "history.jsonl"]
    )


@pytest.mark.parametrize("path", ["answers/ar/papers/card_renewal.md", "answers/ar", "notices"])
def test_what_lies_outside_the_folder_is_not_published_through_a_link(
    path: str, folder: Path, data_dir: Path, tmp_path: Path
):
    outside = (folder / path).rename(tmp_path / "outside")
    (folder / path).symlink_to(outside)
    with pytest.raises(ContentError, match=f"{path}: is a link to another file"):
        publish(folder, data_dir)


def test_publishing_the_same_twice_changes_nothing(folder: Path, data_dir: Path):
    assert publish(folder, data_dir) == publish(folder, data_dir)
    assert len(snapshot.versions(data_dir)) == 1


def test_going_back_is_choosing_an_earlier_snapshot(folder: Path, data_dir: Path):
    first = publish(folder, data_dir)
    retitle(folder, "Second")
    second = publish(folder, data_dir)
    assert snapshot.go_back(data_dir) == first
    assert snapshot.load_current(data_dir).title("card_renewal", "en") == "Renew your card"
    assert snapshot.go_back(data_dir, second) == second
    assert [entry.version for entry in snapshot.versions(data_dir)] == [second, first, second, first]


@pytest.mark.parametrize("version", [None, "0123456789ab", "../../etc"])
def test_going_back_to_nothing_is_told(folder: Path, data_dir: Path, version: str | None):
    publish(folder, data_dir)
    with pytest.raises(SetupError, match="no earlier snapshot"):
        snapshot.go_back(data_dir, version)


def test_only_the_latest_snapshots_are_kept(folder: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(snapshot, "KEPT", 2)
    versions = []
    for title in ("One", "Two", "Three"):
        retitle(folder, title)
        versions.append(publish(folder, data_dir))
    kept = {path.name for path in snapshot.root(data_dir).iterdir() if path.is_dir()}
    assert kept == set(versions[1:])


def test_a_text_that_stands_twice_or_is_read_again_has_its_faults_each_time(folder: Path):
    other = "answers/en/home_again/avrr_info.md"
    edit(folder, CARD, "Bring two photos.", "<b>Bring</b> two photos.")
    body = (folder / CARD).read_text().split("---\n", 2)[2]
    (folder / other).write_text(f"---\ntitle: Twice\nreviewed:\n  by:\n  on:\nsources: [charity]\n---\n{body}")
    for _ in range(2):
        found = [str(fault) for fault in check(folder) if "HTML" in fault.problem]
        assert [fault.split(": ")[0] for fault in found] == [f"{other}:10", f"{other}:10", f"{CARD}:10", f"{CARD}:10"]


def test_without_a_snapshot_a_process_is_told_what_to_do(data_dir: Path):
    with pytest.raises(SetupError, match="hotline content publish"):
        LiveContent(data_dir)


def test_a_process_follows_the_pointer(folder: Path, data_dir: Path):
    publish(folder, data_dir)
    ticks = Ticks()
    live = LiveContent(data_dir, ticks)
    retitle(folder, "Second")
    second = publish(folder, data_dir)
    assert live.now().version != second, "looks now and then"
    ticks.now += 1
    live.now()
    live.settle()
    assert live.now().version == second
    assert live.now().title("card_renewal", "en") == "Second"


def test_a_snapshot_that_cannot_be_read_leaves_the_former_one(folder: Path, data_dir: Path):
    version = publish(folder, data_dir)
    ticks = Ticks()
    live = LiveContent(data_dir, ticks)
    for pointer in ("0123456789ab", ""):
        (snapshot.root(data_dir) / "current").write_text(pointer)
        ticks.now += 1
        live.now()
        live.settle()
        assert live.now().version == version
    (snapshot.root(data_dir) / "current").unlink()
    ticks.now += 1
    live.now()
    live.settle()
    assert live.now().version == version


def test_a_process_starts_with_a_snapshot_that_later_checks_find_faulty(
    folder: Path, data_dir: Path, caplog: pytest.LogCaptureFixture
):
    version = publish(folder, data_dir)
    published = snapshot.root(data_dir) / version
    edit(published, "facts.yml", "value: 22800", "value: much")
    edit(published, "facts.yml", "unit: day", "unit:")
    edit(published, "facts.yml", "source: charity", "source: nobody")
    edit(published, "places/card_office.yml", "Mo-Fr 08:00-16:00; PH off", "sometimes")
    edit(published, "lines/okit.yml", '"24/7"', '"always"')
    content = LiveContent(data_dir).now()
    assert "facts.yml:13" in caplog.text
    text = content.answer("card_renewal", "en", now=SUNDAY_NIGHT)
    assert text
    assert "passport" in text.html
    assert "much" not in text.html
    danger = content.answer("emergency_immediate_danger", "en", form="now", now=SUNDAY_NIGHT)
    assert danger
    assert "112" in danger.html


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110  # files are what is waited for
            await asyncio.sleep(0.01)


async def test_saving_publishes_and_a_broken_save_keeps_the_last_good_version(folder: Path, data_dir: Path):
    first = publish(folder, data_dir)
    told: list[str] = []
    stop = asyncio.Event()
    following = asyncio.create_task(autopublish(folder, data_dir, stop, tell=told.append, look_every_s=0.01))
    await asyncio.sleep(0.1)
    edit(folder, "facts.yml", "value: 22800", "value: much")
    await until(lambda: len(told) == 1)
    assert "the last good version stays: facts.yml:13" in told[0]
    assert snapshot.current(data_dir) == first
    edit(folder, "facts.yml", "value: much", "value: 23000")
    await until(lambda: len(told) == 2)
    stop.set()
    await following
    assert "is published" in told[1]
    assert "23,000" in snapshot.load_current(data_dir).answer("card_renewal", "en", now=SUNDAY_NIGHT).html


def test_the_fixture_folder_itself_is_untouched():
    assert load(FOLDER).title("card_renewal", "en") == "Renew your card"
