"""The product as `hotline run` starts it: all its processes on an empty data folder, the stub in place of Telegram."""

import asyncio
import os
import secrets
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any
from xmlrpc.client import ServerProxy

import msgspec
from supervisor.xmlrpc import SupervisorTransport  # type: ignore[import-untyped]

from bench.program import program, until
from bench.stub import TOKEN, Stub
from hotline.supervision import SOCKET, free_port
from hotline.training import ROOT, train

START_TIMEOUT_S = 120.0
SEND_RATE = 10_000
READY = "ready after"


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """A running hotline.

    Attributes:
        folder: Its data folder.
        secret, webhook_port: Where updates go in.
        web_port: Chat page and console.
        ready_s: From the start command to the first healthy answer.
    """

    folder: Path
    secret: str
    webhook_port: int
    web_port: int
    ready_s: float

    def pids(self) -> dict[str, int]:
        """What supervisord keeps alive."""
        transport = SupervisorTransport(serverurl=f"unix://{self.folder / 'run' / SOCKET}")
        supervisor: Any = ServerProxy("http://127.0.0.1", transport=transport).supervisor
        return {info["name"]: info["pid"] for info in supervisor.getAllProcessInfo()}


@asynccontextmanager
async def running(stub: Stub, settings: Mapping[str, str]) -> AsyncIterator[Product]:
    """A hotline for the length of the block, ready and known to the stub."""
    with _data_folder() as folder:
        secret, webhook_port, web_port = secrets.token_urlsafe(24), free_port(), free_port()
        log = folder / "hotline.log"
        environment = {
            **_environment(folder, stub),
            "HOTLINE_PUBLIC_URL": f"http://127.0.0.1:{webhook_port}",
            "HOTLINE_WEBHOOK_SECRET": secret,
            "HOTLINE_WEBHOOK_PORT": str(webhook_port),
            "HOTLINE_PORT": str(web_port),
            **settings,
        }
        members: list[int] = []
        try:
            with program([_hotline(), "run"], log=log, environment=environment) as hotline:
                ready_s = await until(lambda: _is_ready(log), hotline, within_s=START_TIMEOUT_S, log=log)
                await until(lambda: stub.was_called("setWebhook"), hotline, within_s=START_TIMEOUT_S, log=log)
                product = Product(
                    folder=folder, secret=secret, webhook_port=webhook_port, web_port=web_port, ready_s=ready_s
                )
                members += product.pids().values()
                yield product
        finally:
            _end_rest(members)


def _end_rest(members: Sequence[int]) -> None:
    """On a machine too busy to end in time the supervisor is killed, and what it kept alive would go on."""
    for pid in members:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@contextmanager
def _data_folder() -> Iterator[Path]:
    """An empty data folder on a real disk (the store waits for it), with the trained model."""
    models = train(ROOT / "var", show_progress=False)
    disk = "/var/tmp"  # /tmp is often in memory
    with tempfile.TemporaryDirectory(prefix="bench-", dir=disk if Path(disk).is_dir() else None) as name:
        (Path(name) / "models").symlink_to(models)
        yield Path(name)


def _environment(folder: Path, stub: Stub) -> dict[str, str]:
    """Nothing of the caller's settings; only what the issue's contract names."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOTLINE_")}
    return {
        **kept,
        "HOTLINE_DATA_DIR": str(folder),
        "HOTLINE_TELEGRAM_API_URL": stub.url,
        "HOTLINE_TELEGRAM_TOKEN": TOKEN,
        "HOTLINE_SEND_RATE": str(SEND_RATE),
    }


async def _is_ready(log: Path) -> bool:
    return READY in await asyncio.to_thread(log.read_text, errors="replace")


def _hotline() -> str:
    return str(Path(sys.executable).with_name("hotline"))
