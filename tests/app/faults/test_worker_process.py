"""`python -m worker` with the real decisions and content, while there is no Rasa box."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from content.snapshot import publish
from road.settings import Settings
from store import embedded
from store.connect import connect
from tests.app.contract.world import EVERYBODY, FOCAL_POINT, person, text_of, wrote

ROOT = Path(__file__).parents[3]


def peak_kb(pid: int) -> int:
    """The most memory that a process has held, resident."""
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())[1])


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    publish(ROOT / "content", tmp_path)
    with embedded.running(tmp_path):
        yield tmp_path


async def test_a_worker_without_a_box_still_sends_help_and_ends_when_told(data_dir: Path) -> None:
    here = {
        "HOTLINE_DATA_DIR": str(data_dir),
        "HOTLINE_RASA_URL": "http://127.0.0.1:9",
        "HOTLINE_STAFF_CHATS_NOW": "-1009000001",
        "PATH": os.environ["PATH"],
    }
    store = connect(Settings(data_dir=data_dir, staff_chats_now=(-1009000001,)))
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "worker", cwd=ROOT, env=here, stderr=asyncio.subprocess.PIPE
    )
    await store.accept(wrote("I need a person", client_locale="en"))
    await store.accept(wrote("на нас нападають", person(2), client_locale="uk"))
    courier = await store.acquire("courier", "me", ttl_s=60)
    assert courier is not None
    async with asyncio.timeout(60):
        said: dict[str, str] = {}
        while len(said) < 3:
            for each in await store.next_deliveries(courier, limit=10, wait_s=5):
                said[each.address.chat] = text_of(each.reply)
                await store.delivered(courier, each, [1])
    assert "112" in said[person(2).chat], "an urgent phrase works without the model"
    assert said[person().chat], "there is never silence"
    assert said["-1009000001"], "staff is called"
    assert [case.critical for case in await store.queue(FOCAL_POINT, limit=99)] == [True]
    assert await store.transcript(store.person(person(2)), EVERYBODY)
    assert [name.partition(":")[0] for name in await store.alive()] == ["worker"]
    assert peak_kb(worker.pid) < 200 * 1024
    worker.send_signal(signal.SIGTERM)
    _, log = await asyncio.wait_for(worker.communicate(), 60)
    assert worker.returncode == 0, log.decode()
    assert "нападають".encode() not in log
    assert await store.alive() == []
    await store.close()
