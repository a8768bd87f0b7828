"""(a) The whole road, with the processes that `hotline run` starts: update in at the webhook, `sendMessage` out.

Each message comes from a person of their own, so that the courier's rule of one message a second in a chat does not
count, and each pays for a first contact: a new key, a new session.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from bench.figures import Service
from bench.load import Watch
from bench.product import Product, running
from bench.program import BenchFailed
from bench.question import Message, Supply
from bench.scale import Scale
from bench.stub import Stub, update
from bench.trial import RATES, Load, Say, trial
from bot.webhook import PATH, SECRET_HEADER

LOAD = Load(rates=RATES, flat_out=400)


async def measure(supply: Supply, say: Say) -> Service:
    """Starts the hotline as it is and writes to it."""
    say("starting")
    async with Stub() as stub, running(stub, {}) as product:
        scale = Scale(product.pids())
        async with webhook(product, stub) as way:
            flows = await trial(way, supply, say, LOAD)
        return Service(flows=flows, processes=scale.weigh(flows), ready_s=product.ready_s, degraded=_degraded(product))


@asynccontextmanager
async def webhook(product: Product, stub: Stub) -> AsyncIterator["Webhook"]:
    """The way into a running hotline."""
    async with aiohttp.ClientSession(headers={SECRET_HEADER: product.secret}) as session:
        yield Webhook(stub, session, f"http://127.0.0.1:{product.webhook_port}{PATH}")


class Webhook:
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


def _degraded(product: Product) -> int:
    """How often the worker had to decide without an understanding, as its log tells."""
    return (product.folder / "log" / "worker.log").read_text(errors="replace").count("not understood")
