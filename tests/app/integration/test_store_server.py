"""The embedded server as a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from store import embedded
from store.crypto import Keyring
from store.valkey import ValkeyStore
from tests.app.contract.world import wrote

ROOT = Path(__file__).parents[3]
KEYRING = Keyring(bytes(32))


def until(there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not there():
        assert time.monotonic() < deadline, "waited a minute in vain"
        os.sched_yield()


def started(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


async def test_the_module_becomes_the_server_and_ends_with_its_supervisors_signal(tmp_path: Path) -> None:
    data_dir = tmp_path / "a folder"
    command = [sys.executable, "-m", "store.embedded", str(data_dir)]
    server = started(command)
    socket = data_dir / "valkey" / "valkey.sock"
    until(socket.exists)
    store = ValkeyStore(embedded.url_of(data_dir), keyring=KEYRING)
    await store.ready()
    assert os.readlink(f"/proc/{server.pid}/exe").endswith("valkey-server"), "the process itself is the server"
    assert await store.accept(wrote())
    await store.close()
    server.send_signal(signal.SIGTERM)
    said, _ = server.communicate(timeout=10)
    assert server.returncode == 0
    assert b"bye bye" in said
    assert (data_dir / "valkey" / "version").read_text().count(".") == 2


async def test_a_killed_server_has_lost_nothing(tmp_path: Path) -> None:
    command = embedded.prepare(tmp_path)
    turn = wrote()
    server = started(command)
    until((tmp_path / "valkey" / "valkey.sock").exists)
    store = ValkeyStore(embedded.url_of(tmp_path), keyring=KEYRING)
    assert await store.accept(turn)
    server.kill()
    server.communicate(timeout=10)
    with embedded.running(tmp_path):
        assert not await store.accept(turn)
        await store.close()
