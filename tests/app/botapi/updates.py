"""Updates on their way to a bot: long polling with offsets, or a webhook that is called until it takes them."""

import asyncio
import itertools
import json
from dataclasses import dataclass, field

import aiohttp

from tests.app.botapi.refusal import OTHER_POLL, WEBHOOK_ACTIVE, bad_request

DEFAULT_KINDS = {
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "my_chat_member",
    "inline_query",
    "poll",
}
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
RETRY_S = 0.1


@dataclass
class Webhook:
    url: str
    secret: str = ""
    statuses: list[int] = field(default_factory=list)


class Updates:
    """One bot's queue.

    Attributes:
        polls: How often it was polled.
        conflicts: Polls that another one ended.
    """

    def __init__(self) -> None:
        self._queue: list[dict] = []
        self._ids = itertools.count(1000)
        self._changed = asyncio.Condition()
        self.polls = 0
        self.conflicts = 0
        self._delivering: asyncio.Task | None = None
        self.allowed: set[str] = set()
        self.webhook: Webhook | None = None

    @property
    def pending(self) -> int:
        return len(self._queue)

    async def settled(self, *, within_s: float = 60.0) -> None:
        """Waits until the bot has taken everything."""
        async with asyncio.timeout(within_s), self._changed:
            await self._changed.wait_for(lambda: not self._queue)

    async def push(self, update: dict) -> int:
        """Queues an update; one that brings its own id keeps it, be it the second time."""
        update = {"update_id": next(self._ids), **update} if "update_id" not in update else update
        if self._wanted(update):
            async with self._changed:
                self._queue.append(update)
                self._changed.notify_all()
        return update["update_id"]

    def _wanted(self, update: dict) -> bool:
        kinds = set(update) - {"update_id"}
        return not kinds <= DEFAULT_KINDS or not self.allowed or bool(kinds & self.allowed)

    async def poll(self, *, offset: int, limit: int, timeout_s: float) -> list[dict]:
        if self.webhook:
            raise WEBHOOK_ACTIVE
        self.polls += 1
        ticket = self.polls
        async with self._changed:
            self._confirm(offset)
            self._changed.notify_all()
            try:
                async with asyncio.timeout(timeout_s):
                    await self._changed.wait_for(lambda: self._queue or self.polls != ticket or self.webhook)
            except TimeoutError:
                return []
        if self.polls != ticket:
            self.conflicts += 1
            raise OTHER_POLL
        if self.webhook:
            raise WEBHOOK_ACTIVE
        return self._queue[:limit]

    def _confirm(self, offset: int) -> None:
        if offset > 0:
            self._queue = [update for update in self._queue if update["update_id"] >= offset]
        elif offset < 0:
            self._queue = self._queue[offset:]

    async def set_webhook(self, url: str, secret: str, *, drop: bool) -> None:
        if url and not url.startswith(("https://", "http://127.0.0.1")):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        async with self._changed:
            self.webhook = Webhook(url, secret) if url else None
            self._queue = [] if drop else self._queue
            self._changed.notify_all()
        await self._stop_delivering()
        if url:
            self._delivering = asyncio.create_task(self._deliver(self.webhook))

    async def close(self) -> None:
        await self._stop_delivering()

    async def _stop_delivering(self) -> None:
        if self._delivering:
            self._delivering.cancel()
            await asyncio.gather(self._delivering, return_exceptions=True)

    async def _deliver(self, webhook: Webhook) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http:
            while True:
                async with self._changed:
                    await self._changed.wait_for(lambda: self._queue)
                    update = self._queue[0]
                status = await self._call(http, webhook, update)
                webhook.statuses.append(status)
                if 200 <= status < 300:
                    async with self._changed:
                        self._queue.remove(update)
                        self._changed.notify_all()
                else:
                    await asyncio.sleep(RETRY_S)

    async def _call(self, http: aiohttp.ClientSession, webhook: Webhook, update: dict) -> int:
        headers = {"Content-Type": "application/json"} | ({SECRET_HEADER: webhook.secret} if webhook.secret else {})
        try:
            async with http.post(webhook.url, data=json.dumps(update), headers=headers) as response:
                return response.status
        except (aiohttp.ClientError, TimeoutError):
            return 0
