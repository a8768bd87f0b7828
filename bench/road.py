"""(a) The whole road, with the processes that `hotline run` starts: update in at the webhook, `sendMessage` out.

Each message comes from a person of their own, so that the courier's rule of one message a second in a chat does not
count, and each pays for a first contact: a new key, a new session.
"""

import asyncio
import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xmlrpc.client import ServerProxy

import aiohttp
from supervisor.xmlrpc import SupervisorTransport  # type: ignore[import-untyped]

from bench.figures import Service
from bench.load import Watch
from bench.program import BenchFailed, program, until
from bench.question import Message, Supply
from bench.scale import Scale
from bench.stub import TOKEN, Stub, update
from bench.trial import RATES, Load, Say, trial
from bot.webhook import PATH, SECRET_HEADER
from hotline.supervision import SOCKET, free_port
from hotline.training import ROOT, train

START_TIMEOUT_S = 120.0
SEND_RATE = 10_000
LOAD = Load(rates=RATES, flat_out=400)
READY = "ready after"


async def measure(supply: Supply, say: Say) -> Service:
    """Starts the hotline as it is and writes to it."""
    with data_folder() as folder:
        async with Stub() as stub:
            secret, port, log = secrets.token_urlsafe(24), free_port(), folder / "hotline.log"
            environment = _environment(folder, stub, secret=secret, port=port)
            say("starting")
            with program([_hotline(), "run"], log=log, environment=environment) as hotline:
                ready_s = await until(lambda: _is_ready(log), hotline, within_s=START_TIMEOUT_S, log=log)
                await until(lambda: stub.was_called("setWebhook"), hotline, within_s=START_TIMEOUT_S, log=log)
                scale = Scale(_pids(folder))
                async with aiohttp.ClientSession(headers={SECRET_HEADER: secret}) as session:
                    way = _Webhook(stub, session, f"http://127.0.0.1:{port}{PATH}")
                    flows = await trial(way, supply, say, LOAD)
                return Service(flows=flows, processes=scale.weigh(flows), ready_s=ready_s, degraded=_degraded(folder))


@contextmanager
def data_folder() -> Iterator[Path]:
    """An empty data folder on a real disk (the store waits for it), with the trained model."""
    models = train(ROOT / "var", show_progress=False)
    disk = "/var/tmp"  # /tmp is often in memory
    with tempfile.TemporaryDirectory(prefix="bench-", dir=disk if Path(disk).is_dir() else None) as name:
        (Path(name) / "models").symlink_to(models)
        yield Path(name)


class _Webhook:
    """Updates come as Telegram brings them."""

    def __init__(self, stub: Stub, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url = session, url
        self.watch = Watch()
        stub.on_sent = self._answered

    async def send(self, message: Message) -> None:
        body = update(message.number, message.question.text, message.question.locale)
        async with self._session.post(self._url, json=body) as response:
            if response.status != 200:
                raise BenchFailed(f"the webhook answered {response.status}")

    def _answered(self, chat: int) -> None:
        self.watch.end(chat)


def _environment(folder: Path, stub: Stub, *, secret: str, port: int) -> dict[str, str]:
    """Nothing of the caller's settings; only what the issue's contract names, and free ports."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOTLINE_")}
    return {
        **kept,
        "HOTLINE_DATA_DIR": str(folder),
        "HOTLINE_TELEGRAM_API_URL": stub.url,
        "HOTLINE_TELEGRAM_TOKEN": TOKEN,
        "HOTLINE_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HOTLINE_WEBHOOK_SECRET": secret,
        "HOTLINE_WEBHOOK_PORT": str(port),
        "HOTLINE_PORT": str(free_port()),
        "HOTLINE_SEND_RATE": str(SEND_RATE),
    }


async def _is_ready(log: Path) -> bool:
    return READY in await asyncio.to_thread(log.read_text, errors="replace")


def _degraded(folder: Path) -> int:
    """How often the worker had to decide without an understanding, as its log tells."""
    return (folder / "log" / "worker.log").read_text(errors="replace").count("not understood")


def _hotline() -> str:
    return str(Path(sys.executable).with_name("hotline"))


def _pids(folder: Path) -> dict[str, int]:
    """What supervisord keeps alive."""
    transport = SupervisorTransport(serverurl=f"unix://{folder / 'run' / SOCKET}")
    supervisor: Any = ServerProxy("http://127.0.0.1", transport=transport).supervisor
    return {info["name"]: info["pid"] for info in supervisor.getAllProcessInfo()}
