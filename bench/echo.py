"""(b) A bare echo bot behind the same stub: what Python and the library alone cost."""

import sys
import tempfile
from pathlib import Path

from bench.figures import Service
from bench.load import Watch
from bench.program import program, until
from bench.question import Message, Supply
from bench.scale import Scale
from bench.stub import TOKEN, Stub, update
from bench.trial import BUSY_PER_S, Load, Say, trial

START_TIMEOUT_S = 30.0
LOAD = Load(rates={BUSY_PER_S: 200}, flat_out=500)


async def measure(supply: Supply, say: Say) -> Service:
    """Starts it and lets it echo."""
    say("starting")
    with tempfile.TemporaryDirectory(prefix="bench-echo-") as folder:
        log = Path(folder) / "echo.log"
        async with Stub() as stub:
            with program([sys.executable, "-m", "bench.echo_bot", stub.url, TOKEN], log=log) as bot:
                ready_s = await until(lambda: stub.was_called("getUpdates"), bot, within_s=START_TIMEOUT_S, log=log)
                scale = Scale({"bot": bot.pid})
                flows = await trial(_Polled(stub), supply, say, LOAD)
                return Service(flows=flows, processes=scale.weigh(flows), ready_s=ready_s)


class _Polled:
    """Updates wait at the stub until the bot asks for them."""

    def __init__(self, stub: Stub) -> None:
        self._stub = stub
        self.watch = Watch()
        stub.on_sent = self._answered

    async def send(self, message: Message) -> None:
        self._stub.push(update(message.number, message.question.text, message.question.locale))

    def _answered(self, chat: int) -> None:
        self.watch.end(chat)
