"""The hotline as whole processes on a folder of its own, beside a Bot API server and a stand-in for the Rasa box.

    async with BotApi() as api, House(api) as house:
        await house.start("store", "worker", "courier", "polling")

Processes are the product's (`hotline.processes.<name>`), but for two workers: `worker="echo"` is the product's with a
decision that says what it heard, for tests of the road alone; `worker="night"` is the product's at two in the morning.
All processes end with the block; `log` is what one wrote.
"""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from content.snapshot import publish
from hotline.storing import store_at_once
from road.errors import StoreError
from road.settings import Settings, load
from tests.app.botapi.server import TOKEN, BotApi

ROOT = Path(__file__).parents[3]
SMALL_CONTENT = ROOT / "tests/app/fixtures/content"
SECRET = "a-webhook-secret-of-the-tests"
WORKERS = {
    "product": "hotline.processes.worker",
    "echo": "tests.app.end_to_end.echo_worker",
    "night": "tests.app.end_to_end.night_worker",
}
START_S = 120.0
LOOK_EVERY_S = 0.05
ANSWERS = "the store"


class House:
    """Processes of one hotline.

    Args:
        worker: One of `WORKERS`.
        content_dir: What is published; the small invented folder of the tests by default.
        given: Further settings, `HOTLINE_*`.
    """

    def __init__(
        self,
        api: BotApi,
        *,
        worker: str = "echo",
        content_dir: Path = SMALL_CONTENT,
        webhook: bool = False,
        given: dict[str, str] | None = None,
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="house"))  # short: a unix socket lies in it
        self._worker = worker
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {
            "HOTLINE_DATA_DIR": str(self.folder),
            "HOTLINE_TELEGRAM_TOKEN": TOKEN,
            "HOTLINE_TELEGRAM_API_URL": api.url,
            "HOTLINE_SEND_RATE": "1000",
            "HOTLINE_LOG_LEVEL": "debug",
            **(_webhook() if webhook else {}),
            **(given or {}),
        }
        publish(content_dir, self.folder)

    async def __aenter__(self) -> "House":
        return self

    async def __aexit__(self, *exc: object) -> None:
        for process in reversed(self._processes.values()):
            process.kill()
            await asyncio.to_thread(process.wait)
        shutil.rmtree(self.folder)

    @property
    def settings(self) -> Settings:
        return load(self.environment)

    async def start(self, *names: str) -> None:
        """Starts processes and waits until each is at work."""
        for name in names:
            self._launch(name)
        await self.until_alive(*names)

    def _launch(self, name: str) -> None:
        module = WORKERS[self._worker] if name == "worker" else f"hotline.processes.{name}"
        with self._log(name).open("ab") as log:
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-m", module],
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], **self.environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    async def until_alive(self, *names: str) -> None:
        """Waits until these processes say that they live."""
        beating = [name for name in names if name != "store"]
        wanted = {ANSWERS, *(f"{name}:{socket.gethostname()}:{self._processes[name].pid}" for name in beating)}
        async with asyncio.timeout(START_S):
            while not wanted <= await self._alive():
                self._check(names)
                await asyncio.sleep(LOOK_EVERY_S)

    async def _alive(self) -> set[str]:
        """Who says so; `ANSWERS` stands for the store itself."""
        try:
            async with store_at_once(self.settings) as store:
                return {ANSWERS, *await store.alive()}
        except StoreError:
            return set()

    def _check(self, names: tuple[str, ...]) -> None:
        for name in names:
            code = self._processes[name].poll()
            assert code is None, f"{name} ended with {code}: {self.log(name)[-2000:]}"

    async def kill(self, name: str) -> None:
        """Ends a process at once, with no chance to tidy up."""
        process = self._processes.pop(name)
        process.kill()
        await asyncio.to_thread(process.wait)

    async def stop(self, name: str) -> int:
        """Ends a process as a supervisor does; its exit code."""
        process = self._processes.pop(name)
        process.terminate()
        return await asyncio.to_thread(process.wait, 20)

    def freeze(self, name: str) -> None:
        """Lets a process stall where it stands; another may then take its name."""
        process = self._processes[f"frozen {name}"] = self._processes.pop(name)
        process.send_signal(signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        """Lets it go on as if nothing had been."""
        self._processes[f"frozen {name}"].send_signal(signal.SIGCONT)

    async def fails(self, name: str) -> str:
        """Starts a process that can't go on; what it says at its end."""
        self._launch(name)
        code = await asyncio.to_thread(self._processes.pop(name).wait, START_S)
        assert code == 1
        return self.log(name)

    @property
    def names(self) -> list[str]:
        """The processes that run."""
        return list(self._processes)

    def log(self, name: str) -> str:
        """What a process wrote."""
        return self._log(name).read_text()

    @property
    def logs(self) -> str:
        """What all of them wrote."""
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


def _webhook() -> dict[str, str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return {
        "HOTLINE_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HOTLINE_WEBHOOK_PORT": str(port),
        "HOTLINE_WEBHOOK_SECRET": SECRET,
    }
